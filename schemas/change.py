"""What became of a document from one published version to another."""

from enum import StrEnum

from pydantic import Field

from schemas.record import DocumentId, Record


class ChangeKind(StrEnum):
    """What happened; the complete list."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Change(Record):
    """One document whose record is not what it was. Rows stand in path order."""

    schema_version: str
    document_id: DocumentId
    source_path: str = Field(description="Path below the raw folder, safe to display.")
    change: ChangeKind = Field(
        description="`removed` where the file is gone or is rejected now, a rename is `removed` and "
        "`added`, and `changed` means that anything in the record differs."
    )
