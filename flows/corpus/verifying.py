"""Whether a published version is what it says it is.

Files are compared with the manifest, every row with its schema, every sum with what it sums up,
and every document with its source: its edits are undone and the checksums compared. What is wrong
is listed, not raised, so that one damaged file does not hide another.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from flows.corpus.copies import STEP, chars_by_keeper, where_it_stands
from flows.corpus.names import document_id, path_of
from flows.corpus.output import MANIFEST, current_version, manifest_of
from flows.corpus.plan import natural_order
from flows.corpus.publishing import disagreements, version_name
from flows.corpus.records import text_sha256
from flows.corpus.restoring import restore_bytes, restore_text, with_edits
from flows.corpus.serial import DamagedError, RecordT, describe
from flows.corpus.staging import SHARDED
from flows.corpus.writing import file_sha256
from flows.text.paragraphs import paragraph_spans
from schemas.document import Document
from schemas.edit import EditRow
from schemas.manifest import FileKind, Manifest, PublishedFile
from schemas.rejection import Rejection
from schemas.removal import Removal

Order: TypeAlias = "tuple[tuple[list[list[bytes | int]], bytes], int, int]"

MOST_FINDINGS = 1000
"""After so many, no more are listed; the version is broken beyond reading a list."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        file: Name of the file in the version.
        row: Its row, counted from 1; 0 for the file as a whole.
        problem: What is wrong, in words.
    """

    file: str
    row: int
    problem: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what is wrong with it.

    Attributes:
        version: Name of the version.
        manifest: What it says of itself.
        findings: Everything that is wrong; empty for a whole version.
    """

    version: str
    manifest: Manifest
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify_version(clean: Path) -> Verification:
    """Check the published version of an output folder, down to every row.

    Raises:
        StorageError: If nothing is published there, or the manifest itself cannot be read.
    """
    folder = current_version(clean)
    manifest = manifest_of(folder)
    check = _Check(folder, manifest)
    check.manifest()
    check.files()
    for documents, edits in zip(
        check.of_kind(FileKind.DOCUMENTS), check.of_kind(FileKind.EDITS), strict=False
    ):
        check.documents(documents, edits)
    for rejected in check.of_kind(FileKind.REJECTED):
        check.rejected(rejected)
    for removed in check.of_kind(FileKind.REMOVED):
        check.removed(removed)
    check.sums()
    return Verification(folder.name, manifest, tuple(check.findings))


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


class _Check:
    """One look over a version, file by file."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.findings: list[Finding] = []
        self._folder, self._manifest = folder, manifest
        self._documents: dict[str, _Seen] = {}
        self._rejected: set[str] = set()
        self._copies: dict[str, _Copy] = {}
        self._row: Counter[str] = Counter()
        self._last: dict[FileKind, Order] = {}

    def of_kind(self, kind: FileKind) -> list[PublishedFile]:
        return [file for file in self._manifest.files if file.kind is kind]

    def manifest(self) -> None:
        if version_name((self._folder / MANIFEST).read_bytes()) != self._folder.name:
            self._found(MANIFEST, f"not the manifest of version {self._folder.name}")
        for problem in disagreements(self._manifest):
            self._found(MANIFEST, problem)
        if len({len(self.of_kind(kind)) for kind in SHARDED}) > 1:
            self._found(MANIFEST, "some shards lack a file")

    def files(self) -> None:
        named = {MANIFEST, *(file.name for file in self._manifest.files)}
        for extra in sorted({path.name for path in self._folder.iterdir()} - named):
            self._found(extra, "is not in the manifest")
        for file in self._manifest.files:
            try:
                self._file(file)
            except OSError as error:
                self._found(file.name, f"cannot be read: {error.strerror}")

    def documents(self, file: PublishedFile, edits: PublishedFile) -> None:
        attached = 0
        pairs = with_edits(self._rows(file.name, Document), self._rows(edits.name, EditRow))
        for document, rows in pairs:
            attached += len(rows)
            for problem in self._problems(document, rows):
                self._found(file.name, f"{document.source_path}: {problem}", self._row[file.name])
            seen = _Seen(document.stats.paragraphs, document.stats.chars_removed)
            self._documents[document.id] = seen
        if attached != edits.rows:
            astray = edits.rows - attached
            self._found(edits.name, f"{astray} rows follow no document of {file.name} in order")

    def removed(self, file: PublishedFile) -> None:
        for row in self._rows(file.name, Removal):
            own = self._documents.get(row.document_id)
            copy = self._copies.get(row.document_id)
            kept = self._documents.get(row.kept_document_id)
            order = (natural_order(_path(row.source_path)), row.layer, row.start)
            number = self._row[file.name]
            if own:
                own.chars_removed -= len(row.removed_text)
            elif copy is None:
                self._found(file.name, "its document is neither published nor a copy", number)
            elif row.rule.startswith(f"{STEP}."):
                if row.start != copy.length:
                    self._found(file.name, "the text before it is not on record", number)
                copy.length = row.start + len(row.removed_text)
                copy.chars.update(chars_by_keeper([row]))
            if row.kept_document_id and (kept is None or row.kept_paragraph >= kept.paragraphs):
                self._found(file.name, "the copy it says was kept is not published", number)
            if not self._ascends(file.kind, order):
                self._found(file.name, "stands out of order", number)

    def rejected(self, file: PublishedFile) -> None:
        for row in self._rows(file.name, Rejection):
            path = _path(row.source_path)
            number = self._row[file.name]
            if row.document_id in self._documents or row.document_id in self._rejected:
                self._found(file.name, "its input is accounted for twice", number)
            if row.document_id != document_id(path):
                self._found(file.name, "its id is not that of its path", number)
            if not self._ascends(file.kind, (natural_order(path), 0, 0)):
                self._found(file.name, "stands out of order", number)
            self._rejected.add(row.document_id)
            if row.is_copy:
                self._copies[row.document_id] = _Copy(row.found)

    def sums(self) -> None:
        paragraphs = sum(seen.paragraphs for seen in self._documents.values())
        if paragraphs != self._manifest.paragraphs:
            problem = f"says {self._manifest.paragraphs} paragraphs, the documents {paragraphs}"
            self._found(MANIFEST, problem)
        for own_id, seen in self._documents.items():
            if seen.chars_removed:
                problem = f"{own_id}: removed text on record is {seen.chars_removed} code points"
                self._found(MANIFEST, f"{problem} short of what the document says")
        for own_id, copy in self._copies.items():
            on_record = where_it_stands(copy.chars)
            if copy.found != on_record:
                self._found(MANIFEST, f"{own_id}: by the removed text on record, {on_record}")

    def _problems(self, document: Document, rows: Sequence[EditRow]) -> Iterator[str]:
        path = _path(document.source_path)
        if document.id != document_id(path):
            yield "its id is not that of its path"
        if document.id in self._documents:
            yield "its id is there twice"
        if not self._ascends(FileKind.DOCUMENTS, (natural_order(path), 0, 0)):
            yield "stands out of order"
        if document.text_sha256 != text_sha256(document.text):
            yield "its text has another checksum"
        yield from _sum_problems(document, rows)
        yield from _restoring_problems(document, rows)

    def _ascends(self, kind: FileKind, order: "Order") -> bool:
        last = self._last.get(kind)
        self._last[kind] = order
        return last is None or last <= order

    def _file(self, file: PublishedFile) -> None:
        path = self._folder / file.name
        size = path.stat().st_size
        if size != file.bytes:
            self._found(file.name, f"has {size} bytes, the manifest says {file.bytes}")
        elif file_sha256(path) != file.sha256:
            self._found(file.name, "has another checksum than the manifest says")

    def _rows(self, name: str, model: type[RecordT]) -> Iterator[RecordT]:
        """Yield the rows that fit the schema and find the others; `_row` counts along."""
        try:
            with (self._folder / name).open("rb") as lines:
                for line in lines:
                    self._row[name] += 1
                    try:
                        yield model.model_validate_json(line, strict=True)
                    except ValidationError as error:
                        self._found(name, describe(error), self._row[name])
        except OSError:
            return  # found with the file as a whole

    def _found(self, file: str, problem: str, row: int = 0) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(file, row, problem))


def _path(display: str) -> bytes:
    """Return the bytes of a displayed path; none where it displays no path, which fits no id."""
    try:
        return path_of(display)
    except ValueError:
        return b""


def _sum_problems(document: Document, rows: Sequence[EditRow]) -> Iterator[str]:
    stats = document.stats
    sums = {
        "code points of text": (stats.chars_text, len(document.text)),
        "paragraphs": (stats.paragraphs, len(paragraph_spans(document.text))),
        "edits": (stats.edits, len(rows)),
        "code points deleted": (stats.chars_deleted, sum(len(row.before) for row in rows)),
        "code points inserted": (stats.chars_inserted, sum(len(row.after) for row in rows)),
        "code points of text, by its account": (
            stats.chars_text,
            stats.chars_decoded - stats.chars_deleted + stats.chars_inserted,
        ),
    }
    for what, (said, counted) in sums.items():
        if said != counted:
            yield f"says {said} {what}, but it is {counted}"


def _restoring_problems(document: Document, rows: Sequence[EditRow]) -> Iterator[str]:
    places = [(row.layer, row.start) for row in rows]
    if places != sorted(places):
        yield "its edits stand out of order"
    if any(row.end - row.start != len(row.before) for row in rows):
        yield "an edit did not take out what it covers"
    try:
        if document.metadata.bytes_restorable:
            restore_bytes(document, rows)
        else:
            restore_text(document, rows)
    except DamagedError as error:
        yield f"cannot be undone: {error}"
