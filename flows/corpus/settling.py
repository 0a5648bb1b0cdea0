"""Repeats across documents: from the staged prints of all batches to staged decisions.

Prints are a few numbers a paragraph, so texts are not read again. Documents count in the order of
the plan, so which copy is the first never depends on which batch was finished first. Decisions
carry the key of what they were made from: those of another run are never taken for this one's.
"""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from flows.corpus.accounts import BatchAccount, accepted_sources
from flows.corpus.decisions import Decisions
from flows.corpus.fingerprint import code_sha256
from flows.corpus.plan import Plan
from flows.corpus.staging import staged_prints
from flows.corpus.writing import storage_errors, write_whole
from flows.repeats.prints import PrintTable
from flows.repeats.refusals import Refusals
from flows.repeats.settlement import settle
from schemas.record import Count, Record
from schemas.settings import Settings

DECISIONS: Final = "decisions.npz"


class SettlementAccount(Record):
    """What was compared across documents, and what came of it."""

    paragraphs: Count
    repeats: Count


def settle_batches(
    plan: Plan, staging: Path, accounts: Sequence[BatchAccount], settings: Settings
) -> SettlementAccount:
    """Decide which paragraphs repeat one of another document, and stage the decisions.

    Args:
        plan: What was cleaned.
        staging: Where the batches are staged.
        accounts: Of every batch, in the order of the plan.
        settings: Those the batches were cleaned with.

    Raises:
        StorageError: If ``staging`` cannot be read or written.
    """
    with storage_errors("settle repeats in", staging):
        decisions = find_decisions(staging, accounts)
        if decisions is None:
            decisions = _decide(plan, staging, accounts, settings)
            write_whole(staging / DECISIONS, _packed(decisions, _key(accounts)))
    paragraphs = sum(account.paragraphs for account in accounts)
    return SettlementAccount(paragraphs=paragraphs, repeats=len(decisions))


def load_decisions(staging: Path, accounts: Sequence[BatchAccount]) -> Decisions:
    """Return the staged decisions on these batches.

    Raises:
        RuntimeError: If there are none.
    """
    decisions = find_decisions(staging, accounts)
    if decisions is None:
        raise RuntimeError("repeats were settled for other batches; settle these first")
    return decisions


def find_decisions(staging: Path, accounts: Sequence[BatchAccount]) -> Decisions | None:
    """Return the staged decisions on these batches, or None if those staged are on others."""
    path = staging / DECISIONS
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as columns:
        if str(columns["key"]) != _key(accounts):
            return None
        return Decisions(
            documents=columns["documents"],
            paragraphs=columns["paragraphs"],
            keepers=columns["keepers"],
            keeper_paragraphs=columns["keeper_paragraphs"],
            scores=columns["scores"],
            rules=columns["rules"],
            rule_names=tuple(map(str, columns["rule_names"])),
        )


def _decide(
    plan: Plan, staging: Path, accounts: Sequence[BatchAccount], settings: Settings
) -> Decisions:
    numbers = [
        source.number
        for batch, account in zip(plan.batches, accounts, strict=True)
        for source in accepted_sources(batch, account)
    ]
    is_wanted = settings.shared_repeats.enabled
    tables = _StagedPrints(staging, accounts if is_wanted else ())
    path = staging / refusals_name()
    refusals = Refusals(np.load(path, allow_pickle=False) if path.exists() else None)
    settled = settle(tables, settings.shared_repeats, refusals)
    buffer = io.BytesIO()
    np.save(buffer, refusals.of_this_run(), allow_pickle=False)
    write_whole(path, buffer.getvalue())
    places = np.array(numbers, np.int64)
    return Decisions(
        documents=places[settled.documents],
        paragraphs=settled.paragraphs,
        keepers=places[settled.kept_documents],
        keeper_paragraphs=settled.kept_paragraphs,
        scores=settled.scores,
        rules=settled.rules,
        rule_names=settled.rule_names,
    )


def refusals_name() -> str:
    """Return the name of the file of refused pairs; every state of the program has its own."""
    return f"refused-{code_sha256()[:32]}.npy"


@dataclass(frozen=True, slots=True)
class _StagedPrints:
    """The prints of all batches; one batch is in memory at a time."""

    staging: Path
    accounts: Sequence[BatchAccount]

    def __iter__(self) -> Iterator[PrintTable]:
        for account in self.accounts:
            yield staged_prints(self.staging, account)


def _key(accounts: Sequence[BatchAccount]) -> str:
    return hashlib.sha256("".join(account.key for account in accounts).encode()).hexdigest()


def _packed(decisions: Decisions, key: str) -> bytes:
    buffer = io.BytesIO()
    np.savez(
        buffer,
        allow_pickle=False,
        key=np.array(key),
        documents=decisions.documents,
        paragraphs=decisions.paragraphs,
        keepers=decisions.keepers,
        keeper_paragraphs=decisions.keeper_paragraphs,
        scores=decisions.scores,
        rules=decisions.rules,
        rule_names=np.array(decisions.rule_names, np.str_),
    )
    return buffer.getvalue()
