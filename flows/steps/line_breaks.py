r"""Breaks that cut sentences, and paragraphs that are told apart in many ways.

The damage: text from pages, mails and old editors breaks lines where the page ended, not where
the sentence did; some sources put a blank line or a page mark into the middle of a sentence; a
word is hyphenated over the line. Paragraphs in turn are told by a blank line, by an indent, or by
a line end alone. What a break is, is decided from all lines of a document at once
(``flows.lines``); the decision carries its probability.

The result has one form: paragraphs are parted by one blank line, a break inside a block (verse,
table, code, address) is one line feed, there are no form feeds and no white space at the ends.
Indents go, except where they mean something: in code and tables.

Left alone on purpose: headings, bylines, salutations, lists, dialogue, verse, tables, code,
addresses and signatures keep their breaks; everything inside a line stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from flows.lines.blocks import keeps_indent
from flows.lines.classes import CLASS_OF, Class, Flags
from flows.lines.gap_features import BLANK_LINE, LINE
from flows.lines.gaps import Decisions, decide
from flows.lines.hyphens import HYPHENS, Vocabulary, hyphen_goes, is_suspended
from flows.lines.layout import Layout, in_batches, lay_out
from flows.lines.windows import Ints
from schemas.edit import Edit
from schemas.settings import LineBreakSettings

WRAPPED: Final = "line_breaks.wrapped"
SENTENCE_CUT: Final = "line_breaks.sentence_cut"
HYPHEN_DROPPED: Final = "line_breaks.hyphen_dropped"
HYPHEN_KEPT: Final = "line_breaks.hyphen_kept"
PARAGRAPH: Final = "line_breaks.paragraph"
LINE_KEPT: Final = "line_breaks.line"
TRIM: Final = "line_breaks.trim"
JOIN_RULES: Final = frozenset({WRAPPED, SENTENCE_CUT, HYPHEN_DROPPED, HYPHEN_KEPT})

# What is kept is a hyphen that can be read, not what a reader of pages calls one.
_STANDS_FOR_HYPHEN: Final = re.compile("[-\N{HYPHEN}]?[\N{SOFT HYPHEN}\ufffe\x02]{1,9}\N{HYPHEN}?")
_WORD_POINTS: Final = 40  # what a hyphen is judged by, on either side


def propose(texts: Sequence[str], settings: LineBreakSettings) -> Iterator[list[Edit]]:
    r"""Yield for each text the edits that join its cut sentences and part its paragraphs.

    Args:
        texts: Decoded texts with ``\n`` line ends; form feeds end pages.
        settings: How sure a join must be.

    Yields:
        Ascending edits of gaps between lines, and of white space at the two ends.

    >>> text = "旧渡口的铁钟每天清晨由守夜的\n\n老人敲响。"
    >>> [edit] = next(propose([text], LineBreakSettings()))
    >>> edit.rule, edit.start, edit.end, edit.after
    ('line_breaks.sentence_cut', 14, 16, '')
    """
    for batch in in_batches(texts):
        layout = lay_out(batch)
        decisions = decide(layout, settings.min_score)
        first_gap = np.searchsorted(decisions.gaps.before, layout.first_line)
        end_gap = np.searchsorted(decisions.gaps.before, layout.end_line - 1)
        plan = _plan(decisions)
        for number, text in enumerate(batch):
            yield _Editor(text, int(layout.text_start[number]), plan).edits(
                int(first_gap[number]), int(end_gap[number]), _ink(layout, number)
            )


def _ink(layout: Layout, text: int) -> tuple[int, int]:
    """Return where the text's first character lies that is no white space, and past the last."""
    first, end = int(layout.first_line[text]), int(layout.end_line[text])
    if first == end:
        return 0, 0
    offset = int(layout.text_start[text])
    return int(layout.lines.start[first]) - offset, int(layout.lines.end[end - 1]) - offset


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """The gaps that do not have their final form yet, as plain lists for the loop over them.

    Attributes:
        gap: Number of each gap among all gaps.
        start: Where the white space of the gap begins, in code points of the batch.
        end: Where it ends, or where the indent begins that is kept.
        rule: What is done.
        after: What is put there.
        score: How sure the decision is.
        is_hyphen: Whether the gap is joined and the line ends in a hyphen after a letter.
    """

    gap: Ints
    start: list[int]
    end: list[int]
    rule: list[str]
    after: list[str]
    score: list[float]
    is_hyphen: list[bool]


# What is done with a gap: its rule and what is put there.
_ACTIONS: Final = (
    (WRAPPED, ""),
    (WRAPPED, " "),
    (SENTENCE_CUT, ""),
    (SENTENCE_CUT, " "),
    (LINE_KEPT, "\n"),
    (PARAGRAPH, "\n\n"),
)


def _plan(decisions: Decisions) -> _Plan:
    gaps, joined = decisions.gaps, decisions.is_joined
    lines, before, after = gaps.layout.lines, gaps.before, gaps.before + 1
    is_line = gaps.kind[after] == LINE
    action = np.where(
        joined, 2 * ~is_line + decisions.is_spaced, np.where(decisions.is_inside, 4, 5)
    )
    start = lines.end[before]
    indented = ~joined & keeps_indent(gaps.layout)[after]
    end = np.where(indented, lines.raw_start[after], lines.start[after])
    is_final = ~joined & (
        decisions.is_inside & is_line & (end - start == 1)
        | ~decisions.is_inside & (gaps.kind[after] == BLANK_LINE) & (end - start == 2)  # noqa: PLR2004 - two line feeds
    )
    todo = np.flatnonzero(~is_final)
    score = np.where(joined, decisions.score, np.round(1 - decisions.score, 4))
    return _Plan(
        gap=todo,
        start=start[todo].tolist(),
        end=end[todo].tolist(),
        rule=[_ACTIONS[number][0] for number in action[todo].tolist()],
        after=[_ACTIONS[number][1] for number in action[todo].tolist()],
        score=score[todo].tolist(),
        is_hyphen=(joined & _ends_in_hyphen(gaps.layout)[before])[todo].tolist(),
    )


def _ends_in_hyphen(layout: Layout) -> Flags:
    found: Flags = CLASS_OF[layout.code_from_end(0)] == Class.HYPHEN
    return found


class _Editor:
    """Writes the edits of one text."""

    def __init__(self, text: str, offset: int, plan: _Plan) -> None:
        self._text, self._offset, self._plan = text, offset, plan
        self._vocabulary: Vocabulary | None = None

    def edits(self, first_gap: int, end_gap: int, ink: tuple[int, int]) -> list[Edit]:
        """Return the edits of the gaps from ``first_gap`` on, and of both ends of the text."""
        text, plan = self._text, self._plan
        found: list[Edit] = []
        if ink[0] > 0 and ink[1] > 0:
            found.append(Edit(TRIM, 0, ink[0], ""))
        low, high = np.searchsorted(plan.gap, [first_gap, end_gap]).tolist()
        for at in range(low, high):
            start, end = plan.start[at] - self._offset, plan.end[at] - self._offset
            if plan.is_hyphen[at]:
                found.append(self._hyphenated(start, end, at))
            else:
                found.append(Edit(plan.rule[at], start, end, plan.after[at], plan.score[at]))
        if ink[1] < len(text):
            found.append(Edit(TRIM, ink[1], len(text), ""))
        return found

    def _hyphenated(self, start: int, end: int, at: int) -> Edit:
        """Return the edit of a joined gap whose line ends in a hyphen."""
        text, plan = self._text, self._plan
        before, after = text[max(0, start - _WORD_POINTS) : start], text[end : end + _WORD_POINTS]
        word = before.rstrip(HYPHENS)
        mark_start = start - len(before) + len(word)
        kept_start, mark = start, ""
        if _STANDS_FOR_HYPHEN.search(text, mark_start, start):
            kept_start, mark = mark_start, _STANDS_FOR_HYPHEN.sub("-", text[mark_start:start])
        if not (word[-1:].isalpha() and after[:1].isalpha()):
            return Edit(plan.rule[at], kept_start, end, mark + plan.after[at], plan.score[at])
        if self._vocabulary is None:
            self._vocabulary = Vocabulary.of(text)
        if not hyphen_goes(before, after, self._vocabulary):
            space = " " if is_suspended(before, after, self._vocabulary) else ""
            return Edit(HYPHEN_KEPT, kept_start, end, mark + space, plan.score[at])
        return Edit(HYPHEN_DROPPED, mark_start, end, "", plan.score[at])
