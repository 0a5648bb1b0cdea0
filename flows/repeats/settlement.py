"""Which paragraphs go because another document keeps them.

Exact copies come first: of equal keys the first in document order stays. Among what is left, near
and truncated copies are found by their anchors, verified as inside a document, and the fullest one
stays. The answer is a pure function of the documents in their order: how they are cut into tables
changes nothing.

Across documents a shared sentence is more often quoted than copied by accident. So short text
never goes, and a part of a longer paragraph goes only when it begins or breaks off where no
quotation does.

All tables are held in memory, some 1,400 bytes a paragraph of 115 characters where near or
truncated copies are wanted, 40 where they are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.repeats.admission import Part
from flows.repeats.anchors import Anchors, anchors_of, candidate_pairs
from flows.repeats.keeper import choose_keepers
from flows.repeats.prints import Flag, PrintTable, paragraph_prints
from flows.repeats.verification import Relation, Verdict, verify
from schemas.settings import SharedRepeatSettings

EXACT: Final = "shared_repeats.exact"
NEAR: Final = "shared_repeats.near"
TRUNCATED: Final = "shared_repeats.truncated"
RULES: Final = (EXACT, NEAR, TRUNCATED)

_BY_RELATION: Final = {Relation.NEAR: RULES.index(NEAR), Relation.TRUNCATED: RULES.index(TRUNCATED)}

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


def settle(tables: Sequence[PrintTable], settings: SharedRepeatSettings) -> Decisions:
    """Return which paragraphs go because another document keeps them.

    Args:
        tables: Prints of all documents, in document order, all made with ``settings``.
        settings: Which relations count.

    Returns:
        Decisions on paragraphs of different documents.
    """
    table = _joined(tables or [paragraph_prints([], settings)])
    gone = _exact_repeats(table)
    if settings.near or settings.truncated:
        live = np.ones(len(table), np.bool_)
        live[list(gone)] = False
        gone |= _similar_repeats(table, live, settings)
    rows = sorted(gone)
    settled = [_to_the_kept(row, gone) for row in rows]
    kept = np.array([why.kept for why in settled], np.int64)
    removed = np.array(rows, np.int64)
    return Decisions(
        documents=table.documents[removed],
        paragraphs=table.paragraphs[removed],
        kept_documents=table.documents[kept],
        kept_paragraphs=table.paragraphs[kept],
        scores=np.array([why.score for why in settled], np.float64),
        rules=np.array([why.rule for why in settled], np.int64),
    )


def _joined(tables: Sequence[PrintTable]) -> PrintTable:
    """Return one table of all documents, numbered consecutively."""
    shifted: list[PrintTable] = []
    documents = rows = 0
    for table in tables:
        shifted.append(
            replace(
                table,
                documents=table.documents + documents,
                anchor_rows=table.anchor_rows + rows,
            )
        )
        documents += int(table.document_count[0])
        rows += len(table)
    columns = [table.columns() for table in shifted]
    return PrintTable.of(
        {name: np.concatenate([own[name] for own in columns]) for name in columns[0]}
    )


def _exact_repeats(table: PrintTable) -> dict[int, _Gone]:
    """Return the later copies of equal keys that stand in another document than the first."""
    long = np.flatnonzero((table.flags & Flag.SHORT) == 0)
    order = long[np.lexsort((table.digests[long, 1], table.digests[long, 0]))]
    digests = table.digests[order]
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = (digests[1:] != digests[:-1]).any(axis=1)
    firsts = order[np.maximum.accumulate(np.where(is_first, np.arange(len(order)), 0))]
    is_copy = table.documents[order] != table.documents[firsts]
    pairs = zip(order[is_copy].tolist(), firsts[is_copy].tolist(), strict=True)
    return {row: _Gone(first, 1.0, RULES.index(EXACT)) for row, first in pairs}


def _similar_repeats(
    table: PrintTable, live: npt.NDArray[np.bool_], settings: SharedRepeatSettings
) -> dict[int, _Gone]:
    """Return near and truncated copies among the live rows, whose keys all differ."""
    edges = dict(_verified_edges(table, live, settings))
    relations = {pair: verdict.relation for pair, verdict in edges.items()}
    gone: dict[int, _Gone] = {}
    for row, kept in choose_keepers(relations, table.lengths).items():
        verdict = edges[min(row, kept), max(row, kept)]
        gone[row] = _Gone(kept, verdict.similarity, _BY_RELATION[verdict.relation])
    return gone


def _verified_edges(
    table: PrintTable, live: npt.NDArray[np.bool_], settings: SharedRepeatSettings
) -> Iterator[tuple[tuple[int, int], Verdict]]:
    anchors = anchors_of(Anchors(table.anchor_rows, table.anchors), live)
    pairs = candidate_pairs(anchors, None, len(table))
    are_apart = table.documents[pairs[:, 0]] != table.documents[pairs[:, 1]]
    flags = table.flags[pairs] & Flag.CHINESE
    bounds = np.concatenate(([0], np.cumsum(table.lengths)))
    for one, other in pairs[are_apart & (flags[:, 0] == flags[:, 1])].tolist():
        is_chinese = bool(table.flags[one] & Flag.CHINESE)
        verdict = verify(
            _key(table, bounds, one), _key(table, bounds, other), is_chinese=is_chinese
        )
        if verdict is not None and _admits(table, bounds, (one, other), verdict, settings):
            yield (one, other), verdict


def _key(table: PrintTable, bounds: Numbers, row: int) -> str:
    units = table.units[bounds[row] : bounds[row + 1]]
    return units.tobytes().decode("utf-32-le", "surrogatepass")


def _admits(
    table: PrintTable,
    bounds: Numbers,
    pair: tuple[int, int],
    verdict: Verdict,
    settings: SharedRepeatSettings,
) -> bool:
    """Return whether two paragraphs found alike are copies."""
    short, long = sorted(pair, key=lambda row: int(table.lengths[row]))
    flags = Flag(int(table.flags[short]))
    if verdict.relation is Relation.NEAR:
        return settings.near and Flag.SHORT not in flags
    if not settings.truncated:
        return False
    part = Part(
        verdict=verdict,
        breaks=table.breaks[bounds[long] : bounds[long + 1]],
        length=int(table.lengths[short]),
        is_open=Flag.OPEN in flags,
        is_title=Flag.TITLE in flags,
        is_broken=Flag.BROKEN in flags,
        continues=Flag.CONTINUES in flags,
    )
    if part.is_reworded_or_unjoined:
        return False
    if Flag.SHORT in flags:
        return part.has_broken_end and verdict.start == 0 and verdict.similarity == 1
    is_fragment = part.begins_inside_sentence and not part.is_title
    return part.has_broken_end or is_fragment or part.is_first_clauses


def _to_the_kept(row: int, gone: dict[int, _Gone]) -> _Gone:
    """Return why a row goes, naming the copy that stays to the end."""
    why = gone[row]
    if why.kept not in gone:
        return why
    # An exact copy of one that goes as near or truncated: their keys, so the verdicts, are one.
    return gone[why.kept]
