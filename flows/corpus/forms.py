"""The forms in which a published file can be handed on: JSON lines, the same compressed, Parquet.

All forms hold the same rows with the same names in the same order; the types of Parquet's columns
are those of the record's schema, never guessed from the rows. Equal rows give equal bytes, as long
as the library that writes them is the same.
"""

import shutil
import types
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel

from flows.errors import ConfigurationError
from schemas.document import Document
from schemas.edit import EditRow
from schemas.manifest import FileKind, Form
from schemas.record import Record
from schemas.rejection import Rejection
from schemas.removal import Removal

MODELS: Mapping[FileKind, type[Record]] = {
    FileKind.DOCUMENTS: Document,
    FileKind.EDITS: EditRow,
    FileKind.REMOVED: Removal,
    FileKind.REJECTED: Rejection,
}
"""What a row of each kind of file is."""

_ROW_GROUP_BYTES = 16 * 2**20
"""Of JSON lines. A choice that bounds memory; readers of Parquet skip by row groups."""

_COMPRESSION_LEVEL = 3
"""The default of Zstandard's own command."""


def write_form(source: Path, kind: FileKind, folder: Path, form: Form) -> Path:
    """Write a published file in another form.

    Args:
        source: The published file of JSON lines.
        kind: What its rows are.
        folder: Where the new file goes; another than that of ``source``.
        form: Its form.

    Returns:
        The new file.

    Raises:
        ConfigurationError: If the form needs a library that is not installed.
        OSError: If a file cannot be read or written.
    """
    target = folder / f"{source.name.removesuffix('.jsonl')}.{form}"
    match form:
        case Form.JSONL:
            shutil.copyfile(source, target)
        case Form.ZSTD:
            _compress(source, target)
        case Form.PARQUET:
            _write_parquet(source, target, MODELS[kind])
    return target


def require(form: Form) -> None:
    """Refuse a form whose library is not installed.

    Raises:
        ConfigurationError: It says what to install.
    """
    match form:
        case Form.JSONL:
            pass
        case Form.ZSTD:
            _library("zstandard", "zstd")
        case Form.PARQUET:
            _library("pyarrow.parquet", "parquet")


def _library(name: str, extra: str) -> types.ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigurationError(
            f"this form needs {name.partition('.')[0]}, which is not installed; "
            f"install jiaokan[{extra}], or choose the form jsonl"
        ) from error


def _compress(source: Path, target: Path) -> None:
    compressor = _library("zstandard", "zstd").ZstdCompressor(level=_COMPRESSION_LEVEL)
    with source.open("rb") as lines, target.open("xb") as compressed:
        compressor.copy_stream(lines, compressed, size=source.stat().st_size)


def _write_parquet(source: Path, target: Path, model: type[Record]) -> None:
    arrow, parquet = import_module("pyarrow"), _library("pyarrow.parquet", "parquet")
    schema = arrow.schema(_fields(model))
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _row_groups(source):
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))


def _row_groups(source: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a file in groups; one row is larger than a group at most."""
    with source.open("rb") as lines:
        while group := lines.readlines(_ROW_GROUP_BYTES):
            yield [orjson.loads(line) for line in group]


def _fields(model: type[BaseModel]) -> list[object]:
    arrow = import_module("pyarrow")
    return [
        arrow.field(name, _column_type(field.annotation), nullable=False)
        for name, field in model.model_fields.items()
    ]


def _column_type(annotation: object) -> object:
    """Return the column type of a record's field; what is none of the others is a text."""
    arrow = import_module("pyarrow")
    if annotation is bool:
        return arrow.bool_()
    if annotation is int:
        return arrow.int64()
    if annotation is float:
        return arrow.float64()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return arrow.struct(_fields(annotation))
    return arrow.string()
