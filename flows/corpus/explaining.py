"""Why text that stood in a document is not in what was published of it.

The published version alone answers: every removed passage is on record with its rule and, where it
was a repeat, with the copy that was kept, by document and paragraph. Here the two are put together.
Lines about other documents are passed over unread, so that a question to a large corpus costs two
passes over its files, and of what is read only one document's passages are held.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows.corpus.names import document_id, path_of
from flows.corpus.output import current_version, manifest_of
from flows.corpus.serial import DamagedError, RecordT, read_records
from flows.corpus.writing import storage_errors
from flows.text.paragraphs import paragraph_spans
from schemas.document import Document
from schemas.manifest import FileKind, Manifest
from schemas.rejection import Rejection
from schemas.removal import ExplainedRemoval, Removal

_ID: Final = re.compile(r"doc_[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is on record of the text that one input lost.

    Attributes:
        document_id: The input's id.
        source_path: Its path below the raw folder, safe to display.
        rejection: Why no document came of it; None for a document.
        removals: What was removed from it, in published order; each with its kept copy.
    """

    document_id: str
    source_path: str
    rejection: Rejection | None
    removals: tuple[ExplainedRemoval, ...]


@dataclass(frozen=True, slots=True)
class _Version:
    """A published version, and where its files are."""

    folder: Path
    manifest: Manifest

    def rows(
        self, kind: FileKind, model: type[RecordT], owners: Container[str]
    ) -> Iterator[RecordT]:
        """Yield the rows of one kind that are about ``owners``."""
        for name in self.manifest.names(kind):
            yield from read_records(self.folder / name, model, owners)


def explain(clean: Path, name: str) -> Explanation | None:
    """Return what was removed from a document and why, or why it was rejected.

    Args:
        clean: The output folder.
        name: The id of an input or its `source_path`.

    Returns:
        None if the version has no such input.

    Raises:
        StorageError: If nothing is published, a file cannot be read, or a row is damaged.
    """
    folder = current_version(clean)
    version = _Version(folder, manifest_of(folder))
    own = _id_of(name)
    with storage_errors("read", folder):
        rejection = next(version.rows(FileKind.REJECTED, Rejection, {own}), None)
        removals = list(version.rows(FileKind.REMOVED, Removal, {own}))
        keepers = {row.kept_document_id for row in removals} - {""}
        documents = version.rows(FileKind.DOCUMENTS, Document, keepers | {own})
        paths, texts = _kept(documents, removals)
    source_path = rejection.source_path if rejection else paths.get(own)
    if source_path is None:
        return None
    explained = tuple(_explained(row, paths, texts) for row in removals)
    return Explanation(own, source_path, rejection, explained)


def _id_of(name: str) -> str:
    """Return the id of the input that a person names; an id that none has if it cannot be one."""
    if _ID.fullmatch(name):
        return name
    try:
        return document_id(path_of(name))
    except ValueError:
        return ""


def _kept(
    documents: Iterator[Document], removals: Sequence[Removal]
) -> tuple[dict[str, str], dict[tuple[str, int], str]]:
    """Return the paths of the documents, and those of their paragraphs that were kept.

    Args:
        documents: Of each, no more is held than that.
        removals: Rows that name the paragraphs.
    """
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for row in removals:
        wanted[row.kept_document_id].add(row.kept_paragraph)
    paths: dict[str, str] = {}
    texts: dict[tuple[str, int], str] = {}
    for document in documents:
        paths[document.id] = document.source_path
        for number, (start, end) in enumerate(paragraph_spans(document.text)):
            if number in wanted[document.id]:
                texts[document.id, number] = document.text[start:end]
    return paths, texts


def _explained(
    row: Removal, paths: dict[str, str], texts: dict[tuple[str, int], str]
) -> ExplainedRemoval:
    path, text = "", ""
    if row.kept_document_id:
        path = paths.get(row.kept_document_id, "")
        text = texts.get((row.kept_document_id, row.kept_paragraph), "")
        if not text:
            raise DamagedError(
                f"{row.source_path}: the copy that was kept, paragraph {row.kept_paragraph} of "
                f"{row.kept_document_id}, is not published; clean the documents again"
            )
    return ExplainedRemoval(**row.model_dump(), kept_source_path=path, kept_text=text)
