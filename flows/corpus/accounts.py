"""What was done to a batch, in numbers that must add up over the whole run."""

from collections import Counter
from collections.abc import Iterable, Sequence

from flows.corpus.names import document_id
from flows.corpus.plan import Batch, Source
from flows.pipeline import STEPS
from schemas.edit import EditRow
from schemas.record import Count, Record, Sha256
from schemas.rejection import Rejection
from schemas.report import FlagCount, RuleCount


class BatchAccount(Record):
    """The account of one cleaned batch; ``inputs == documents + len(rejections)`` holds."""

    key: Sha256
    inputs_sha256: Sha256
    inputs: Count
    source_bytes: Count
    documents: Count
    paragraphs: Count
    edits: Count
    removed: Count
    rules: tuple[RuleCount, ...]
    flags: tuple[FlagCount, ...]
    rejections: tuple[Rejection, ...]


def accepted_sources(batch: Batch, account: BatchAccount) -> list[Source]:
    """Return the inputs of a batch that became documents, in order."""
    rejected = {rejection.document_id for rejection in account.rejections}
    return [source for source in batch.sources if document_id(source.path) not in rejected]


def count_flags(flags: Iterable[str]) -> tuple[FlagCount, ...]:
    """Return how many documents carry each flag, by name.

    Args:
        flags: Of each document, as its record has them.

    >>> [(count.flag, count.documents) for count in count_flags(["", "mixed", "lost mixed"])]
    [('lost', 1), ('mixed', 2)]
    """
    return _flag_counts(Counter(flag for one in flags for flag in one.split()))


def add_flags(accounts: Iterable[BatchAccount]) -> tuple[FlagCount, ...]:
    """Return how many documents of all batches carry each flag, by name."""
    total: Counter[str] = Counter()
    for account in accounts:
        total.update({count.flag: count.documents for count in account.flags})
    return _flag_counts(total)


def _flag_counts(total: Counter[str]) -> tuple[FlagCount, ...]:
    return tuple(FlagCount(flag=flag, documents=total[flag]) for flag in sorted(total))


class RuleTally:
    """Counts how often each rule acts, in how many documents, and what it takes out."""

    def __init__(self) -> None:
        """Start from nothing."""
        self._edits: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self._chars: Counter[str] = Counter()

    def add(self, edits: Sequence[EditRow]) -> None:
        """Count the edits of one document."""
        self._count(edits, 1)

    def take_back(self, edits: Sequence[EditRow]) -> None:
        """Count the edits of one document no longer."""
        self._count(edits, -1)

    def add_counts(self, counts: Iterable[RuleCount]) -> None:
        """Add the counts of other documents."""
        for count in counts:
            self._edits[count.rule] += count.edits
            self._documents[count.rule] += count.documents
            self._chars[count.rule] += count.chars

    def counts(self) -> tuple[RuleCount, ...]:
        """Return the counts in pipeline order, the rules of a step by name."""
        return tuple(
            RuleCount(
                rule=rule,
                edits=self._edits[rule],
                documents=self._documents[rule],
                chars=self._chars[rule],
            )
            for rule in sorted(self._edits, key=_pipeline_order)
            if self._edits[rule]
        )

    def _count(self, edits: Sequence[EditRow], times: int) -> None:
        for rule in {edit.rule for edit in edits}:
            self._documents[rule] += times
        for edit in edits:
            self._edits[edit.rule] += times
            self._chars[edit.rule] += times * (edit.end - edit.start)


def _pipeline_order(rule: str) -> tuple[int, str]:
    """Return a sort key: the place of the rule's step, then its name; unknown steps come last."""
    steps = [step.name for step in STEPS]
    step = rule.partition(".")[0]
    return steps.index(step) if step in steps else len(steps), rule
