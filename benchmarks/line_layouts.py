r"""Lay clean texts out as pages do, and remember what was done to every gap.

A clean text has paragraphs parted by a blank line and single line feeds inside blocks (verse,
code, tables, addresses). ``lay_out`` wraps it at some width, hyphenates, puts page numbers and
running heads between lines, cuts sentences by blank lines and strews spaces between Chinese
characters. Because it does so itself, the truth about every gap is known and nothing has to be
aligned with it. All choices come from the generator of random numbers that it is given.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Task = Literal["wrapped", "cut", "across", "hyphen", "stray", "kept", "space"]
Join = Literal["", " ", "\n", "-"]

_TOKEN: Final = re.compile(r"\s+|[A-Za-z\u00c0-\u024f0-9'’,.;:!?()\"“”/_%+=\[\]{}-]+|.")
_WIDE: Final = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uff00-\uffef]")
_CLOSING: Final = "，。、；：？！…）》」』】〉”’"
_OPENING: Final = "（《「『【〈“‘"
_SYLLABLE: Final = re.compile(r"(?<=[aeiouy])(?=[bcdfghjklmnpqrstvwxz][aeiouy])")
_COMPOUND: Final = re.compile(r"(?<=[a-z]-)(?=[a-z])")
_LEAST_WORD: Final = 7  # letters that are worth a hyphen
_LEAST_PART: Final = 3
_MOSTLY: Final = (True, True, False)
_NUMBERS: Final = ("{n}", "- {n} -", "— {n} —", "Page {n}", "{n}/{all}")
_CHINESE_NUMBERS: Final = ("{n}", "— {n} —", "第{n}页", "第 {n} 页 共 {all} 页", "·{n}·")
_HEADS: Final = ("Collected Papers", "The Quarterly Miscellany", "Minutes and Letters")
_CHINESE_HEADS: Final = ("乡土文存", "往事与随笔", "内部资料汇编")


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is laid out.

    Attributes:
        columns: Width of a line; a Chinese character takes two.
        indent: Put before each paragraph of prose; where it is empty, blank lines part them.
        page_lines: Lines on a page; 0 for no pages.
        number: Form of the page number, with ``{n}`` and ``{all}``.
        head: The running head; empty for none.
        form_feed: Whether a page ends in a form feed.
        hyphenates: Whether long words are cut at the line's end.
        cut_share: Of the breaks inside sentences, how many become blank lines.
        stray_share: Of the gaps between Chinese characters, how many get a space.
    """

    columns: int
    indent: str
    page_lines: int
    number: str
    head: str
    form_feed: bool
    hyphenates: bool
    cut_share: float
    stray_share: float


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands before a character, and what should.

    Attributes:
        task: What a repair has to do there; ``kept`` and ``space`` for nothing.
        look: As what it shows: a single line feed, a blank line, or a page's edge.
        join: What belongs between the two characters; ``-`` for a hyphen that is the author's.
    """

    task: Task
    look: Task
    join: Join


@dataclass(slots=True)
class Damaged:
    """A document as laid out.

    Attributes:
        text: The document.
        ink: The characters of the clean text that are no white space.
        gaps: What stands before some of them, by their number.
        furniture: The lines that were put in, without white space, and the number of the
            character behind them.
    """

    text: str = ""
    ink: list[str] = field(default_factory=list[str])
    gaps: dict[int, Gap] = field(default_factory=dict[int, Gap])
    furniture: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of print and what follows it: ``join`` tells how the sentence goes on."""

    text: str
    join: Join
    is_hyphenated: bool = False


def choose_style(chance: random.Random, *, is_chinese: bool) -> Style:
    """Return a style such as documents have."""
    has_pages = chance.choice(_MOSTLY)
    numbers, heads = (_CHINESE_NUMBERS, _CHINESE_HEADS) if is_chinese else (_NUMBERS, _HEADS)
    indents = ("", "\N{IDEOGRAPHIC SPACE}" * 2) if is_chinese else ("", "    ")
    return Style(
        columns=2 * chance.randint(18, 40) if is_chinese else chance.randint(52, 80),
        indent=chance.choice(indents),
        page_lines=chance.randint(18, 32) if has_pages else 0,
        number=chance.choice(numbers),
        head=chance.choice(("", *heads)),
        form_feed=chance.choice((True, False)),
        hyphenates=not is_chinese and chance.choice(_MOSTLY),
        cut_share=chance.choice((0.0, 0.04, 0.08)),
        stray_share=chance.choice((0.0, 0.0, 0.01)) if is_chinese else 0.0,
    )


def lay_out(clean: str, style: Style, chance: random.Random) -> Damaged:
    """Return ``clean`` as damaged as ``style`` says."""
    damaged = Damaged()
    lines = list(_lines(clean, style))
    pages = 1 + len(lines) // max(style.page_lines, 1)
    for number, line in enumerate(lines):
        _write(damaged, line, style, chance)
        if number + 1 == len(lines):
            break
        if style.page_lines and number % style.page_lines == style.page_lines - 1:
            _end_page(damaged, line, style, (1 + number // style.page_lines, pages))
        else:
            _end_line(damaged, line, lines[number + 1], style, chance)
    return damaged


def _lines(clean: str, style: Style) -> Iterator[_Line]:
    r"""Yield the lines of print; ``\n`` follows the last of a paragraph or of a block's line."""
    for paragraph in clean.split("\n\n"):
        *above, last = paragraph.split("\n")
        if above:
            yield from (_Line(line, "\n", is_hyphenated=False) for line in above)
            yield _Line(f"{last}\f", "\n")  # the mark of a paragraph's end; never written
        else:
            *wrapped, end = _wrapped(last, style)
            yield from wrapped
            yield _Line(f"{end.text}\f", "\n")


def _wrapped(paragraph: str, style: Style) -> list[_Line]:
    """Return a paragraph's lines; the last one's ``join`` means nothing."""
    lines: list[_Line] = []
    room = style.columns - _width(style.indent)
    line, is_prose = "", len(paragraph) > style.columns // 2
    for token in _TOKEN.findall(paragraph):
        rest = token
        while (
            not rest.isspace()
            and rest not in _CLOSING
            and line.strip()
            and _width(line + rest) > room
        ):
            head, join, is_cut = _broken(rest, room - _width(line), style)
            if not head and line[-1] in _OPENING:
                break
            joined: Join = " " if not head and line[-1:].isspace() else join
            lines.append(_Line((line + head).strip(), joined, is_cut))
            line, rest, room = (
                "",
                rest[len(head.rstrip("-")) if is_cut else len(head) :],
                style.columns,
            )
        line += rest
    lines.append(_Line(line.strip(), "\n"))
    if is_prose and style.indent:
        lines[0] = _Line(style.indent + lines[0].text, lines[0].join, lines[0].is_hyphenated)
    return lines


def _broken(word: str, room: int, style: Style) -> tuple[str, Join, bool]:
    """Return what of ``word`` stays on the line, how it goes on, and whether a hyphen was put in."""
    places = [found.start() for found in _COMPOUND.finditer(word) if found.start() <= room]
    if places:
        return word[: places[-1]], "-", False
    if style.hyphenates and word.isalpha() and len(word) >= _LEAST_WORD:
        places = [found.start() for found in _SYLLABLE.finditer(word)]
        places = [at for at in places if _LEAST_PART <= at < min(len(word) - 2, room)]
        if places:
            return f"{word[: places[-1]]}-", "", True
    return "", "", False


def _width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(char) in "WFA" and char > "\xff" else 1 for char in text
    )


def _write(damaged: Damaged, line: _Line, style: Style, chance: random.Random) -> None:
    """Write a line's characters; strew spaces between Chinese ones."""
    text = line.text.rstrip("\f")
    for at, char in enumerate(text):
        if char.isspace():
            damaged.text += char
            continue
        is_inner = at > 0 and not text[:at].isspace()
        if is_inner and _WIDE.match(char) and _WIDE.match(text[at - 1]):
            if chance.random() < style.stray_share:
                damaged.text += " "
                damaged.gaps[len(damaged.ink)] = Gap("stray", "stray", "")
        elif is_inner and _WIDE.match(char) and text[at - 1] == " ":
            damaged.gaps[len(damaged.ink)] = Gap("space", "stray", " ")
        damaged.text += char
        if not (line.is_hyphenated and at == len(text) - 1):
            damaged.ink.append(char)


def _end_line(
    damaged: Damaged, line: _Line, following: _Line, style: Style, chance: random.Random
) -> None:
    ends_paragraph = line.text.endswith("\f")
    if ends_paragraph:
        is_blank = not (style.indent and following.text.startswith(style.indent))
        damaged.text += "\n\n" if is_blank else "\n"
        gap = Gap("kept", "cut" if is_blank else "wrapped", "\n")
    elif line.join == "\n":
        damaged.text += "\n"
        gap = Gap("kept", "wrapped", "\n")
    elif line.is_hyphenated or line.join == "-":
        damaged.text += "\n"
        gap = Gap("hyphen", "hyphen", line.join)
    else:
        is_cut = chance.random() < style.cut_share
        damaged.text += "\n\n" if is_cut else "\n"
        task: Task = "cut" if is_cut else "wrapped"
        gap = Gap(task, task, line.join)
    damaged.gaps[len(damaged.ink)] = gap


def _end_page(damaged: Damaged, line: _Line, style: Style, page: tuple[int, int]) -> None:
    """Write the page number, the form feed and the next page's head."""
    room = "\n" if page[0] % 2 else "\n\n"
    damaged.text += room
    _write_furniture(damaged, style.number.format(n=page[0], all=page[1]))
    damaged.text += "\n\f" if style.form_feed else room
    if style.head:
        _write_furniture(damaged, style.head)
        damaged.text += "\n"
    if line.is_hyphenated or line.join == "-":
        damaged.gaps[len(damaged.ink)] = Gap("hyphen", "hyphen", line.join)
    else:
        task: Task = "kept" if line.join == "\n" else "across"
        damaged.gaps[len(damaged.ink)] = Gap(task, "across", line.join)


def _write_furniture(damaged: Damaged, text: str) -> None:
    damaged.text += text
    damaged.furniture.append((len(damaged.ink), "".join(text.split())))


def collections(texts: Sequence[str], documents: int, chance: random.Random) -> Iterator[str]:
    """Yield clean documents of one to eight of the texts, one below the other."""
    for _ in range(documents):
        yield "\n\n".join(chance.sample(texts, chance.randint(1, 8)))
