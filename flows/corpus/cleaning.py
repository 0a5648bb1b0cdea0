"""One batch from its files to staged records: the work of one pool worker.

The texts of a batch go through the pipeline together, so that steps may compute over all of them
at once. One bad document is a rejection and never stops the others; a bug stops the run.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from flows.corpus.accounts import BatchAccount, RuleTally
from flows.corpus.fingerprint import code_sha256, settings_sha256
from flows.corpus.plan import Batch, Source
from flows.corpus.reading import read_source
from flows.corpus.records import Origin, Records, make_records, make_rejection
from flows.corpus.staging import find_staged, stage_batch
from flows.decoding.ladder import Decoded, decode
from flows.errors import DocumentError
from flows.pipeline import clean_texts
from schemas.rejection import Reason, Rejection
from schemas.settings import Settings


@dataclass(frozen=True, slots=True)
class CleanedBatch:
    """A batch in memory.

    Attributes:
        account: Its counts and rejections.
        records: What is published of each document, as long as nothing is known of the others.
    """

    account: BatchAccount
    records: tuple[Records, ...]


def clean_batch(raw: Path, batch: Batch, staging: Path, settings: Settings) -> BatchAccount:
    """Clean a batch and stage its records, unless the same work is staged already.

    Args:
        raw: The raw folder.
        batch: What to clean.
        staging: Where finished batches go, each into a folder of its own.
        settings: Everything that decides on the result.

    Returns:
        The batch's account, equal for equal input, settings and code.

    Raises:
        StorageError: If ``staging`` cannot be written.
    """
    inputs = _read(raw, batch, settings)
    staged = find_staged(staging, _key(inputs, settings))
    if staged:
        return staged
    cleaned = _clean(inputs, settings)
    stage_batch(staging, cleaned.account, cleaned.records, settings.shared_repeats)
    return cleaned.account


def inspect_batch(raw: Path, batch: Batch, settings: Settings) -> CleanedBatch:
    """Clean a batch in memory and write nothing."""
    return _clean(_read(raw, batch, settings), settings)


@dataclass(frozen=True, slots=True)
class _Input:
    """A source and what reading it gave: its bytes and their checksum, or an error."""

    source: Source
    content: bytes = field(repr=False)
    sha256: str
    error: DocumentError | None = None

    @property
    def digest(self) -> bytes:
        """Checksum of path and outcome."""
        outcome = self.error.reason.value if self.error else self.sha256
        return hashlib.sha256(outcome.encode() + b"\0" + self.source.path).digest()


@dataclass(slots=True)
class _Outcome:
    """What has become of the inputs so far; rejections by the place of their source."""

    records: list[Records] = field(default_factory=list[Records])
    rejections: dict[int, Rejection] = field(default_factory=dict[int, Rejection])

    def reject(self, entry: _Input, error: DocumentError) -> None:
        rejection = make_rejection(entry.source.path, len(entry.content), error)
        self.rejections[entry.source.number] = rejection


def _read(raw: Path, batch: Batch, settings: Settings) -> list[_Input]:
    return [_read_one(raw, source, settings.input.max_file_bytes) for source in batch.sources]


def _read_one(raw: Path, source: Source, limit: int) -> _Input:
    try:
        content = read_source(raw, source, limit)
    except DocumentError as error:
        return _Input(source, b"", "", error)
    return _Input(source, content, hashlib.sha256(content).hexdigest())


def _inputs_sha256(inputs: Sequence[_Input]) -> str:
    return hashlib.sha256(b"".join(entry.digest for entry in inputs)).hexdigest()


def _key(inputs: Sequence[_Input], settings: Settings) -> str:
    """Return the checksum of all that the result depends on."""
    parts = (code_sha256(), settings_sha256(settings), _inputs_sha256(inputs))
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def _clean(inputs: Sequence[_Input], settings: Settings) -> CleanedBatch:
    outcome = _Outcome()
    decoded = _decode(inputs, settings, outcome)
    cleaned = clean_texts([text.text for _, text in decoded], settings)
    for (entry, text), clean in zip(decoded, cleaned, strict=True):
        if not clean.text.strip():
            outcome.reject(entry, _blank())
            continue
        origin = Origin(entry.source.path, len(entry.content), entry.sha256, settings.input.source)
        try:
            outcome.records.append(make_records(origin, text, clean))
        except ValidationError as error:
            outcome.reject(entry, _invalid_record(error))
    account = _account(inputs, outcome, _key(inputs, settings))
    return CleanedBatch(account, tuple(outcome.records))


def _decode(
    inputs: Sequence[_Input], settings: Settings, outcome: _Outcome
) -> list[tuple[_Input, Decoded]]:
    decoded: list[tuple[_Input, Decoded]] = []
    for entry in inputs:
        if entry.error:
            outcome.reject(entry, entry.error)
            continue
        try:
            decoded.append((entry, decode(entry.content, settings.decoding)))
        except DocumentError as error:
            outcome.reject(entry, error)
    return decoded


def _blank() -> DocumentError:
    return DocumentError(
        Reason.BLANK,
        step="record",
        found="nothing but page furniture and characters that cannot be seen",
        advice="leave it out; if it holds text, jiaokan preview shows which rule took it",
    )


def _invalid_record(error: ValidationError) -> DocumentError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return DocumentError(
        Reason.INVALID_RECORD,
        step="record",
        place=".".join(map(str, first["loc"])),
        found=first["msg"],
        advice="report it with the file: the document was cleaned, but its record fits no schema",
    )


def _account(inputs: Sequence[_Input], outcome: _Outcome, key: str) -> BatchAccount:
    tally = RuleTally()
    for made in outcome.records:
        tally.add(made.edits)
    return BatchAccount(
        key=key,
        inputs_sha256=_inputs_sha256(inputs),
        inputs=len(inputs),
        source_bytes=sum(len(entry.content) for entry in inputs),
        documents=len(outcome.records),
        paragraphs=sum(made.document.stats.paragraphs for made in outcome.records),
        edits=sum(len(made.edits) for made in outcome.records),
        removed=sum(len(made.removals) for made in outcome.records),
        rules=tally.counts(),
        rejections=tuple(outcome.rejections[number] for number in sorted(outcome.rejections)),
    )
