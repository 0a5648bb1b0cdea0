"""Repeats inside documents: exact copies first, then near and truncated ones.

Taking a paragraph out changes where the others stand, and with that what `Admission` says of them.
So rounds follow until one finds nothing; a second run over what is left is then such a round and
finds nothing either.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from flows.repeats.admission import Admission, continues_unfinished, surroundings
from flows.repeats.anchors import find_anchors
from flows.repeats.candidates import candidate_pairs
from flows.repeats.exemptions import exempt_in_lined_documents
from flows.repeats.keeper import choose_keepers
from flows.repeats.paragraphs import Paragraphs
from flows.repeats.verification import Verdict, verify
from schemas.settings import RepeatSettings

EXACT = "exact"

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Why a paragraph goes.

    Attributes:
        kept: The paragraph that stays for it.
        relation: ``exact``, ``near`` or ``truncated``.
        similarity: 0 to 1; where a copy led to the kept one, the least on the way.
    """

    kept: int
    relation: str
    similarity: float


def find_repeats(paragraphs: Paragraphs, settings: RepeatSettings) -> dict[int, Repeat]:
    """Return which paragraphs go.

    Args:
        paragraphs: Of several documents; each document is judged by itself.
        settings: Which relations count, and from which length on.

    Returns:
        One entry a paragraph that goes, ascending. The one it names as kept stays.
    """
    found: dict[int, Repeat] = {}
    comparisons = _Comparisons(paragraphs)
    live = np.arange(len(paragraphs))
    in_play = np.bincount(paragraphs.documents, minlength=1) > 1
    while in_play.any():
        live = live[in_play[paragraphs.documents[live]]]
        gone = _one_round(paragraphs, live, settings, comparisons)
        found |= gone
        numbers = np.array(sorted(gone), np.int64)
        live = np.setdiff1d(live, numbers, assume_unique=True)
        in_play[:] = False
        in_play[paragraphs.documents[numbers]] = True
    return {number: _to_the_kept(number, found) for number in sorted(found)}


def _to_the_kept(number: int, found: dict[int, Repeat]) -> Repeat:
    """Return why a paragraph goes, naming the copy that stays to the end."""
    step = found[number]
    relation, similarity = step.relation, step.similarity
    while step.kept in found:
        step = found[step.kept]
        relation = step.relation if relation == EXACT else relation
        similarity = min(similarity, step.similarity)
    return Repeat(step.kept, relation, similarity)


def _one_round(
    paragraphs: Paragraphs, live: Numbers, settings: RepeatSettings, comparisons: "_Comparisons"
) -> dict[int, Repeat]:
    """Return what goes from documents in which just the ``live`` paragraphs stand."""
    lined = exempt_in_lined_documents(paragraphs.weights[live], paragraphs.documents[live])
    judged = live[~(paragraphs.is_exempt[live] | lined)]
    places = surroundings(paragraphs, live)
    continues = continues_unfinished(paragraphs, places.before)
    admission = Admission(paragraphs, places, continues, settings)
    gone = _exact_repeats(paragraphs, comparisons.maybe_equal(judged), admission)
    if settings.near or settings.truncated:
        rest = np.array([number for number in judged.tolist() if number not in gone], np.int64)
        gone |= _similar_repeats(rest, admission, comparisons)
    return gone


def _exact_repeats(
    paragraphs: Paragraphs, judged: Numbers, admission: Admission
) -> dict[int, Repeat]:
    """Return the later copies of equal keys."""
    copies: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number in judged.tolist():
        copies[int(paragraphs.documents[number]), paragraphs.keys.key_bytes(number)].append(number)
    gone: dict[int, Repeat] = {}
    for same in copies.values():
        for earlier, number in pairwise(same):
            for partner in (same[0], earlier):
                if admission.admits_exact(partner, number):
                    kept = gone[partner].kept if partner in gone else partner
                    gone[number] = Repeat(kept, EXACT, 1.0)
                    break
    return gone


def _similar_repeats(
    judged: Numbers, admission: Admission, comparisons: "_Comparisons"
) -> dict[int, Repeat]:
    """Return the near and truncated copies among paragraphs of different keys."""
    edges: dict[tuple[int, int], Verdict] = {}
    for one, other in comparisons.candidates(judged):
        verdict = comparisons.verdict(one, other)
        if verdict is not None and admission.admits(one, other, verdict):
            edges[one, other] = verdict
    relations = {pair: verdict.relation for pair, verdict in edges.items()}
    kept_for = choose_keepers(relations, comparisons.lengths)
    gone: dict[int, Repeat] = {}
    for number, kept in kept_for.items():
        verdict = edges[min(number, kept), max(number, kept)]
        gone[number] = Repeat(kept, verdict.relation.value, verdict.similarity)
    return gone


class _Comparisons:
    """Finds and judges pairs; what is found in one round is kept for the next."""

    def __init__(self, paragraphs: Paragraphs) -> None:
        """Take the anchors of all paragraphs that may ever be judged."""
        self._paragraphs = paragraphs
        self._anchors = find_anchors(paragraphs.keys, paragraphs.is_chinese, ~paragraphs.is_exempt)
        self._verdicts: dict[tuple[int, int], Verdict | None] = {}
        self.lengths = paragraphs.keys.lengths
        sums = np.cumsum(paragraphs.keys.units, dtype=np.uint64)
        self._sums = np.diff(np.append(np.uint64(0), sums)[paragraphs.keys.bounds])

    def maybe_equal(self, judged: Numbers) -> Numbers:
        """Return those with the length and sum of another's key in the same document, ascending."""
        columns = [
            column[judged] for column in (self._sums, self.lengths, self._paragraphs.documents)
        ]
        order = np.lexsort(columns)
        is_same = np.ones(len(judged) + 1, np.bool_)
        is_same[[0, -1]] = False
        for column in columns:
            is_same[1:-1] &= column[order[1:]] == column[order[:-1]]
        return np.sort(judged[order[is_same[1:] | is_same[:-1]]])

    def candidates(self, judged: Numbers) -> list[tuple[int, int]]:
        """Return pairs of ``judged`` paragraphs of one document that are worth a verdict."""
        chosen = np.zeros(len(self._paragraphs), np.bool_)
        chosen[judged] = True
        pairs = candidate_pairs(self._anchors, chosen, self.lengths, self._paragraphs.documents)
        return [(one, other) for one, other in pairs.tolist()]

    def verdict(self, one: int, other: int) -> Verdict | None:
        """Return the verdict on two paragraphs."""
        if (one, other) not in self._verdicts:
            keys, is_chinese = self._paragraphs.keys, self._paragraphs.is_chinese
            self._verdicts[one, other] = verify(
                keys.text(one), keys.text(other), is_chinese=bool(is_chinese[[one, other]].all())
            )
        return self._verdicts[one, other]
