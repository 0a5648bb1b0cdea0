"""An input file that did not become a document, and why."""

from enum import StrEnum

from pydantic import Field

from schemas.record import Count, DocumentId, Record


class Reason(StrEnum):
    """Why a file was rejected; the complete list."""

    EMPTY = "empty"
    BLANK = "blank"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    TOO_DAMAGED = "too_damaged"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_SLOW = "too_slow"
    CRASHED = "crashed"
    NOT_A_FILE = "not_a_file"
    SYMBOLIC_LINK = "symbolic_link"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    CHANGED_WHILE_READ = "changed_while_read"
    INVALID_RECORD = "invalid_record"
    REPEATED = "repeated"


class Rejection(Record):
    """One rejected input file."""

    schema_version: str
    document_id: DocumentId
    source_path: str = Field(description="Path below the raw folder, safe to display.")
    source_path_base64: str = Field(description="The same path, byte for byte, in base64.")
    source_bytes: Count = Field(description="Size of the file; 0 where it could not be read.")
    step: str = Field(
        description="Where it stopped, such as `read`, `decoding` or `shared_repeats`."
    )
    reason: Reason
    place: str = Field(
        description="Where in the file, such as `byte 12`; empty for the whole file."
    )
    found: str = Field(description="What stood there.")
    advice: str = Field(description="What to do about it.")
    retryable: bool = Field(description="Whether a later run may succeed with the same file.")

    @property
    def is_copy(self) -> bool:
        """Whether nothing is wrong with the file but that other documents hold its text."""
        return self.reason is Reason.REPEATED
