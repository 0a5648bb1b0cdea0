r"""Lay clean texts out as pages do, and remember what was done to every gap.

A clean text has paragraphs parted by a blank line and single line feeds inside blocks (verse,
code, tables, addresses). ``lay_out`` wraps it at some width, hyphenates, puts page numbers and
running heads between lines, cuts sentences by blank lines and strews spaces between Chinese
characters, as a style says (``benchmarks.line_styles``). Because it does so itself, the truth about
every gap is known and nothing has to be aligned with it. All choices come from the generator of
random numbers that it is given.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from benchmarks.line_styles import Style

Task = Literal["wrapped", "cut", "across", "hyphen", "stray", "kept", "space"]
Join = Literal["", " ", "\n", "-"]

_TOKEN: Final = re.compile(r"\s+|[A-Za-z\u00c0-\u024f0-9'’,.;:!?()\"“”/_%+=\[\]{}-]+|.")
_WIDE: Final = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uff00-\uffef]")
_CLOSING: Final = "，。、；：？！…）》」』】〉”’"
_OPENING: Final = "（《「『【〈“‘"
_SYLLABLE: Final = re.compile(r"(?<=[aeiouy])(?=[bcdfghjklmnpqrstvwxz][aeiouy])")
_COMPOUND: Final = re.compile(r"(?<=[a-z]-)(?=[a-z])")
_MARKER: Final = re.compile(r"(?:（.）|\([a-z0-9]\)|\d{1,2}[.、]|[•*-])[ ]?")
_IS_CODE: Final = re.compile(r"[{}<>=_|\\$`;]|\w\(|  ")
_LEAST_WORD: Final = 7  # letters that are worth a hyphen
_LEAST_PART: Final = 3


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
        spans: Where each of these stands in ``text``, half-open.
    """

    text: str = ""
    ink: list[str] = field(default_factory=list[str])
    gaps: dict[int, Gap] = field(default_factory=dict[int, Gap])
    furniture: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    spans: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of print and what follows it.

    ``join`` tells how the sentence goes on; ``ends`` whether the line ends a paragraph, and
    ``begins`` whether it begins one with an indent.
    """

    text: str
    join: Join
    is_hyphenated: bool = False
    ends: bool = False
    begins: bool = False


def lay_out(clean: str, style: Style, chance: random.Random) -> Damaged:
    """Return ``clean`` as damaged as ``style`` says."""
    damaged = Damaged()
    lines = list(_lines(clean, style, chance))
    pages = 1 + (len(lines) - 1) // style.page_lines if style.page_lines else 1
    if style.page_lines and style.opens_with_head:
        _begin_page(damaged, style, 0, pages)
    for number, line in enumerate(lines):
        _write(damaged, line, style, chance)
        if number + 1 == len(lines):
            break
        if style.page_lines and number % style.page_lines == style.page_lines - 1:
            _turn_page(damaged, line, style, number // style.page_lines, pages)
        else:
            _end_line(damaged, line, lines[number + 1], style, chance)
    if style.page_lines:
        _end_page(damaged, style, pages - 1, pages)
    return damaged


def _lines(clean: str, style: Style, chance: random.Random) -> Iterator[_Line]:
    """Yield the lines of print."""
    for paragraph in clean.split("\n\n"):
        *above, last = paragraph.split("\n")
        is_block = bool(above)
        if is_block and _IS_CODE.search(paragraph):  # nobody wraps code and tables
            yield from (_Line(text, "\n") for text in above)
            yield _Line(last, "\n", ends=True)
            continue
        for text in above:
            *wrapped, end = _wrapped(text, style, chance, is_block=True)
            yield from wrapped
            yield _Line(end.text, "\n", begins=end.begins)
        *wrapped, end = _wrapped(last, style, chance, is_block=is_block)
        yield from wrapped
        yield _Line(end.text, "\n", ends=True, begins=end.begins)


def _wrapped(paragraph: str, style: Style, chance: random.Random, *, is_block: bool) -> list[_Line]:
    """Return a paragraph's lines; the last one's ``join`` means nothing."""
    if is_block and style.width(paragraph) <= style.columns:
        return [_Line(paragraph, "\n")]
    marker = _MARKER.match(paragraph)
    is_prose = not is_block and not marker and style.width(paragraph) * 2 > style.columns
    indent = style.indent if is_prose and style.parting in ("indent", "both") else ""
    hang = style.hang if marker or is_block else ""
    lines = list(_broken_lines(paragraph, style, indent, hang))
    if marker and style.has_lone_markers and lines[0].text != marker[0].strip():
        lines[:1] = [
            _Line(marker[0].strip(), " " if marker[0].endswith(" ") else ""),
            _Line(lines[0].text[marker.end() :], lines[0].join, lines[0].is_hyphenated),
        ]
    if style.split_share:
        lines = [part for line in lines for part in _split(line, style, chance)]
    return lines


def _split(line: _Line, style: Style, chance: random.Random) -> Iterator[_Line]:
    """Yield a line as some readers see it: parted after a closing mark amid it."""
    text = line.text
    places = [
        at
        for at in range(2, len(text) - 2)
        if text[at] in "，；。）」" and _WIDE.match(text[at + 1])
    ]
    if not places or chance.random() >= style.split_share:
        yield line
        return
    at = chance.choice(places) + chance.choice((0, 1))
    yield _Line(text[:at], "", begins=line.begins)
    yield _Line(text[at:], line.join, line.is_hyphenated, line.ends)


def _broken_lines(paragraph: str, style: Style, indent: str, hang: str) -> Iterator[_Line]:
    room = style.columns - style.width(indent)
    margin, line, taken = indent, "", 0.0
    for token in _TOKEN.findall(paragraph):
        rest = token
        size = style.width(rest)
        while not rest.isspace() and rest not in _CLOSING and line.strip() and taken + size > room:
            head, join, is_cut = _broken(rest, room - taken, style)
            if not head and line[-1] in _OPENING:
                break
            joined: Join = " " if not head and line[-1:].isspace() else join
            yield _Line(
                margin + (line + head).strip(),
                joined,
                is_cut,
                begins=bool(margin == indent and indent),
            )
            rest = rest[len(head.rstrip("-")) if is_cut else len(head) :]
            margin, line, taken, room = hang, "", 0.0, style.columns - style.width(hang)
            size = style.width(rest)
        line += rest
        taken += size
    yield _Line(margin + line.strip(), "\n", begins=bool(margin == indent and indent))


def _broken(word: str, room: float, style: Style) -> tuple[str, Join, bool]:
    """Return what of ``word`` stays on the line, how it goes on, and whether a hyphen was put in."""
    places = [found.start() for found in _COMPOUND.finditer(word)]
    places = [at for at in places if style.width(word[:at]) <= room]
    if places:
        return word[: places[-1]], "-", False
    if style.hyphenates and word.isalpha() and len(word) >= _LEAST_WORD:
        places = [found.start() for found in _SYLLABLE.finditer(word)]
        places = [at for at in places if _LEAST_PART <= at < len(word) - 2]
        places = [at for at in places if style.width(word[:at]) < room]
        if places:
            return f"{word[: places[-1]]}-", "", True
    return "", "", False


def _write(damaged: Damaged, line: _Line, style: Style, chance: random.Random) -> None:
    """Write a line's characters; strew spaces between Chinese ones."""
    text = line.text
    is_inner = False
    written: list[str] = []
    for at, char in enumerate(text):
        if char.isspace():
            written.append(char)
            continue
        if is_inner and _WIDE.match(char) and _WIDE.match(text[at - 1]):
            if style.stray_share and chance.random() < style.stray_share:
                written.append(" ")
                damaged.gaps[len(damaged.ink)] = Gap("stray", "stray", "")
        elif is_inner and _WIDE.match(char) and text[at - 1] == " ":
            damaged.gaps[len(damaged.ink)] = Gap("space", "stray", " ")
        is_inner = True
        written.append(char)
        if not (line.is_hyphenated and at == len(text) - 1):
            damaged.ink.append(char)
    damaged.text += "".join(written)


def _end_line(
    damaged: Damaged, line: _Line, following: _Line, style: Style, chance: random.Random
) -> None:
    if line.ends:
        is_told = (following.begins and style.parting == "indent") or style.parting == "nothing"
        is_blank = style.is_loose or not is_told
        gap = Gap("kept", "cut" if is_blank else "wrapped", "\n")
    elif line.join == "\n":
        is_blank = style.is_loose
        gap = Gap("kept", "cut" if is_blank else "wrapped", "\n")
    elif line.is_hyphenated or line.join == "-":
        is_blank = style.is_loose
        gap = Gap("hyphen", "hyphen", line.join)
    else:
        is_blank = style.is_loose or chance.random() < style.cut_share
        task: Task = "cut" if is_blank else "wrapped"
        gap = Gap(task, task, line.join)
    damaged.text += "\n\n" if is_blank else "\n"
    damaged.gaps[len(damaged.ink)] = gap


def _turn_page(damaged: Damaged, line: _Line, style: Style, page: int, pages: int) -> None:
    """Write what stands between the last line of a page and the first of the next."""
    before = len(damaged.furniture)
    _end_page(damaged, style, page, pages)
    damaged.text += "\n\f" if style.form_feed else "\n"
    _begin_page(damaged, style, page + 1, pages)
    is_told = len(damaged.furniture) > before or style.form_feed
    if line.is_hyphenated or line.join == "-":
        gap = Gap("hyphen", "hyphen", line.join)
    elif not is_told:
        task: Task = "kept" if line.join == "\n" else "wrapped"
        gap = Gap(task, "wrapped", line.join)
    else:
        task = "kept" if line.join == "\n" else "across"
        gap = Gap(task, "across", line.join)
    damaged.gaps[len(damaged.ink)] = gap


def _begin_page(damaged: Damaged, style: Style, page: int, pages: int) -> None:
    number, head = style.page_number(page, pages), style.head(page)
    above = [style.tag] if style.tag else []
    if head and number and style.is_number_beside:
        gap = "   " if page % 2 else " " * 20
        above.append(f"{number}{gap}{head}" if page % 2 else f"{head}{gap}{number}")
    else:
        above += [one for one in (number if style.is_number_above else "", head) if one]
    for at, line in enumerate(above):
        _write_furniture(damaged, line)
        damaged.text += "\n" * (style.room_above if at + 1 == len(above) else 1)


def _end_page(damaged: Damaged, style: Style, page: int, pages: int) -> None:
    number = style.page_number(page, pages)
    is_above = style.is_number_above or (style.is_number_beside and bool(style.heads))
    if number and not is_above:
        damaged.text += "\n" * style.room_below
        _write_furniture(damaged, number)


def _write_furniture(damaged: Damaged, text: str) -> None:
    damaged.spans.append((len(damaged.text), len(damaged.text) + len(text)))
    damaged.text += text
    damaged.furniture.append((len(damaged.ink), "".join(text.split())))


def collections(texts: Sequence[str], documents: int, chance: random.Random) -> Iterator[str]:
    """Yield clean documents of one to eight of the texts, one below the other."""
    for _ in range(documents):
        yield "\n\n".join(chance.sample(texts, chance.randint(1, 8)))
