r"""The styles in which documents are laid out, and how each piece of a page looks in them.

Styles are drawn by chance from what documents and the tools that read them do: how wide lines are
and by which measure, how paragraphs are told apart (readers of pages often lose both indents and
blank lines), which furniture a page has and where, how many lines a page holds.
"""

import random
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.line_writer import heads
from flows.lines.classes import CODE_OF
from flows.lines.widths import COLUMNS_OF, PROPORTIONAL_OF

Parting = Literal["blank", "indent", "both", "nothing"]

_NUMBERS: Final = (
    *("{n}", "{n}", "- {n} -", "— {n} —", "Page {n}", "{n}/{all}", "Page {n} of {all}", "{roman}"),
    *("[{n}]", "{n} of {all}", "p. {n}", "-{n}-", "~ {n} ~"),
)
_CHINESE_NUMBERS: Final = (
    *("{n}", "{n}", "— {n} —", "- {n} -", "第{n}页", "第 {n} 页 共 {all} 页", "·{n}·", "{n}/{all}"),
    *("第{n}页/共{all}页", "－{n}－", "{n} / {all}", "第{n}頁", "（{n}）"),
)
_TAGS: Final = {
    "chinese": ("内部资料", "征求意见稿", "第三期"),
    "english": ("DRAFT", "March 2024", "Vol. 3"),
}
_ROMAN: Final = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ANY: Final = (True, False)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is laid out.

    Attributes:
        columns: Width of a line; a Chinese character takes two.
        face: Factor by which each of the 256 codes of characters is wider than in the measure
            that is taken; None for the columns of a terminal.
        indent: Put before each paragraph of prose.
        hang: Put before the further lines of a list item.
        parting: What parts paragraphs.
        is_loose: Whether a blank line follows every line of print.
        page_lines: Lines on a page; 0 for no pages.
        first_page: Number of the first page.
        number: Form of the page number, with ``{n}``, ``{all}`` and ``{roman}``; empty for none.
        heads: Running heads, page after page in turn; none for no head.
        is_number_above: Whether the page number stands above the text, before the head.
        is_number_beside: Whether the head and the page number share a line.
        tag: A further line of each page's head; empty for none.
        opens_with_head: Whether the first page has its head.
        room_above: Line feeds after the head.
        room_below: Line feeds before the foot.
        form_feed: Whether a page ends in a form feed.
        hyphenates: Whether long words are cut at the line's end.
        cut_share: Of the breaks inside sentences, how many become blank lines.
        stray_share: Of the gaps between Chinese characters, how many get a space.
        split_share: Of the lines with a wide mark in them, how many are parted after it.
        has_lone_markers: Whether list markers stand on a line of their own.
    """

    columns: int
    face: tuple[float, ...] | None
    indent: str
    hang: str
    parting: Parting
    is_loose: bool
    page_lines: int
    first_page: int
    number: str
    heads: tuple[str, ...]
    is_number_above: bool
    is_number_beside: bool
    tag: str
    opens_with_head: bool
    room_above: int
    room_below: int
    form_feed: bool
    hyphenates: bool
    cut_share: float
    stray_share: float
    split_share: float
    has_lone_markers: bool

    def width(self, text: str) -> float:
        """Return the width of ``text`` in columns."""
        codes = [int(CODE_OF[min(ord(char), 0xFFFF)]) for char in text]
        if self.face is None:
            return float(sum(int(COLUMNS_OF[code]) for code in codes))
        return sum(int(PROPORTIONAL_OF[code]) * self.face[code] for code in codes) / 10

    def page_number(self, page: int, pages: int) -> str:
        """Return the page number's line; empty where pages have none."""
        number = self.first_page + page
        last = self.first_page + pages - 1
        return self.number.format(n=number, all=last, roman=roman(number))

    def head(self, page: int) -> str:
        """Return the running head of a page; empty for none."""
        return self.heads[page % len(self.heads)] if self.heads else ""


def roman(number: int) -> str:
    """Return a small Roman numeral.

    >>> roman(48)
    'xlviii'
    """
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def choose_style(chance: random.Random, *, is_chinese: bool) -> Style:
    """Return a style such as documents have."""
    has_pages = chance.random() < 0.7  # noqa: PLR2004 - shares of a made collection
    is_typeset = chance.random() < 0.5  # noqa: PLR2004
    titles = heads("chinese" if is_chinese else "english")
    numbers = _CHINESE_NUMBERS if is_chinese else _NUMBERS
    running: tuple[str, ...] = ()
    if chance.random() < 0.65:  # noqa: PLR2004
        running = tuple(chance.sample(titles, chance.choice((1, 1, 2))))
    return Style(
        columns=2 * chance.randint(14, 44) if is_chinese else chance.randint(34, 100),
        face=_face(chance) if is_typeset else None,
        indent=chance.choice(
            ("", "\N{IDEOGRAPHIC SPACE}" * 2, "    ") if is_chinese else ("", "    ", "  ")
        ),
        hang=chance.choice(("", "", "   ")),
        parting=chance.choice(("blank", "blank", "indent", "both", "nothing")),
        is_loose=chance.random() < 0.07,  # noqa: PLR2004
        page_lines=chance.randint(16, 48) if has_pages else 0,
        first_page=chance.choice((1, 1, 1, chance.randint(2, 240))),
        number=chance.choice((*numbers, "")),
        heads=running,
        is_number_above=chance.random() < 0.2,  # noqa: PLR2004
        is_number_beside=chance.random() < 0.25,  # noqa: PLR2004
        tag=_tag(chance, "chinese" if is_chinese else "english"),
        opens_with_head=chance.choice(_ANY),
        room_above=chance.choice((1, 1, 2, 3)),
        room_below=chance.choice((1, 1, 2, 3)),
        form_feed=chance.choice(_ANY),
        hyphenates=not is_chinese and chance.choice(_ANY),
        cut_share=chance.choice((0.0, 0.04, 0.08)),
        stray_share=chance.choice((0.0, 0.0, 0.01)) if is_chinese else 0.0,
        split_share=0.3 if is_chinese and is_typeset and chance.random() < 0.3 else 0.0,  # noqa: PLR2004
        has_lone_markers=chance.random() < 0.12,  # noqa: PLR2004
    )


def _tag(chance: random.Random, language: str) -> str:
    return chance.choice((*_TAGS[language], *[""] * 12))


def _face(chance: random.Random) -> tuple[float, ...]:
    """Return the factors of a face that is like no other."""
    spread = chance.choice((0.0, 0.05, 0.1))
    wide = chance.uniform(1 - spread, 1 + spread)
    return tuple(
        wide if code >= 128 else chance.uniform(1 - spread, 1 + spread)  # noqa: PLR2004 - ASCII
        for code in range(256)
    )
