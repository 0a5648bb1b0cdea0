"""Which paragraphs go because another document keeps them.

Exact copies come first: of equal keys the first in document order stays. Among what is left, near
and truncated copies are found by their anchors, verified as inside a document, and the fullest one
stays. The answer is a pure function of the documents in their order: how they are cut into tables
changes nothing.

Across documents a shared sentence is more often quoted than copied by accident. So short text
never goes, and a part of a longer paragraph goes only when it begins or breaks off where no
quotation does.

Of most paragraphs only numbers are held in memory, some 550 bytes a paragraph of 115 characters;
keys are read again for those that have a candidate. So the tables are gone through twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from flows.repeats.admission import Part
from flows.repeats.anchors import Anchors
from flows.repeats.candidates import candidate_pairs
from flows.repeats.keeper import choose_keepers
from flows.repeats.prints import Flag, PrintTable, paragraph_prints, unpacked_breaks
from flows.repeats.profiles import may_be_copies
from flows.repeats.refusals import Refusals
from flows.repeats.verification import Relation, Verdict, verify
from schemas.settings import SharedRepeatSettings

EXACT: Final = "shared_repeats.exact"
NEAR: Final = "shared_repeats.near"
TRUNCATED: Final = "shared_repeats.truncated"
RULES: Final = (EXACT, NEAR, TRUNCATED)

_BY_RELATION: Final = {Relation.NEAR: RULES.index(NEAR), Relation.TRUNCATED: RULES.index(TRUNCATED)}

_PAIRS_AT_ONCE = 1 << 12

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What goes, in columns of equal length, sorted by document and paragraph.

    Attributes:
        documents, paragraphs: What goes; documents counted over all tables.
        kept_documents, kept_paragraphs: What stays for it; it is never itself removed.
        scores: Similarity, 0 to 1.
        rules: Place of the rule in ``rule_names``.
        rule_names: All rules of this step.
    """

    documents: Numbers
    paragraphs: Numbers
    kept_documents: Numbers
    kept_paragraphs: Numbers
    scores: npt.NDArray[np.float64]
    rules: Numbers
    rule_names: tuple[str, ...] = RULES


@dataclass(frozen=True, slots=True)
class _Gone:
    """Why a row goes: the row kept for it, the similarity, the place of the rule in `RULES`."""

    kept: int
    score: float
    rule: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """All tables one after the other without their keys; columns as in `PrintTable`.

    Attributes:
        firsts: Where each table's rows begin, and after the last one their number.
    """

    firsts: Numbers
    documents: Numbers
    paragraphs: Numbers
    digests: npt.NDArray[np.uint64]
    lengths: Numbers
    flags: npt.NDArray[np.uint8]
    profiles: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class _Key:
    """A key, for most of which the breaks are never asked.

    Attributes:
        text: The key as text.
        fours: Its breaks, packed as in `PrintTable`.
        skipped: How many of those are not its own.
    """

    text: str
    fours: bytes
    skipped: int

    @property
    def breaks(self) -> npt.NDArray[np.uint8]:
        """Breaks, as in `Keys`."""
        return unpacked_breaks(self.fours)[self.skipped : self.skipped + len(self.text)]


def settle(
    tables: Iterable[PrintTable],
    settings: SharedRepeatSettings,
    refusals: Refusals | None = None,
) -> Decisions:
    """Return which paragraphs go because another document keeps them.

    Args:
        tables: Prints of all documents, in document order, all made with ``settings``. They are
            gone through twice and not held, so each may be loaded when it is reached.
        settings: Which relations count.
        refusals: What an earlier settlement by the same program found unlike; the decisions are
            the same with and without.

    Returns:
        Decisions on paragraphs of different documents.
    """
    rows, anchors = _joined(tables, nothing=paragraph_prints([], settings))
    gone = _exact_repeats(rows)
    if settings.near or settings.truncated:
        live = np.ones(len(rows), np.bool_)
        live[list(gone)] = False
        pairs = _candidates(rows, anchors, live)
        del anchors  # Of all that is held they take the most, and keys come next.
        pairs = _not_refused(rows, pairs, refusals := refusals or Refusals())
        gone |= _similar_repeats(rows, pairs, _keys(tables, rows, pairs), settings, refusals)
    removed = np.array(sorted(gone), np.int64)
    settled = [_to_the_kept(row, gone) for row in removed.tolist()]
    kept = np.array([why.kept for why in settled], np.int64)
    return Decisions(
        documents=rows.documents[removed],
        paragraphs=rows.paragraphs[removed],
        kept_documents=rows.documents[kept],
        kept_paragraphs=rows.paragraphs[kept],
        scores=np.array([why.score for why in settled], np.float64),
        rules=np.array([why.rule for why in settled], np.int64),
    )


def _joined(tables: Iterable[PrintTable], nothing: PrintTable) -> tuple[_Rows, Anchors]:
    """Return the rows of all tables, documents and rows numbered consecutively, and anchors."""
    kept = ["documents", "paragraphs", "digests", "lengths", "flags", "profiles"]
    kept += ["anchor_counts", "anchors"]
    # Byte arrays grow in place; lists of arrays would be held twice while they are joined.
    columns = {name: bytearray() for name in kept}
    firsts = [0]
    documents = 0
    for each in tables:
        table = replace(each, documents=each.documents + np.uint32(documents))
        for name in kept:
            columns[name] += getattr(table, name).tobytes()
        documents += int(table.document_count[0])
        firsts.append(firsts[-1] + len(table))
    joined: dict[str, npt.NDArray[Any]] = {}
    for name, column in columns.items():
        example = getattr(nothing, name)
        joined[name] = np.frombuffer(column, example.dtype).reshape(-1, *example.shape[1:])
    for name in ("documents", "paragraphs", "lengths"):
        joined[name] = joined[name].astype(np.int64)
    owners = np.repeat(np.arange(firsts[-1], dtype=np.uint32), joined.pop("anchor_counts"))
    anchors = Anchors(owners, joined.pop("anchors"))
    return _Rows(firsts=np.array(firsts), **joined), anchors


def _exact_repeats(rows: _Rows) -> dict[int, _Gone]:
    """Return the later copies of equal keys that stand in another document than the first."""
    long = np.flatnonzero((rows.flags & Flag.SHORT) == 0)
    order = long[np.lexsort((rows.digests[long, 1], rows.digests[long, 0]))]
    digests = rows.digests[order]
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = (digests[1:] != digests[:-1]).any(axis=1)
    firsts = order[np.maximum.accumulate(np.where(is_first, np.arange(len(order)), 0))]
    is_copy = rows.documents[order] != rows.documents[firsts]
    pairs = zip(order[is_copy].tolist(), firsts[is_copy].tolist(), strict=True)
    return {row: _Gone(first, 1.0, RULES.index(EXACT)) for row, first in pairs}


def _candidates(rows: _Rows, anchors: Anchors, live: npt.NDArray[np.bool_]) -> Numbers:
    """Return the pairs of live rows of different documents that are worth a comparison."""

    def worth(ones: Numbers, others: Numbers) -> npt.NDArray[np.bool_]:
        are_apart = rows.documents[ones] != rows.documents[others]
        are_mixed = (rows.flags[ones] ^ rows.flags[others]) & Flag.CHINESE
        alike = may_be_copies(rows.profiles, rows.lengths, ones, others)
        return np.asarray(are_apart & (are_mixed == 0) & alike)

    return candidate_pairs(anchors, live, rows.lengths, worth=worth)


def _not_refused(rows: _Rows, pairs: Numbers, refusals: Refusals) -> Numbers:
    """Return the pairs that still want a verdict; the others stay remembered."""
    ones, others = rows.digests[pairs[:, 0]], rows.digests[pairs[:, 1]]
    are_known = refusals.among(ones, others)
    refusals.add(ones[are_known], others[are_known])
    return pairs[~are_known]


def _keys(tables: Iterable[PrintTable], rows: _Rows, pairs: Numbers) -> dict[int, _Key]:
    """Return the keys of all rows that stand in a pair."""
    wanted = np.unique(pairs)
    keys: dict[int, _Key] = {}
    for table, (first, last) in zip(tables, pairwise(rows.firsts.tolist()), strict=True):
        own = wanted[slice(*np.searchsorted(wanted, (first, last)))]
        ends = np.cumsum(table.lengths, dtype=np.int64)[own - first]
        starts = ends - table.lengths[own - first]
        text, breaks = table.text() if len(own) else "", table.breaks.tobytes()
        for row, start, end in zip(own.tolist(), starts.tolist(), ends.tolist(), strict=True):
            keys[row] = _Key(text[start:end], breaks[start // 4 : end // 4 + 1], start % 4)
    return keys


def _similar_repeats(
    rows: _Rows,
    pairs: Numbers,
    keys: dict[int, _Key],
    settings: SharedRepeatSettings,
    refusals: Refusals,
) -> dict[int, _Gone]:
    """Return near and truncated copies among pairs of rows, whose keys all differ."""
    is_chinese = (rows.flags & Flag.CHINESE).astype(np.bool_)
    edges: dict[tuple[int, int], Verdict] = {}
    are_alike = np.zeros(len(pairs), np.bool_)
    for place, (one, other) in enumerate(_numbers(pairs)):
        verdict = verify(keys[one].text, keys[other].text, is_chinese=bool(is_chinese[one]))
        if verdict is None:
            continue
        are_alike[place] = True
        if _admits(rows, keys, (one, other), verdict, settings):
            edges[one, other] = verdict
    unlike = pairs[~are_alike]
    refusals.add(rows.digests[unlike[:, 0]], rows.digests[unlike[:, 1]])
    relations = {pair: verdict.relation for pair, verdict in edges.items()}
    gone: dict[int, _Gone] = {}
    for row, kept in choose_keepers(relations, rows.lengths).items():
        verdict = edges[min(row, kept), max(row, kept)]
        gone[row] = _Gone(kept, verdict.similarity, _BY_RELATION[verdict.relation])
    return gone


def _numbers(pairs: Numbers) -> Iterator[tuple[int, int]]:
    """Yield the pairs, a few thousand at a time as Python's own numbers."""
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        yield from map(tuple, pairs[start : start + _PAIRS_AT_ONCE].tolist())


def _admits(
    rows: _Rows,
    keys: dict[int, _Key],
    pair: tuple[int, int],
    verdict: Verdict,
    settings: SharedRepeatSettings,
) -> bool:
    """Return whether two paragraphs found alike are copies."""
    short, long = sorted(pair, key=lambda row: int(rows.lengths[row]))
    flags = Flag(int(rows.flags[short]))
    if verdict.relation is Relation.NEAR:
        return settings.near and Flag.SHORT not in flags
    if not settings.truncated:
        return False
    part = Part(
        verdict=verdict,
        breaks=keys[long].breaks,
        length=int(rows.lengths[short]),
        is_open=Flag.OPEN in flags,
        is_title=Flag.TITLE in flags,
        is_broken=Flag.BROKEN in flags,
        continues=Flag.CONTINUES in flags,
    )
    if part.is_reworded_or_unjoined:
        return False
    if Flag.SHORT in flags:
        is_head = part.has_broken_end and verdict.start == 0
        return verdict.similarity == 1 and (is_head or part.begins_inside_clause)
    is_fragment = part.begins_inside_sentence and not part.is_title
    return part.has_broken_end or is_fragment or part.is_first_clauses


def _to_the_kept(row: int, gone: dict[int, _Gone]) -> _Gone:
    """Return why a row goes, naming the copy that stays to the end."""
    why = gone[row]
    if why.kept not in gone:
        return why
    # An exact copy of one that goes as near or truncated: their keys, so the verdicts, are one.
    return gone[why.kept]
