"""Results of earlier runs, taken over for files that have the content of before.

What is made of a file depends on its content, the settings and the code, not on where it lies: a
renamed file, or a second one of the same content, gets the records of before under its own path.
Whatever is damaged or gone is not taken over, so the file is cleaned again.
"""

from collections.abc import Iterable
from pathlib import Path

from flows.corpus.index import Index
from flows.corpus.names import display_path, document_id, path_base64
from flows.corpus.records import Records
from flows.corpus.source_list import Staged
from flows.corpus.staging import Result, lines_checksum, lines_name
from flows.corpus.surveying import Input
from schemas.document import Document
from schemas.edit import EditRow
from schemas.manifest import FileKind
from schemas.record import SCHEMA_VERSION
from schemas.rejection import Rejection
from schemas.removal import Removal


def take_over(
    staging: Path, index: Index, inputs: Iterable[Input], recipe: str
) -> dict[int, Result]:
    """Return what is known already of some inputs.

    Args:
        staging: Where batches are staged.
        index: Of what is staged.
        inputs: What may be taken over.
        recipe: Of the settings and the code of this run. A file that is gone cannot be cleaned
            again; its document stays as whichever run made it.

    Returns:
        Results by the number of the source.
    """
    taken: dict[int, Result] = {}
    for entry in inputs:
        last = (
            index.last_of(entry.source.path)
            if entry.is_gone
            else index.result_of(entry.sha256, recipe)
        )
        outcome = _read(staging, last) if last and entry.sha256 else None
        if last and outcome and _is_final(outcome):
            moved = _moved(outcome, last.path, entry.source.path)
            taken[entry.source.number] = Result(entry, moved, last.recipe)
    return taken


def _read(staging: Path, source: Staged) -> Records | Rejection | None:
    """Return what is staged of a source, or None where it cannot be had."""
    try:
        if source.rejection:
            return Rejection.model_validate_json(source.rejection)
        folder = staging / source.batch
        lines = (
            _lines(folder, FileKind.DOCUMENTS, source.documents, source.documents_end),
            _lines(folder, FileKind.EDITS, source.edits, source.edits_end),
            _lines(folder, FileKind.REMOVED, source.removed, source.removed_end),
        )
        records = _records(*lines) if lines_checksum(lines) == source.checksum else None
    except (OSError, ValueError):
        return None
    # A file that is gone may have been cleaned by another version of this program.
    return records if records and records.document.schema_version == SCHEMA_VERSION else None


def _lines(folder: Path, kind: FileKind, start: int, end: int) -> bytes:
    if start == end:
        return b""
    with (folder / lines_name(kind)).open("rb") as file:
        file.seek(start)
        return file.read(end - start)


def _records(document: bytes, edits: bytes, removals: bytes) -> Records:
    return Records(
        Document.model_validate_json(document),
        [EditRow.model_validate_json(line) for line in edits.splitlines()],
        [Removal.model_validate_json(line) for line in removals.splitlines()],
    )


def _is_final(outcome: Records | Rejection) -> bool:
    """Return whether the same file would come to the same end again."""
    return isinstance(outcome, Records) or not outcome.retryable


def _moved(outcome: Records | Rejection, old: bytes, new: bytes) -> Records | Rejection:
    """Return what was made of the file at ``old`` as that of the file at ``new``."""
    if old == new:
        return outcome
    own_id, path = document_id(new), display_path(new)
    if isinstance(outcome, Rejection):
        update = {
            "document_id": own_id,
            "source_path": path,
            "source_path_base64": path_base64(new),
        }
        return outcome.model_copy(update=update)
    return Records(
        outcome.document.model_copy(update={"id": own_id, "source_path": path}),
        [row.model_copy(update={"document_id": own_id}) for row in outcome.edits],
        [_moved_removal(row, own_id, path) for row in outcome.removals],
    )


def _moved_removal(row: Removal, own_id: str, path: str) -> Removal:
    """Return removed text under a new id; all that is staged was kept in the document itself."""
    kept = own_id if row.kept_document_id else ""
    update = {"document_id": own_id, "source_path": path, "kept_document_id": kept}
    return row.model_copy(update=update)
