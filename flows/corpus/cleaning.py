"""One batch from its files to staged records: the work of one pool worker.

What is known of a batch from an earlier run is taken over. The texts of the rest go through the
pipeline together, so that steps may compute over all of them at once. One bad document is a
rejection and never stops the others; a bug stops the run.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from flows.corpus.accounts import BatchAccount, RuleTally, count_flags
from flows.corpus.fingerprint import recipe_sha256
from flows.corpus.index import Index
from flows.corpus.plan import Batch
from flows.corpus.reading import STEP as READ
from flows.corpus.records import Origin, Records, make_records, make_rejection
from flows.corpus.staging import Result, find_staged, renew_stamps, stage_batch
from flows.corpus.surveying import Input, survey, with_content
from flows.corpus.taking_over import take_over
from flows.decoding.ladder import Decoded, decode
from flows.errors import DocumentError
from flows.pipeline import CleanText, clean_texts
from schemas.rejection import Reason, Rejection
from schemas.settings import Settings


@dataclass(frozen=True, slots=True)
class CleanedBatch:
    """A batch that is staged.

    Attributes:
        account: Its counts and rejections, equal for equal input, settings and code.
        taken_over: How many of its documents were made by an earlier run.
    """

    account: BatchAccount
    taken_over: int


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a document is not to be cleaned: it would be the end of the worker that tries.

    Attributes:
        reason: Too slow, or crashed.
        found: What became of the worker.
    """

    reason: Reason
    found: str

    @property
    def error(self) -> DocumentError:
        """The rejection that it leads to."""
        return DocumentError(
            self.reason,
            step="clean",
            found=self.found,
            advice="free memory, split the file, or raise input.max_seconds; if it fails alone "
            "even so, report it with the file",
            retryable=True,
        )


NONE_BARRED: Mapping[int, Barred] = {}


def clean_batch(  # noqa: PLR0913 - a call that crosses to another process names all it needs
    raw: Path,
    batch: Batch,
    staging: Path,
    settings: Settings,
    barred: Mapping[int, Barred] = NONE_BARRED,
    *,
    full: bool = False,
) -> CleanedBatch:
    """Clean what is not clean of a batch, and stage it whole.

    Args:
        raw: The raw folder.
        batch: What to clean.
        staging: Where finished batches lie, each in a folder of its own, and their index.
        settings: Everything that decides on the result.
        barred: Documents that are rejected without being tried, by their place in the plan.
        full: Whether every file is read and cleaned, whatever is staged.

    Raises:
        StorageError: If ``staging`` cannot be read or written.
    """
    recipe = recipe_sha256(settings)
    with Index.opened(staging) as index:
        inputs = survey(raw, batch, index, settings, full=full)
        account = None if full else find_staged(staging, _key(inputs, recipe))
        if account:
            renew_stamps(staging, account.key, inputs)
            return CleanedBatch(account, account.documents)
        known = [entry for entry in inputs if entry.is_gone or not full]
        taken = take_over(staging, index, known, recipe)
    rest = [
        _unless_barred(with_content(raw, entry, settings.input.max_file_bytes), barred)
        for entry in inputs
        if entry.source.number not in taken
    ]
    results = _with_the_rest(inputs, rest, taken, settings, recipe)
    account = _account(results, recipe)
    stage_batch(staging, account, results, settings.shared_repeats)
    return CleanedBatch(account, sum(isinstance(each.outcome, Records) for each in taken.values()))


def _with_the_rest(
    inputs: Sequence[Input],
    rest: Sequence[Input],
    taken: dict[int, Result],
    settings: Settings,
    recipe: str,
) -> list[Result]:
    """Return what becomes of all inputs: what is taken over, and what is cleaned now."""
    made = {
        entry.source.number: Result(entry, outcome, recipe)
        for entry, outcome in zip(rest, _clean(rest, settings), strict=True)
    }
    made |= taken
    return [made[entry.source.number] for entry in inputs]


def _unless_barred(entry: Input, barred: Mapping[int, Barred]) -> Input:
    refused = barred.get(entry.source.number)
    return replace(entry, error=refused.error) if refused and not entry.error else entry


def _key(inputs: Sequence[Input], recipe: str, passing: str = "") -> str:
    """Return the checksum of all that the result depends on, passing troubles included.

    A key with troubles is not the one that the next run looks for, so it tries again.
    """
    return hashlib.sha256(f"{recipe} {_inputs_sha256(inputs)}{passing}".encode()).hexdigest()


def _passing(outcomes: Sequence[Records | Rejection]) -> str:
    """Name the files that were read and rejected, and might pass if they were tried again."""
    rejections = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    return "".join(
        f" {row.document_id} {row.reason}"
        for row in rejections
        if row.retryable and row.step != READ
    )


def _inputs_sha256(inputs: Sequence[Input]) -> str:
    return hashlib.sha256(b"".join(entry.digest for entry in inputs)).hexdigest()


def _clean(inputs: Sequence[Input], settings: Settings) -> list[Records | Rejection]:
    """Return what becomes of each input; its content was read, or there is an error."""
    decoded = [_decode(entry, settings) for entry in inputs]
    texts = [each.text for each in decoded if isinstance(each, Decoded)]
    cleaned = iter(clean_texts(texts, settings))
    outcomes = [
        _record(entry, each, next(cleaned), settings) if isinstance(each, Decoded) else each
        for entry, each in zip(inputs, decoded, strict=True)
    ]
    return [
        make_rejection(entry.source.path, entry.size, each)
        if isinstance(each, DocumentError)
        else each
        for entry, each in zip(inputs, outcomes, strict=True)
    ]


def _decode(entry: Input, settings: Settings) -> Decoded | DocumentError:
    if entry.error:
        return entry.error
    try:
        decoded = decode(entry.content or b"", settings.decoding)
    except DocumentError as error:
        return error
    limit = settings.input.max_chars
    return decoded if len(decoded.text) <= limit else _too_long(decoded.text, limit)


def _record(
    entry: Input, decoded: Decoded, clean: CleanText, settings: Settings
) -> Records | DocumentError:
    if not clean.text.strip():
        return _blank()
    origin = Origin(entry.source.path, entry.size, entry.sha256, settings.input.source)
    try:
        return make_records(origin, decoded, clean)
    except ValidationError as error:
        return _invalid_record(error)


def _too_long(text: str, limit: int) -> DocumentError:
    return DocumentError(
        Reason.TOO_LONG,
        step="decoding",
        found=f"{len(text)} code points",
        advice=f"split the file, or raise input.max_chars above {limit}",
    )


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


def _account(results: Sequence[Result], recipe: str) -> BatchAccount:
    inputs = [result.source for result in results]
    outcomes = [result.outcome for result in results]
    documents = [outcome for outcome in outcomes if isinstance(outcome, Records)]
    tally = RuleTally()
    for made in documents:
        tally.add(made.edits)
    return BatchAccount(
        key=_key(inputs, recipe, passing=_passing(outcomes)),
        inputs_sha256=_inputs_sha256(inputs),
        inputs=len(inputs),
        source_bytes=sum(entry.size for entry in inputs),
        documents=len(documents),
        paragraphs=sum(made.document.stats.paragraphs for made in documents),
        edits=sum(len(made.edits) for made in documents),
        removed=sum(len(made.removals) for made in documents),
        rules=tally.counts(),
        flags=count_flags(made.document.flags for made in documents),
        rejections=tuple(outcome for outcome in outcomes if isinstance(outcome, Rejection)),
    )
