"""Whether one paragraph is a copy of another: the only judge, inside a document and across.

Two keys are aligned character by character. Where both cover the same text the copy is *near*;
where one covers a part of the other it is *truncated* (a column or page ended, a fragment was
pasted twice). Cut ends are no changes (`flows.repeats.alignment`); what remains must pass for noise
(`flows.repeats.guards`).
"""

from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from flows.repeats.alignment import Opcode, changes_of, opcodes_of, with_ends, without_cuts
from flows.repeats.comparison import Comparison
from flows.repeats.guards import changes_meaning

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
MAX_LACKING = max((1 - _MIN_SIMILARITY) / _WHOLE, 1 - _MIN_COMMON_AT_END)
"""Share of the shorter key that the longer one may lack at most, however the two are aligned."""
_WINDOW_SLACK, _WINDOW_SLACK_SHARE = 2, 0.05
"""Characters by which the best window may be misplaced at either end, and the same as a share of
the shorter key: it is as long as that, though characters were lost or put in."""
_MAX_SLID, _PROBES, _PROBE = 1024, 128, 12
"""Characters up to which the best window is found by sliding, which takes quadratic time: 9,000 in
20,000 take 17 s. Longer keys are placed by so many probes, of so many characters."""


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


def _says_the_same(short: str, long: str, opcodes: list[Opcode], *, is_chinese: bool) -> bool:
    changes = changes_of(opcodes, gap=0 if is_chinese else 1)
    return not changes_meaning(Comparison(short, long, changes, is_chinese))


def _judge(
    short: str, long: str, opcodes: list[Opcode], *, small: bool, is_chinese: bool
) -> Verdict | None:
    """Judge two aligned keys by what is left of their differences without cut ends."""
    opcodes, start, end = without_cuts(short, long, opcodes, small=small)
    window = long[start:end]
    moved = [(tag, i, j, p - start, q - start) for tag, i, j, p, q in opcodes]
    if not _says_the_same(short, window, moved, is_chinese=is_chinese):
        return None
    relation = Relation.NEAR if len(window) == len(long) else Relation.TRUNCATED
    similarity = Levenshtein.normalized_similarity(short, window)
    return Verdict(relation, similarity, start, end, len(long))


def _compare_whole(short: str, long: str, *, is_chinese: bool) -> Verdict | None:
    """Judge two keys of similar length, aligned from end to end."""
    opcodes = opcodes_of(short, long)
    return _judge(short, long, opcodes, small=False, is_chinese=is_chinese) or _judge(
        short, long, opcodes, small=True, is_chinese=is_chinese
    )


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


def _place(short: str, long: str) -> tuple[int, int] | None:
    """Return where the window starts and ends that a key fits best, or None where it fits none."""
    if len(short) > _MAX_SLID:
        return _place_by_probes(short, long)
    best = fuzz.partial_ratio_alignment(short, long, score_cutoff=MIN_PARTIAL)
    if best is None:
        return None
    # Widened by what the window leaves out, so that changed ends count as changes too.
    return best.dest_start - best.src_start, best.dest_end + len(short) - best.src_end


def _place_by_probes(short: str, long: str) -> tuple[int, int] | None:
    """Return the same for a long key, whose window is found by stretches that both have."""
    places = range(0, len(short) - _PROBE, len(short) // _PROBES)
    found = [(at, long.find(short[at : at + _PROBE])) for at in places]
    shifts = sorted(there - at for at, there in found if there >= 0)
    if not shifts:
        return None
    middle, drift = shifts[len(shifts) // 2], _WINDOW_SLACK_SHARE * len(short)
    near = [(at, there) for at, there in found if there >= 0 and abs(there - at - middle) <= drift]
    start = max(0, near[0][1] - near[0][0])
    end = min(len(long), near[-1][1] + len(short) - near[-1][0])
    fits = fuzz.ratio(short, long[start:end], score_cutoff=MIN_PARTIAL)
    return (start, end) if fits else None


def _compare_part(short: str, long: str, *, is_chinese: bool) -> Verdict | None:
    """Judge a key against the window of a longer one that fits it best."""
    found = long.find(short)
    if found >= 0:
        return Verdict(Relation.TRUNCATED, 1.0, found, found + len(short), len(long))
    if not may_have_window(short, long):
        return None
    place = _place(short, long)
    if place is None:
        return None
    slack = _WINDOW_SLACK + int(_WINDOW_SLACK_SHARE * len(short))
    start, end = max(0, place[0] - slack), min(len(long), place[1] + slack)
    inside = [
        (tag, i, j, p + start, q + start) for tag, i, j, p, q in opcodes_of(short, long[start:end])
    ]
    opcodes = with_ends(inside, short, long, start, end)
    return _judge(short, long, opcodes, small=True, is_chinese=is_chinese)


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
