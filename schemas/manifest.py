"""The manifest: what one published version holds. Same input, settings and code, same bytes."""

from enum import StrEnum

from pydantic import Field

from schemas.record import Count, Record, Sha256


class FileKind(StrEnum):
    """What a published file holds."""

    DOCUMENTS = "documents"
    EDITS = "edits"
    REMOVED = "removed"
    REJECTED = "rejected"


class Form(StrEnum):
    """How the rows of a file are written; the value is the ending of its name."""

    JSONL = "jsonl"
    ZSTD = "jsonl.zst"
    PARQUET = "parquet"


class PublishedFile(Record):
    """One file of a version."""

    name: str
    kind: FileKind
    rows: Count
    bytes: Count
    sha256: Sha256


class Manifest(Record):
    """A version's table of contents; ``inputs == documents + rejected`` always holds."""

    schema_version: str
    code_version: str = Field(description="Version of jiaokan that wrote it.")
    settings_sha256: Sha256 = Field(description="Of the settings that decide what is published.")
    inputs_sha256: Sha256 = Field(description="Of every input's path and content.")
    inputs: Count
    documents: Count
    rejected: Count
    paragraphs: Count
    edits: Count
    removed: Count
    files: tuple[PublishedFile, ...] = Field(description="In name order.")

    def names(self, kind: FileKind) -> list[str]:
        """Return the names of the files of one kind, in order."""
        return [file.name for file in self.files if file.kind is kind]
