"""Page numbers, running heads and editor lines that stand between two parts of the text.

The damage: text taken from pages carries what belonged to the page, often in the middle of a
sentence. Which lines these are is decided in ``flows.lines.furniture``; here they are taken out.
A line goes with one of its line breaks. Where that leaves no form feed between the text before
and the text after, one is put in its place: a page ended here, and the step that joins lines
should know that the gap says nothing about paragraphs.

An editor line (责任编辑：...) goes only where it cuts a sentence in two. Left alone on purpose:
whatever comes again within a few lines, such as log lines, code, refrains and table rows; numbered
headings; and everything in a text that would have nothing else left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from flows.lines.furniture import find_furniture
from flows.lines.layout import Layout, in_batches, lay_out
from flows.lines.windows import Ints
from flows.text.patterns import compiled_later
from schemas.edit import Edit
from schemas.settings import FurnitureSettings

PAGE_NUMBER: Final = "furniture.page_number"
RUNNING_HEAD: Final = "furniture.running_head"
EDITOR_LINE: Final = "furniture.editor_line"


@dataclass(frozen=True, slots=True)
class Found:
    """A line to take out."""

    line: int
    rule: str
    score: float


def propose(texts: Sequence[str], settings: FurnitureSettings) -> Iterator[list[Edit]]:
    r"""Yield for each text the edits that take its furniture out.

    Args:
        texts: Decoded texts with ``\n`` line ends; form feeds end pages.
        settings: How sure a scored decision must be.

    Yields:
        Ascending deletions, one a line; the first of a gap may leave a form feed behind.

    >>> [edit] = next(propose(["渡口的钟每天清\n— 3 —\n晨敲响。"], FurnitureSettings()))
    >>> edit.rule, edit.start, edit.end, edit.after
    ('furniture.page_number', 8, 14, '\x0c')
    """
    for whole_texts in in_batches(texts):
        batch = [text if _has_lines(text) else "" for text in whole_texts]
        layout = lay_out(batch)
        by_text: dict[int, list[Found]] = {}
        for found in _find(batch, layout, settings):
            by_text.setdefault(int(layout.lines.document[found.line]), []).append(found)
        for text in range(len(batch)):
            yield take_out(layout, text, by_text.get(text, []))


def _has_lines(text: str) -> bool:
    """Whether there may be more than one line; a text of one line keeps it."""
    return "\n" in text or "\f" in text


def _find(texts: Sequence[str], layout: Layout, settings: FurnitureSettings) -> list[Found]:
    lines, is_number, scores = find_furniture(layout, settings.min_score)
    found = {
        line: Found(line, PAGE_NUMBER if number else RUNNING_HEAD, score)
        for line, number, score in zip(
            lines.tolist(), is_number.tolist(), scores.tolist(), strict=True
        )
    }
    for line in _editor_lines(texts, layout):
        found.setdefault(line, Found(line, EDITOR_LINE, 1.0))
    return [found[line] for line in sorted(found)]


_EDITOR_LINE: Final = compiled_later(
    r"^[ \t\u3000]*[(（\[【]?(?:本[文版期]|本报)?(?:责任|責任|责|責|执行|執行|特约|美术)?"
    r"(?:编辑|編輯|校对|校對|编审|編審|审校|编)[ \u3000]?[:：/丨|][^\n\f。！？；]{1,30}$",
    re.MULTILINE,
)
# What such a line must hold. Each begins with a plain character, which is searched for six times
# as fast as a class.
_NAMES_EDITOR: Final = tuple(
    compiled_later(f"{word}[ \u3000]?[:：/丨]") for word in ("编[辑审]?", "編[輯審]", "校[对對]?")
)
_OPEN_END: Final = compiled_later(r"[\u3400-\u9fff，、]\Z")
_GOES_ON: Final = compiled_later(r"[\u3400-\u9fff，、。；！？]")


def _editor_lines(texts: Sequence[str], layout: Layout) -> Iterator[int]:
    """Yield the numbers of the lines that name an editor between two halves of a sentence."""
    lines = layout.lines
    for number, text in enumerate(texts):
        if not any(pattern().search(text) for pattern in _NAMES_EDITOR):
            continue
        first, end = layout.first_line[number], layout.end_line[number]
        offset = int(layout.text_start[number])
        for match in _EDITOR_LINE().finditer(text):
            line = int(np.searchsorted(lines.raw_end[first:end], offset + match.start()) + first)
            if not first < line < end - 1:
                continue
            before = text[: int(lines.end[line - 1]) - offset][-1:]
            after = text[int(lines.raw_start[line + 1]) - offset :][:1]
            if _OPEN_END().match(before) and _GOES_ON().match(after):
                yield line


def take_out(layout: Layout, text: int, found: Sequence[Found]) -> list[Edit]:
    """Return the edits that delete lines of one text, ascending.

    Args:
        layout: The batch.
        text: Number of the text in the batch.
        found: Its lines to delete, ascending.
    """
    lines = layout.lines
    if not found:
        return []
    offset, length = int(layout.text_start[text]), _length(layout, text)
    marked = _gaps_to_mark(layout, text, [one.line for one in found])
    edits: list[Edit] = []
    for one in found:
        start, end = int(lines.raw_start[one.line]) - offset, int(lines.raw_end[one.line]) - offset
        after = "\f" if one.line in marked else ""
        free = edits[-1].end if edits else 0
        if end < length:
            end += int(layout.points[end + offset] == ord("\n"))
        elif start > free:  # the text's last line has no line feed of its own
            start -= int(layout.points[start - 1 + offset] == ord("\n"))
        edits.append(Edit(one.rule, start, end, after, one.score))
    return edits


def _length(layout: Layout, text: int) -> int:
    return int(layout.text_start[text + 1] - layout.text_start[text]) - 1


def _gaps_to_mark(layout: Layout, text: int, lines: Sequence[int]) -> set[int]:
    """Return the lines to be replaced by a form feed: one in each gap that has none."""
    first, end = int(layout.first_line[text]), int(layout.end_line[text])
    taken = np.zeros(end - first, np.bool_)
    taken[np.array(lines, np.int64) - first] = True
    body: Ints = np.flatnonzero(~taken) + first
    page = layout.lines.page
    is_unmarked = (np.diff(body) > 1) & (page[body[:-1]] == page[body[1:]])
    return set((body[:-1][is_unmarked] + 1).tolist())
