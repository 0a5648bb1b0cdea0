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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.lines.blocks import keeps_indent
from flows.lines.classes import CLASS_OF, Class, Flags
from flows.lines.gap_facts import BLANK_LINE, LINE
from flows.lines.gaps import Decisions, decide
from flows.lines.hyphens import HYPHENS, hyphen_goes, is_suspended
from flows.lines.layout import Layout, in_batches, lay_out
from flows.lines.vocabulary import Vocabulary
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

# On development documents of genres that the weights had not seen, 63 in 100 of the joins below
# were right (1,158 of 79,103), 86 in 100 of those from here to 0.9, and 99.6 of the others.
_DOUBTFUL_SCORE: Final = 0.7
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
        plan = _plan(decide(layout, settings.min_score))
        for number, text in enumerate(batch):
            yield _edits(text, plan.of(number), _ink(layout, number))


def doubtful_joins(edits: Iterable[Edit]) -> list[Edit]:
    r"""Return the joins of this step that a person had better look at.

    Args:
        edits: Of one document; those of other steps do not count.

    >>> edits = [Edit(WRAPPED, 6, 7, "", 0.56), Edit(PARAGRAPH, 9, 10, "\n\n", 0.6)]
    >>> [edit.start for edit in doubtful_joins(edits)]
    [6]
    """
    return [edit for edit in edits if edit.rule in JOIN_RULES and edit.score < _DOUBTFUL_SCORE]


def _ink(layout: Layout, text: int) -> tuple[int, int]:
    """Return where the text's first character lies that is no white space, and past the last."""
    first, end = int(layout.first_line[text]), int(layout.end_line[text])
    if first == end:
        return 0, 0
    offset = int(layout.text_start[text])
    return int(layout.lines.start[first]) - offset, int(layout.lines.end[end - 1]) - offset


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is done with the gaps of a batch that do not have their final form yet.

    Attributes:
        edits: One a gap, in code points of its text, as if no line ended in a hyphen.
        hyphens: Places among ``edits`` where a joined line ends in a hyphen, ascending.
        first_edit: Where each text's edits begin; one more entry than texts.
        first_hyphen: Where each text's places among ``hyphens`` begin; one more entry than texts.
    """

    edits: list[Edit]
    hyphens: list[int]
    first_edit: list[int]
    first_hyphen: list[int]

    def of(self, text: int) -> tuple[list[Edit], list[int]]:
        """Return the edits of one text, and the places of hyphens among them."""
        first, end = self.first_edit[text : text + 2]
        low, high = self.first_hyphen[text : text + 2]
        return self.edits[first:end], [place - first for place in self.hyphens[low:high]]


# What can be done with a gap: its rule, and what is put there.
_RULES: Final = (WRAPPED, WRAPPED, SENTENCE_CUT, SENTENCE_CUT, LINE_KEPT, PARAGRAPH)
_PUTS: Final = ("", " ", "", " ", "\n", "\n\n")
_NEW_EDIT: Final[Callable[[type[Edit], Iterable[object]], Edit]] = tuple[object, ...].__new__


def _plan(decisions: Decisions) -> _Plan:
    gaps, joined = decisions.gaps, decisions.is_joined
    layout, before, after = gaps.layout, gaps.before, gaps.before + 1
    lines, document = layout.lines, layout.lines.document[gaps.before]
    is_line = gaps.kind[after] == LINE
    start = lines.end[before]
    indented = ~joined & keeps_indent(gaps)[after]
    end = np.where(indented, lines.raw_start[after], lines.start[after])
    is_final = ~joined & (
        decisions.is_inside & is_line & (end - start == 1)
        | ~decisions.is_inside & (gaps.kind[after] == BLANK_LINE) & (end - start == 2)  # noqa: PLR2004 - two line feeds
    )
    todo = np.flatnonzero(~is_final)
    offset = layout.text_start[document]
    score = np.where(joined, decisions.score, np.round(1 - decisions.score, 4))
    hyphens = np.flatnonzero((joined & _ends_in_hyphen(layout)[before])[todo])
    first_edit = np.searchsorted(document[todo], np.arange(len(layout.text_start)))
    return _Plan(
        edits=_make_edits(
            _actions(decisions, todo), (start - offset)[todo], (end - offset)[todo], score[todo]
        ),
        hyphens=hyphens.tolist(),
        first_edit=first_edit.tolist(),
        first_hyphen=np.searchsorted(hyphens, first_edit).tolist(),
    )


def _make_edits(
    actions: list[int], start: Ints, end: Ints, score: npt.NDArray[np.float64]
) -> list[Edit]:
    """Return one edit an action; made from whole rows, which takes a third of the time of calls."""
    rules, puts = map(_RULES.__getitem__, actions), map(_PUTS.__getitem__, actions)
    rows = zip(rules, start.tolist(), end.tolist(), puts, score.tolist(), repeat(-1), strict=False)
    return list(map(_NEW_EDIT, repeat(Edit), rows))


def _actions(decisions: Decisions, which: Ints) -> list[int]:
    """Return for the numbered gaps the place of what is done among all that can be done."""
    gaps, joined = decisions.gaps, decisions.is_joined
    is_cut = gaps.kind[gaps.before + 1] != LINE
    number: Ints = np.where(
        joined, 2 * is_cut + decisions.is_spaced, np.where(decisions.is_inside, 4, 5)
    ).astype(np.int64)
    actions: list[int] = number[which].tolist()
    return actions


def _ends_in_hyphen(layout: Layout) -> Flags:
    found: Flags = CLASS_OF[layout.code_from_end(0)] == Class.HYPHEN
    return found


def _edits(text: str, gaps: tuple[list[Edit], list[int]], ink: tuple[int, int]) -> list[Edit]:
    """Return the edits of one text: those of its gaps, and of white space at its two ends."""
    found, hyphens = gaps
    vocabulary = Vocabulary(text)
    for place in hyphens:
        found[place] = _hyphenated(text, found[place], vocabulary)
    if ink[0] > 0 and ink[1] > 0:
        found.insert(0, Edit(TRIM, 0, ink[0], ""))
    if ink[1] < len(text):
        found.append(Edit(TRIM, ink[1], len(text), ""))
    return found


def _hyphenated(text: str, join: Edit, vocabulary: Vocabulary) -> Edit:
    """Return the edit of a joined gap whose line ends in a hyphen."""
    start, end = join.start, join.end
    before, after = text[max(0, start - _WORD_POINTS) : start], text[end : end + _WORD_POINTS]
    word = before.rstrip(HYPHENS)
    mark_start = start - len(before) + len(word)
    kept_start, mark = start, ""
    if _STANDS_FOR_HYPHEN.search(text, mark_start, start):
        kept_start, mark = mark_start, _STANDS_FOR_HYPHEN.sub("-", text[mark_start:start])
    if not (word[-1:].isalpha() and after[:1].isalpha()):
        return Edit(join.rule, kept_start, end, mark + join.after, join.score)
    if hyphen_goes(before, after, vocabulary):
        return Edit(HYPHEN_DROPPED, mark_start, end, "", join.score)
    space = " " if is_suspended(before, after, vocabulary) else ""
    return Edit(HYPHEN_KEPT, kept_start, end, mark + space, join.score)
