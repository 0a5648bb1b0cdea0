"""Back from what is published to what came in.

From a document and its edits the decoded text is rebuilt, layer by layer from the last; from the
decoded text, where decoding was reversible, the very bytes of the file. Both are checked against
the checksums in the record, so that what is handed back is the source or an error, never something
like the source.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from flows.corpus.names import path_of
from flows.corpus.output import current_version, manifest_of
from flows.corpus.records import text_sha256
from flows.corpus.serial import DamagedError, read_records
from flows.corpus.writing import storage_errors, write_whole
from flows.decoding.codecs import encode
from flows.edits import Layer, undo_layer
from flows.errors import StorageError
from schemas.document import Document
from schemas.edit import Edit, EditRow
from schemas.manifest import FileKind, Manifest


@dataclass(frozen=True, slots=True)
class Restored:
    """One source that was written.

    Attributes:
        source_path: As the record displays it.
        path: Where it was written.
        is_exact: Whether these are the source's very bytes; else it is the decoded text in UTF-8.
    """

    source_path: str
    path: Path
    is_exact: bool


def restore_text(document: Document, edits: Sequence[EditRow]) -> str:
    """Return the decoded source of a document.

    Args:
        document: The published record.
        edits: All its rows, in published order.

    Raises:
        DamagedError: If the edits did not make this text, or the result is not what was decoded.
    """
    text = document.text
    layers = {layer: list(rows) for layer, rows in groupby(edits, key=lambda row: row.layer)}
    try:
        for layer in sorted(layers, reverse=True):
            text = undo_layer(text, _layer(layers[layer]))
    except ValueError as error:
        raise DamagedError(f"{document.source_path}: {error}; publish again") from error
    if text_sha256(text) != document.metadata.decoded_sha256:
        raise DamagedError(f"{document.source_path}: its edits do not lead back to the source")
    return text


def restore_bytes(document: Document, edits: Sequence[EditRow]) -> bytes:
    """Return the source of a document, byte for byte.

    Raises:
        DamagedError: If the result is not the source.
        ValueError: If the record says that its bytes cannot be restored.
    """
    metadata = document.metadata
    if not metadata.bytes_restorable:
        raise ValueError(f"{document.source_path} was not decoded reversibly; restore its text")
    text = restore_text(document, edits)
    try:
        content = encode(text, metadata.encoding, byte_order_mark=metadata.byte_order_mark)
    except (UnicodeError, LookupError) as error:
        raise DamagedError(f"{document.source_path}: {error}") from error
    if hashlib.sha256(content).hexdigest() != metadata.source_sha256:
        raise DamagedError(f"{document.source_path}: encoded again, it is not the source")
    return content


def restore_version(clean: Path, target: Path, only: str | None = None) -> list[Restored]:
    """Write the sources of the published version below ``target``.

    Args:
        clean: The output folder.
        target: Where the sources go; made if it is not there. Nothing outside it is written, and
            no file that is there already is overwritten.
        only: The one document wanted, by its id or its `source_path`; None for all.

    Returns:
        What was written, in path order; empty if ``only`` names no document.

    Raises:
        StorageError: If nothing is published, a record is damaged, or ``target`` cannot be
            written or holds another file of that name.
    """
    version = current_version(clean)
    with storage_errors("write to", target):
        target.mkdir(parents=True, exist_ok=True)
    return [
        _restore(document, edits, target.resolve())
        for document, edits in published_documents(version, manifest_of(version))
        if only in {None, document.source_path, document.id}
    ]


def published_documents(
    version: Path, manifest: Manifest
) -> Iterator[tuple[Document, list[EditRow]]]:
    """Yield every document of a version with its edits, in published order."""
    for documents, edits in zip(
        manifest.names(FileKind.DOCUMENTS), manifest.names(FileKind.EDITS), strict=True
    ):
        with storage_errors("read", version):
            yield from with_edits(
                read_records(version / documents, Document), read_records(version / edits, EditRow)
            )


def with_edits(
    documents: Iterable[Document], edits: Iterable[EditRow]
) -> Iterator[tuple[Document, list[EditRow]]]:
    """Yield each document with its rows; both stand in the same order of documents."""
    groups = groupby(edits, key=lambda row: row.document_id)
    owner, rows = next(groups, ("", iter(())))
    for document in documents:
        if owner != document.id:
            yield document, []
            continue
        yield document, list(rows)
        owner, rows = next(groups, ("", iter(())))


def _layer(rows: Sequence[EditRow]) -> Layer:
    edits = tuple(Edit(row.rule, row.start, row.end, row.after, row.score) for row in rows)
    return Layer(rows[0].rule, edits, tuple(row.before for row in rows))


def _restore(document: Document, edits: Sequence[EditRow], target: Path) -> Restored:
    is_exact = document.metadata.bytes_restorable
    restored = restore_bytes(document, edits) if is_exact else restore_text(document, edits)
    content = restored if isinstance(restored, bytes) else restored.encode()
    path = _place(document.source_path, target)
    with storage_errors("write", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _require_inside(path, target)
        _write(path, content)
    return Restored(document.source_path, path, is_exact)


def _place(source_path: str, target: Path) -> Path:
    try:
        names = path_of(source_path).split(b"/")
    except ValueError:
        names = [b""]
    if any(name in {b"", b".", b".."} or b"\0" in name for name in names):
        raise DamagedError(f"{source_path} names no file below the raw folder")
    return target.joinpath(*map(os.fsdecode, names))


def _require_inside(path: Path, target: Path) -> None:
    """Refuse a folder of the target that is a link to elsewhere."""
    if not path.parent.resolve().is_relative_to(target):
        raise StorageError(f"{path.parent} leads out of {target}; name an empty folder")


def _write(path: Path, content: bytes) -> None:
    if path.is_symlink() or path.exists():
        if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
            raise StorageError(f"{path} is there already and differs; name an empty folder")
        return
    write_whole(path, content)
