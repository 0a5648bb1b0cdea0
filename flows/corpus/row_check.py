"""Whether the rows of a version agree with each other: ids, order, and who accounts for what."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from flows.corpus.copies import STEP, chars_by_keeper, where_it_stands
from flows.corpus.document_problems import document_problems, path_or_nothing
from flows.corpus.findings import Findings
from flows.corpus.names import document_id
from flows.corpus.output import MANIFEST
from flows.corpus.plan import natural_order
from flows.corpus.restoring import with_edits
from schemas.document import Document
from schemas.edit import EditRow
from schemas.manifest import FileKind, Manifest, PublishedFile
from schemas.rejection import Rejection
from schemas.removal import Removal

Order: TypeAlias = "tuple[tuple[list[list[bytes | int]], bytes], int, int]"


@dataclass(slots=True)
class _Seen:
    """What other files say of a document has to agree with this."""

    paragraphs: int
    chars_removed: int


@dataclass(slots=True)
class _Copy:
    """What a rejected copy is said to be, and what its removed text says so far."""

    found: str
    chars: Counter[str] = field(default_factory=Counter[str])
    length: int = 0


class RowCheck:
    """Looks at every row, and at what the rows of different files say of each other."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        """Look at the version in ``folder``."""
        self._folder, self._findings = folder, findings
        self._documents: dict[str, _Seen] = {}
        self._rejected: set[str] = set()
        self._copies: dict[str, _Copy] = {}
        self._last: dict[FileKind, Order] = {}

    def documents(self, file: PublishedFile, edits: PublishedFile) -> None:
        """Check a shard of documents with its edits."""
        rows = self._findings.rows(self._folder / file.name, Document)
        edit_rows = self._findings.rows(self._folder / edits.name, EditRow)
        attached = 0
        for document, own in with_edits(rows, edit_rows):
            attached += len(own)
            problems = [*self._problems(document), *document_problems(document, own)]
            for problem in problems:
                self._findings.add_at_row(file.name, f"{document.source_path}: {problem}")
            seen = _Seen(document.stats.paragraphs, document.stats.chars_removed)
            self._documents[document.id] = seen
        if attached != edits.rows:
            astray = edits.rows - attached
            problem = f"{astray} rows follow no document of {file.name} in order"
            self._findings.add(edits.name, problem)

    def _problems(self, document: Document) -> list[str]:
        problems: list[str] = []
        if document.id in self._documents:
            problems.append("its id is there twice")
        order = natural_order(path_or_nothing(document.source_path))
        if not self._ascends(FileKind.DOCUMENTS, (order, 0, 0)):
            problems.append("stands out of order")
        return problems

    def rejected(self, file: PublishedFile) -> None:
        """Check the rejected inputs; the documents were checked before."""
        for row in self._findings.rows(self._folder / file.name, Rejection):
            path = path_or_nothing(row.source_path)
            if row.document_id in self._documents or row.document_id in self._rejected:
                self._findings.add_at_row(file.name, "its input is accounted for twice")
            if row.document_id != document_id(path):
                self._findings.add_at_row(file.name, "its id is not that of its path")
            if not self._ascends(file.kind, (natural_order(path), 0, 0)):
                self._findings.add_at_row(file.name, "stands out of order")
            self._rejected.add(row.document_id)
            if row.is_copy:
                self._copies[row.document_id] = _Copy(row.found)

    def removed(self, file: PublishedFile) -> None:
        """Check a shard of removed text; documents and rejected inputs were checked before."""
        for row in self._findings.rows(self._folder / file.name, Removal):
            kept = self._documents.get(row.kept_document_id)
            if row.kept_document_id and (kept is None or row.kept_paragraph >= kept.paragraphs):
                self._findings.add_at_row(file.name, "the copy it says was kept is not published")
            order = (natural_order(path_or_nothing(row.source_path)), row.layer, row.start)
            if not self._ascends(file.kind, order):
                self._findings.add_at_row(file.name, "stands out of order")
            self._account_for(row, file.name)

    def _account_for(self, row: Removal, file: str) -> None:
        """Take removed text off what its document, or the copy it was, says of it."""
        own = self._documents.get(row.document_id)
        copy = self._copies.get(row.document_id)
        if own:
            own.chars_removed -= len(row.removed_text)
        elif copy is None:
            self._findings.add_at_row(file, "its document is neither published nor a copy")
        elif row.rule.startswith(f"{STEP}."):
            if row.start != copy.length:
                self._findings.add_at_row(file, "the text before it is not on record")
            copy.length = row.start + len(row.removed_text)
            copy.chars.update(chars_by_keeper([row]))

    def sums(self, manifest: Manifest) -> None:
        """Check what the manifest and the documents sum up; every row was checked before."""
        paragraphs = sum(seen.paragraphs for seen in self._documents.values())
        if paragraphs != manifest.paragraphs:
            problem = f"says {manifest.paragraphs} paragraphs, the documents {paragraphs}"
            self._findings.add(MANIFEST, problem)
        for own_id, seen in self._documents.items():
            if seen.chars_removed:
                problem = f"{own_id}: removed text on record is {seen.chars_removed} code points"
                self._findings.add(MANIFEST, f"{problem} short of what the document says")
        for own_id, copy in self._copies.items():
            on_record = where_it_stands(copy.chars)
            if copy.found != on_record:
                problem = f"{own_id}: by the removed text on record, {on_record}"
                self._findings.add(MANIFEST, problem)

    def _ascends(self, kind: FileKind, order: Order) -> bool:
        last = self._last.get(kind)
        self._last[kind] = order
        return last is None or last <= order
