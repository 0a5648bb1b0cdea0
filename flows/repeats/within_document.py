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
from flows.repeats.anchors import candidate_pairs, find_anchors
from flows.repeats.exemptions import exempt_in_lined_documents
from flows.repeats.keeper import choose_keepers
from flows.repeats.paragraphs import Paragraphs
from flows.repeats.verification import Verdict, verify
from schemas.settings import RepeatSettings

EXACT = "exact"

Numbers = npt.NDArray[np.int64]
Verdicts = dict[tuple[int, int], Verdict | None]


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
    verdicts: Verdicts = {}
    live = np.arange(len(paragraphs))
    in_play = np.bincount(paragraphs.documents, minlength=1) > 1
    while in_play.any():
        live = live[in_play[paragraphs.documents[live]]]
        gone = _one_round(paragraphs, live, settings, verdicts)
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
    paragraphs: Paragraphs, live: Numbers, settings: RepeatSettings, verdicts: Verdicts
) -> dict[int, Repeat]:
    """Return what goes from documents in which just the ``live`` paragraphs stand."""
    lined = exempt_in_lined_documents(paragraphs.weights[live], paragraphs.documents[live])
    judged = live[~(paragraphs.is_exempt[live] | lined)]
    places = surroundings(paragraphs, live)
    continues = continues_unfinished(paragraphs, places.before)
    admission = Admission(paragraphs, places, continues, settings)
    gone = _exact_repeats(paragraphs, judged, admission)
    if settings.near or settings.truncated:
        rest = np.array([number for number in judged.tolist() if number not in gone], np.int64)
        gone |= _similar_repeats(paragraphs, rest, admission, verdicts)
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
    paragraphs: Paragraphs, judged: Numbers, admission: Admission, verdicts: Verdicts
) -> dict[int, Repeat]:
    """Return the near and truncated copies among paragraphs of different keys."""
    chosen = np.zeros(len(paragraphs), np.bool_)
    chosen[judged] = True
    anchors = find_anchors(paragraphs.keys, paragraphs.is_chinese, chosen)
    edges: dict[tuple[int, int], Verdict] = {}
    for one, other in candidate_pairs(anchors, paragraphs.documents, len(paragraphs)).tolist():
        verdict = _verdict(paragraphs, one, other, verdicts)
        if verdict is not None and admission.admits(one, other, verdict):
            edges[one, other] = verdict
    relations = {pair: verdict.relation for pair, verdict in edges.items()}
    kept_for = choose_keepers(relations, paragraphs.keys.lengths) if edges else {}
    gone: dict[int, Repeat] = {}
    for number, kept in kept_for.items():
        verdict = edges[min(number, kept), max(number, kept)]
        gone[number] = Repeat(kept, verdict.relation.value, verdict.similarity)
    return gone


def _verdict(paragraphs: Paragraphs, one: int, other: int, verdicts: Verdicts) -> Verdict | None:
    """Return the verdict on two paragraphs, from an earlier round where it was passed."""
    if (one, other) not in verdicts:
        is_chinese = bool(paragraphs.is_chinese[one] and paragraphs.is_chinese[other])
        keys = paragraphs.keys
        verdicts[one, other] = verify(keys.text(one), keys.text(other), is_chinese=is_chinese)
    return verdicts[one, other]
