r"""Words that are split: by stray spaces, letter-spacing and hyphens that only layout needed.

Damage: readers of pages widen spaces, put them between Chinese characters and inside English words
or leave them out, titles are set ``T H E  E N D``, and soft hyphens stay in words when their lines
are joined.

Only spaces and soft hyphens are ever taken out, and only spaces put in; each rule says in its own
words what it needs to see. Chinese is judged by ``flows.lines.chinese_spaces``, and English, once
the other rules are done, by ``flows.lines.english_spaces``. A letter-spaced Latin title is a whole
line of single letters whose groups, parted by wider gaps than its narrowest, spell English words.
Spaces are widened where a paragraph of prose has runs of them between its words; two spaces after a
full stop are a habit of typists and stay, as do tables, code and verse.

What is left alone on purpose: a single English word that is split ("exam ple") or run together,
and words of other languages. Without the page's geometry too many repairs would be wrong.

A step sees what its own edits leave, until nothing is left to do: so a second run finds nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from flows.edits import apply_edits
from flows.lines.chinese_spaces import stray_spaces
from flows.lines.english_spaces import misplaced_spaces
from flows.lines.word_filter import is_english_word
from schemas.edit import Edit
from schemas.settings import SplitWordSettings

STRAY_SPACE: Final = "split_words.stray_space"
LETTER_SPACED: Final = "split_words.letter_spaced"
SOFT_HYPHEN: Final = "split_words.soft_hyphen"
WIDENED_SPACE: Final = "split_words.widened_space"
SPLIT_WORD: Final = "split_words.split_word"
RUN_TOGETHER: Final = "split_words.run_together"

# Edits after which a word reads as one again; a widened space never was inside one.
REJOIN_RULES: Final = frozenset({STRAY_SPACE, LETTER_SPACED, SOFT_HYPHEN, SPLIT_WORD})

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
    """Yield one list of edits a text, ascending and disjoint.

    Args:
        texts: Paragraphs parted by a blank line, lines inside them by one line feed.
        settings: Which of the repairs are made.

    Yields:
        Edits in code points of the text: deletions, and where words run together, a space put in.

    >>> [[(edit.rule, edit.start, edit.end) for edit in edits]
    ...  for edits in propose(["通 知 书"], SplitWordSettings())]
    [[('split_words.letter_spaced', 1, 2), ('split_words.letter_spaced', 3, 4)]]
    """
    for text in texts:
        done: list[Edit] = []
        rest = text
        while found := _deletions(rest, settings) or _english(rest, settings):
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


def _english(text: str, settings: SplitWordSettings) -> list[Edit]:
    join, part = settings.split_english_words, settings.run_together_english_words
    if not (join or part):
        return []
    return [
        Edit(SPLIT_WORD, start, end, "") if start < end else Edit(RUN_TOGETHER, start, end, " ")
        for start, end in misplaced_spaces(text, join=join, part=part)
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
    """Return the edits that do what ``done`` and then ``found`` do, in ``done``'s text.

    What is found later never takes out part of a space that was put in: it takes all or nothing.
    """
    grown = list(accumulate((len(e.after) - (e.end - e.start) for e in done), initial=0))
    put_in = {e.start + before: e for e, before in zip(done, grown, strict=False) if e.after}
    cuts = [e.start + before + len(e.after) for e, before in zip(done, grown, strict=False)]

    def origin(place: int) -> int:
        return place - grown[bisect_right(cuts, place)]

    undone = [put_in[edit.start] for edit in found if not edit.after and edit.start in put_in]
    later = [
        Edit(e.rule, origin(e.start), max(origin(e.start), origin(e.end - 1) + 1), e.after)
        for e in found
        if e.after or e.start not in put_in
    ]
    kept = [edit for edit in done if edit not in undone]
    merged: list[Edit] = []
    for edit in sorted([*kept, *later], key=lambda edit: (edit.start, -edit.end)):
        if not merged or edit.start >= merged[-1].end:
            merged.append(edit)
    return merged
