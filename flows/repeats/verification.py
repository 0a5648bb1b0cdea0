"""Whether one paragraph is a copy of another: the only judge, inside a document and across.

Two keys are aligned character by character. Where both cover the same text the copy is *near*;
where one covers a part of the other it is *truncated* (a column or page ended, a fragment was
pasted twice). Either way the changes that remain must pass for noise (`flows.repeats.guards`).

What is missing at the ends of the shorter one is a cut, not a change, unless it is so little that
it may carry the meaning: ``不`` before ``同意``, a digit after ``98``.
"""

from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from flows.repeats.guards import NEGATIONS, NUMERALS, Change, Comparison, changes_meaning

_WHOLE = 0.8
"""Share of the longer key from which on the shorter one is first aligned to all of it."""
_MIN_SIMILARITY = 0.78
"""Misreadings of 10 % of the characters leave about .87; those of two copies add up."""
MIN_PARTIAL = 86.0
"""The same for a part and its best window, 0 to 100."""
_MIN_COMMON, _MIN_COMMON_AT_END = 0.86, 0.754
"""Share of the shorter key that the longer one must have too, in this order, for any window to reach
``MIN_PARTIAL``. A window is as long as the shorter key, and shorter only at an end of the longer:
there what both have, twice and over both lengths, is .86 from .43 / .57 of the shorter one on."""
_MIN_CUT = 5
"""Missing characters at an end from which on they are a cut whatever they say."""
_WINDOW_SLACK = 2
"""Characters by which the best window may be too wide at either end."""


class Relation(Enum):
    """How the shorter of two paragraphs stands to the longer."""

    NEAR = "near"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Two paragraphs are copies.

    Attributes:
        relation: Of the shorter to the longer.
        similarity: 0 to 1; for a truncated copy, of the part that both have.
        start, end: Half-open place in the longer key that the shorter one covers.
        length: Characters of the longer key.
    """

    relation: Relation
    similarity: float
    start: int
    end: int
    length: int


_Opcode = tuple[str, int, int, int, int]


def _opcodes(first: str, second: str) -> list[_Opcode]:
    """Return all in which two keys differ; where the first lies inside the second, its ends."""
    start = second.find(first)
    if start >= 0:
        end, length = start + len(first), len(first)
        ends = (("insert", 0, 0, 0, start), ("insert", length, length, end, len(second)))
        return [code for code in ends if code[3] < code[4]]
    return [
        (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Levenshtein.opcodes(first, second)
        if code.tag != "equal"
    ]


def _changes(opcodes: list[_Opcode], gap: int) -> list[Change]:
    """Return the changes, those at most ``gap`` equal characters apart taken together."""
    changes: list[Change] = []
    for _, start, end, other_start, other_end in opcodes:
        edits = max(end - start, other_end - other_start)
        if changes and start - changes[-1].end <= gap:
            last = changes.pop()
            changes.append(Change(last.start, end, last.other_start, other_end, last.edits + edits))
        else:
            changes.append(Change(start, end, other_start, other_end, edits))
    return changes


def _says_the_same(short: str, long: str, opcodes: list[_Opcode], *, is_chinese: bool) -> bool:
    changes = _changes(opcodes, gap=0 if is_chinese else 1)
    return not changes_meaning(Comparison(short, long, changes, is_chinese))


def _is_harmless(missing: str, short: str, *, at_start: bool) -> bool:
    """Return whether a few characters that are missing at an end can carry no meaning."""
    if at_start:
        return not any(
            character.isdigit() or character in NUMERALS | NEGATIONS for character in missing
        )
    return not (short[-1].isdigit() and missing[0].isdigit())


def _without_cuts(
    short: str, long: str, opcodes: list[_Opcode], *, small: bool
) -> tuple[list[_Opcode], int, int]:
    """Return ``opcodes`` without cut ends, and which part of ``long`` they cover.

    Args:
        short: The shorter key.
        long: The longer one.
        opcodes: All in which they differ.
        small: Whether a few missing characters count as a cut too, where they are harmless.
    """
    start, end = 0, len(long)
    if opcodes and opcodes[0][:3] == ("insert", 0, 0):
        cut = opcodes[0][4]
        if cut >= _MIN_CUT or (small and _is_harmless(long[:cut], short, at_start=True)):
            start, opcodes = cut, opcodes[1:]
    if opcodes and opcodes[-1][:2] == ("insert", len(short)):
        cut = opcodes[-1][3]
        if end - cut >= _MIN_CUT or (small and _is_harmless(long[cut:], short, at_start=False)):
            end, opcodes = cut, opcodes[:-1]
    return opcodes, start, end


def _compare_whole(short: str, long: str, *, is_chinese: bool) -> Verdict | None:
    """Judge two keys of similar length, aligned from end to end."""
    opcodes = _opcodes(short, long)
    for small in (False, True):
        left, start, end = _without_cuts(short, long, opcodes, small=small)
        if _says_the_same(short, long, left, is_chinese=is_chinese):
            is_cut = (start, end) != (0, len(long))
            relation = Relation.TRUNCATED if is_cut else Relation.NEAR
            similarity = Levenshtein.normalized_similarity(short, long[start:end])
            return Verdict(relation, similarity, start, end, len(long))
    return None


def may_have_window(short: str, long: str) -> bool:
    """Return False where no window of ``long`` can be alike enough, far sooner than by searching.

    Formulas and forms share many phrases in other orders: of 294,726 such pairs one in a hundred
    passes, and no copy is lost.

    Args:
        short: The shorter key.
        long: The longer one.

    >>> may_have_window("春天有花夏天有风", "秋天有月冬天有雪春天有花夏天有风")
    True
    >>> may_have_window("夏天有风，春天有花", "春天有花，秋天有月，夏日长")
    False
    """
    length = len(short)
    at_end = int(_MIN_COMMON_AT_END * length)
    common = LCSseq.similarity(short, long, score_cutoff=at_end)
    if common < at_end or common >= int(_MIN_COMMON * length):
        return common >= at_end
    ends = (long[:length], long[-length:])
    return any(LCSseq.similarity(short, end, score_cutoff=at_end) for end in ends)


def _compare_part(short: str, long: str, *, is_chinese: bool) -> Verdict | None:
    """Judge a key against the window of a longer one that fits it best."""
    found = long.find(short)
    if found >= 0:
        return Verdict(Relation.TRUNCATED, 1.0, found, found + len(short), len(long))
    if not may_have_window(short, long):
        return None
    best = fuzz.partial_ratio_alignment(short, long, score_cutoff=MIN_PARTIAL)
    if best is None:
        return None
    # Widened by what the window leaves out, so that changed ends count as changes too.
    start = max(0, best.dest_start - best.src_start)
    end = min(len(long), best.dest_end + len(short) - best.src_end)
    window = long[start:end]
    opcodes = _opcodes(short, window)
    for place in (0, -1):
        if opcodes and opcodes[place][0] == "insert" and len(window) < len(long):
            _, _, _, first, last = opcodes[place]
            if last - first <= _WINDOW_SLACK:
                opcodes.pop(place)
    if not _says_the_same(short, window, opcodes, is_chinese=is_chinese):
        return None
    return Verdict(Relation.TRUNCATED, best.score / 100, start, end, len(long))


def verify(one: str, other: str, *, is_chinese: bool) -> Verdict | None:
    """Return how the shorter of two keys stands to the longer, or None where both must stay.

    Args:
        one: A comparison key.
        other: Another; the answer does not depend on which comes first.
        is_chinese: Whether both are judged as Chinese.

    >>> full = "本馆周一闭馆维护其余各日九时至十七时开放凭本人证件领票入馆参观"
    >>> verify(full, full.replace("维护", "緋护"), is_chinese=True).relation.value
    'near'
    >>> verify(full, full[:20], is_chinese=True).relation.value
    'truncated'
    >>> verify(full, full.replace("周一", "周二"), is_chinese=True) is None
    True
    """
    short, long = (one, other) if (len(one), one) <= (len(other), other) else (other, one)
    if not short:
        return None
    if len(short) >= _WHOLE * len(long):
        cutoff = _MIN_SIMILARITY
        if Levenshtein.normalized_similarity(short, long, score_cutoff=cutoff):
            # Whatever was refused here is not looked at again through a window that hides it.
            return _compare_whole(short, long, is_chinese=is_chinese)
    return _compare_part(short, long, is_chinese=is_chinese)
