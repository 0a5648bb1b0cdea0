"""Finished batches, kept from run to run.

A batch is a folder that gets its name, the key of the batch, as the last act of its making. The
key covers the content of every input, the settings and the code; a later run, or a retry, that
arrives at the same key takes the folder as it is. Where only some inputs of a batch are what they
were, its list of sources says where in its files the lines of each of them lie.

What is staged is never needed, only saves work: if it is gone or damaged, all is cleaned again. So
nothing here is brought to disk, which took a tenth of a run: where a power cut leaves half a batch,
the checksums say so, that of the batch and those of its sources.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import ValidationError
from xxhash import xxh3_128

from flows.corpus.accounts import BatchAccount
from flows.corpus.records import Records
from flows.corpus.serial import to_line, to_lines
from flows.corpus.source_list import SOURCES, Staged, list_file, read_list, to_list
from flows.corpus.surveying import Input
from flows.corpus.writing import (
    remove,
    storage_errors,
    temporary_folder,
    write_whole,
)
from flows.repeats.prints import PrintTable, paragraph_prints
from schemas.manifest import FileKind
from schemas.rejection import Rejection
from schemas.settings import SharedRepeatSettings

SHARDED: Final = (FileKind.DOCUMENTS, FileKind.EDITS, FileKind.REMOVED)
"""Kinds that a batch has lines of; rejections stand in its account."""

_ACCOUNT = "account.json"
_CHECKSUM = "checksum"
_PRINTS = "prints.npz"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input.

    Attributes:
        source: The input.
        outcome: Its records, or why there are none.
        recipe: Of the settings and the code that made it.
    """

    source: Input
    outcome: Records | Rejection
    recipe: str


def folder_name(key: str) -> str:
    """Return the name of the folder of the batch with this key."""
    return f"batch-{key[:32]}"


def lines_name(kind: FileKind) -> str:
    """Return the name of the file that holds a batch's lines of that kind."""
    return f"{kind.value}.jsonl"


def find_staged(staging: Path, key: str) -> BatchAccount | None:
    """Return the account of the finished batch with this key, if there is a whole one.

    Its files are read and compared with their checksum: disks forget, and work may be years old.

    Raises:
        StorageError: If ``staging`` cannot be read.
    """
    folder = staging / folder_name(key)
    with storage_errors("read", folder):
        try:
            account = BatchAccount.model_validate_json((folder / _ACCOUNT).read_bytes())
            files = {path.name: path.read_bytes() for path in folder.iterdir()}
            is_whole = files.pop(_CHECKSUM, b"") == _checksum(files)
        except (FileNotFoundError, ValidationError):
            return None
    return account if is_whole else None


def stage_batch(
    staging: Path,
    account: BatchAccount,
    results: Sequence[Result],
    settings: SharedRepeatSettings,
) -> None:
    """Write what became of a batch to ``staging``, whole or not at all.

    Raises:
        StorageError: If ``staging`` cannot be written.
    """
    made = [result.outcome for result in results if isinstance(result.outcome, Records)]
    lines = [_lines(result.outcome) for result in results]
    files = {
        lines_name(kind): b"".join(column)
        for kind, column in zip(SHARDED, zip(*lines, strict=True), strict=True)
    }
    final = staging / folder_name(account.key)
    files[SOURCES] = to_list(_sources(final.name, results, lines))
    files[_ACCOUNT] = to_line(account)
    if settings.enabled:
        texts = [records.document.text for records in made]
        files[_PRINTS] = _packed(paragraph_prints(texts, settings))
    with storage_errors("write to", staging):
        staging.mkdir(parents=True, exist_ok=True)
        with temporary_folder(staging) as temporary:
            for name, content in files.items():
                (temporary / name).write_bytes(content)
            (temporary / _CHECKSUM).write_bytes(_checksum(files))
            remove(final)
            temporary.rename(final)


def renew_stamps(staging: Path, key: str, inputs: Sequence[Input]) -> None:
    """Note in a finished batch by which stamps its sources are known now.

    Raises:
        StorageError: If ``staging`` cannot be written.
    """
    folder = staging / folder_name(key)
    sources = read_list(folder)
    renewed = [
        source._replace(stamp=entry.stamp) for source, entry in zip(sources, inputs, strict=False)
    ]
    if renewed != sources:
        with storage_errors("write to", folder):
            write_whole(list_file(folder), to_list(renewed))


def staged_sources(staging: Path) -> Iterator[Staged]:
    """Yield the sources of all finished batches, those of the oldest batch first.

    Raises:
        StorageError: If ``staging`` cannot be read.
    """
    with storage_errors("read", staging):
        folders = [(path.stat().st_mtime_ns, path) for path in staging.glob("batch-*")]
    for _, folder in sorted(folders):
        yield from read_list(folder)


def lines_checksum(lines: Sequence[bytes]) -> str:
    """Return the checksum of one source's lines, given the lines of each kind of `SHARDED`."""
    return xxh3_128(b"".join(lines)).hexdigest()


def staged_lines(staging: Path, account: BatchAccount, kind: FileKind) -> Path:
    """Return the file that holds the batch's lines of that kind."""
    return staging / folder_name(account.key) / lines_name(kind)


def staged_prints(staging: Path, account: BatchAccount) -> PrintTable:
    """Return the batch's paragraph prints; they are there if shared repeats are wanted."""
    with np.load(staging / folder_name(account.key) / _PRINTS, allow_pickle=False) as columns:
        return PrintTable.of(dict(columns))


def _checksum(files: Mapping[str, bytes]) -> bytes:
    """Return the checksum of those files of a batch that are never written again."""
    digest = xxh3_128()
    for name in sorted(files.keys() - {SOURCES}):
        digest.update(name.encode())
        digest.update(files[name])
    return digest.digest()


def _lines(outcome: Records | Rejection) -> tuple[bytes, bytes, bytes]:
    """Return the lines of each kind of `SHARDED`."""
    if isinstance(outcome, Rejection):
        return b"", b"", b""
    return to_line(outcome.document), to_lines(outcome.edits), to_lines(outcome.removals)


def _sources(
    batch: str, results: Sequence[Result], lines: Sequence[Sequence[bytes]]
) -> Iterator[Staged]:
    columns = zip(*([len(part) for part in row] for row in lines), strict=True)
    spans = zip(*(pairwise(accumulate(column, initial=0)) for column in columns), strict=True)
    for result, row, (documents, edits, removed) in zip(results, lines, spans, strict=True):
        yield Staged(
            batch,
            result.source.source.path,
            result.source.size,
            result.source.stamp,
            result.source.sha256,
            result.recipe,
            to_line(result.outcome).decode() if isinstance(result.outcome, Rejection) else "",
            lines_checksum(row),
            *documents,
            *edits,
            *removed,
        )


def _packed(table: PrintTable) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **table.columns())
    return buffer.getvalue()
