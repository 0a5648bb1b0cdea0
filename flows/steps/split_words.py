r"""Words that are split: by stray spaces, letter-spacing and hyphens that only layout needed.

Damage: readers of pages widen spaces and put them between Chinese characters, titles are set
``T H E  E N D``, and soft hyphens stay in words when their lines are joined.

Only spaces and soft hyphens are ever taken out; each rule says in its own words what it needs to
see. Chinese is judged by ``flows.lines.chinese_spaces``. A letter-spaced Latin title is a whole
line of single letters whose groups, parted by wider gaps than its narrowest, spell English words.
Spaces are widened where a paragraph of prose has runs of them between its words; two spaces after a
full stop are a habit of typists and stay, as do tables, code and verse.

What is left alone on purpose: Latin words that are split ("exam ple") or run together.
Without the page's geometry too many repairs would be wrong.

A step sees what its own deletions leave, until nothing is left to do: so a second run finds
nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from flows.edits import apply_edits
from flows.lines.chinese_spaces import stray_spaces
from flows.lines.word_filter import is_english_word
from schemas.edit import Edit
from schemas.settings import SplitWordSettings

STRAY_SPACE: Final = "split_words.stray_space"
LETTER_SPACED: Final = "split_words.letter_spaced"
SOFT_HYPHEN: Final = "split_words.soft_hyphen"
WIDENED_SPACE: Final = "split_words.widened_space"

# Edits after which a word reads as one again; a widened space never was inside one.
REJOIN_RULES: Final = frozenset({STRAY_SPACE, LETTER_SPACED, SOFT_HYPHEN})

_SOFT_HYPHEN: Final = re.compile("(?<=[^\\W\\d_])[\N{SOFT HYPHEN}\ufffe]+(?=[^\\W\\d_])")
_LATIN_SPACED: Final = re.compile(r"(?m)^[A-Za-z](?: {1,4}[A-Za-z]){3,40}$")
# Begins with a plain character, which is searched for ten times as fast as any start of a line.
_MAY_BE_LATIN_SPACED: Final = re.compile(r"\n[A-Za-z] {1,4}[A-Za-z] ")
_RUN: Final = re.compile(r"(?<=[^\s.!?。！？:：\x22”)]) {2,}(?=[^\s])")
_NOT_PROSE: Final = re.compile(r"[|\t`{}=<>\\]|\.{4}|…{2}| {8}|://")
_SENTENCE: Final = re.compile(r"[a-z]{2}[,.;] |[.!?”\"]$")
_MIN_WORD_CHARS = 3  # nearly every pair of letters is an abbreviation of something
_MIN_PROSE_WORDS = 12  # fewer words with wide gaps may be a row of a table


def propose(texts: Sequence[str], settings: SplitWordSettings) -> Iterator[list[Edit]]:
    """Yield one list of deletions a text, ascending and disjoint.

    Args:
        texts: Paragraphs parted by a blank line, lines inside them by one line feed.
        settings: Which of the repairs are made.

    Yields:
        Edits in code points of the text, all with an empty ``after``.

    >>> [[(edit.rule, edit.start, edit.end) for edit in edits]
    ...  for edits in propose(["通 知 书"], SplitWordSettings())]
    [[('split_words.letter_spaced', 1, 2), ('split_words.letter_spaced', 3, 4)]]
    """
    for text in texts:
        done: list[Edit] = []
        rest = text
        while found := _deletions(rest, settings):
            done = _compose(done, found)
            rest = apply_edits(rest, found)
        yield done


def _deletions(text: str, settings: SplitWordSettings) -> list[Edit]:
    found: list[Edit] = []
    if settings.soft_hyphens and ("\N{SOFT HYPHEN}" in text or "\ufffe" in text):
        found += (Edit(SOFT_HYPHEN, *hit.span(), "") for hit in _SOFT_HYPHEN.finditer(text))
    if settings.chinese_spaces and not text.isascii():
        found += _chinese(text)
    if settings.letter_spaced_titles:
        found += _latin_titles(text)
    if settings.widened_spaces and "  " in text:
        found += _widened(text)
    found.sort(key=lambda edit: edit.start)
    return [
        edit
        for edit, before in zip(found, [None, *found], strict=False)
        if before is None or edit.start >= before.end
    ]


def _chinese(text: str) -> Iterator[Edit]:
    rules = {"stray": STRAY_SPACE, "spaced": LETTER_SPACED}
    for start, end, kind in stray_spaces(text):
        yield Edit(rules[kind], start, end, "")


def _latin_titles(text: str) -> Iterator[Edit]:
    if _MAY_BE_LATIN_SPACED.search(f"\n{text}") is None:
        return
    for line in _LATIN_SPACED.finditer(text):
        narrow = min(re.findall(" +", line[0]))
        words = [part.replace(" ", "").lower() for part in re.split(f"{narrow} +", line[0])]
        if any(len(word) >= _MIN_WORD_CHARS and is_english_word(word) for word in words):
            for gap in re.finditer(" +", line[0]):
                start, end = line.start() + gap.start(), line.start() + gap.end()
                yield Edit(LETTER_SPACED, start + (gap[0] != narrow), end, "")


def _widened(text: str) -> Iterator[Edit]:
    start = 0
    for paragraph in text.split("\n\n"):
        if "  " in paragraph and _is_prose(paragraph):
            for run in _RUN.finditer(paragraph):
                yield Edit(WIDENED_SPACE, start + run.start() + 1, start + run.end(), "")
        start += len(paragraph) + 2


def _is_prose(paragraph: str) -> bool:
    return (
        "\n" not in paragraph
        and paragraph.count(" ") >= _MIN_PROSE_WORDS
        and len(paragraph.split()) >= _MIN_PROSE_WORDS
        and _NOT_PROSE.search(paragraph) is None
        and _SENTENCE.search(paragraph) is not None
    )


def _compose(done: list[Edit], found: list[Edit]) -> list[Edit]:
    """Return the deletions that do what ``done`` and then ``found`` do, in ``done``'s text."""
    removed = list(accumulate((edit.end - edit.start for edit in done), initial=0))
    cuts = [edit.start - before for edit, before in zip(done, removed, strict=False)]

    def origin(place: int) -> int:
        return place + removed[bisect_right(cuts, place)]

    later = [Edit(e.rule, origin(e.start), origin(e.end - 1) + 1, "") for e in found]
    merged: list[Edit] = []
    for edit in sorted([*done, *later], key=lambda edit: (edit.start, -edit.end)):
        if not merged or edit.start >= merged[-1].end:
            merged.append(edit)
    return merged
