"""Finished batches, kept until they are published.

A batch is a folder that gets its name, the key of the batch, as the last act of its making. The
key covers the content of every input, the settings and the code; a later run, or a retry, that
arrives at the same key takes the folder as it is. So resuming costs reading and hashing, needs no
clock and no file times, and can never bring back stale work.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from flows.corpus.accounts import BatchAccount
from flows.corpus.records import Records
from flows.corpus.serial import to_line, to_lines
from flows.corpus.writing import (
    remove,
    rename_folder,
    storage_errors,
    temporary_folder,
    write_synced,
)
from flows.repeats.prints import PrintTable, paragraph_prints
from schemas.manifest import FileKind
from schemas.settings import SharedRepeatSettings

SHARDED = (FileKind.DOCUMENTS, FileKind.EDITS, FileKind.REMOVED)
"""Kinds that a batch has lines of; rejections stand in its account."""

_ACCOUNT = "account.json"
_PRINTS = "prints.npz"


def find_staged(staging: Path, key: str) -> BatchAccount | None:
    """Return the account of the finished batch with this key, if there is one.

    Raises:
        StorageError: If ``staging`` cannot be read.
    """
    path = _folder(staging, key) / _ACCOUNT
    with storage_errors("read", path):
        try:
            return BatchAccount.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None


def stage_batch(
    staging: Path,
    account: BatchAccount,
    records: Sequence[Records],
    settings: SharedRepeatSettings,
) -> None:
    """Write a batch's records and prints to ``staging``, whole or not at all.

    Raises:
        StorageError: If ``staging`` cannot be written.
    """
    texts = [made.document.text for made in records]
    files = {
        _lines_name(FileKind.DOCUMENTS): to_lines(made.document for made in records),
        _lines_name(FileKind.EDITS): to_lines(row for made in records for row in made.edits),
        _lines_name(FileKind.REMOVED): to_lines(row for made in records for row in made.removals),
        _ACCOUNT: to_line(account),
    }
    if settings.enabled:
        files[_PRINTS] = _packed(paragraph_prints(texts, settings))
    final = _folder(staging, account.key)
    with storage_errors("write to", staging):
        staging.mkdir(parents=True, exist_ok=True)
        with temporary_folder(staging) as temporary:
            for name, content in files.items():
                write_synced(temporary / name, content)
            remove(final)
            rename_folder(temporary, final)


def staged_lines(staging: Path, account: BatchAccount, kind: FileKind) -> Path:
    """Return the file that holds the batch's lines of that kind."""
    return _folder(staging, account.key) / _lines_name(kind)


def staged_prints(staging: Path, account: BatchAccount) -> PrintTable:
    """Return the batch's paragraph prints; they are there if shared repeats are wanted."""
    with np.load(_folder(staging, account.key) / _PRINTS, allow_pickle=False) as columns:
        return PrintTable.of(dict(columns))


def _folder(staging: Path, key: str) -> Path:
    return staging / f"batch-{key[:32]}"


def _lines_name(kind: FileKind) -> str:
    return f"{kind.value}.jsonl"


def _packed(table: PrintTable) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **table.columns())
    return buffer.getvalue()
