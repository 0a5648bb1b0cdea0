"""The clean record: one JSON line a document."""

from typing import Literal

from pydantic import Field

from schemas.record import Count, DocumentId, Ratio, Record, Sha256

ScriptName = Literal["hans", "hant", "ja", "ko", "mixed", "other"]


class Metadata(Record):
    """Where a document came from and how it was read."""

    source_sha256: Sha256 = Field(description="Of the source file's bytes.")
    source_bytes: Count
    decoded_sha256: Sha256 = Field(description="Of the decoded text in UTF-8, before any step.")
    bytes_restorable: bool = Field(
        description="Whether encoding the decoded text gives the source's very bytes."
    )
    encoding: str = Field(description="Python codec name, or `mixed`.")
    byte_order_mark: bool
    decoding_method: str = Field(description="Rung of the decoding ladder that answered.")
    decoding_confidence: Ratio
    format: str = Field(description="`text`: the only input format so far.")
    script_in: ScriptName = Field(description="Of the decoded text.")
    script_out: ScriptName = Field(description="Of the clean text.")
    language: str = Field(description="ISO 639 code, or `und` for undetermined.")
    pages: Count = Field(description="Pages that form feeds mark off; 1 where there are none.")
    source_part: str = Field(description="Member of an archive; empty for a plain file.")


class Stats(Record):
    """What was done to the document; all lengths in code points.

    ``chars_text == chars_decoded - chars_deleted + chars_inserted`` holds for every record.
    """

    chars_decoded: Count
    chars_text: Count
    chars_deleted: Count = Field(description="Taken out by edits of all steps.")
    chars_inserted: Count = Field(description="Put in by edits of all steps.")
    chars_removed: Count = Field(description="Taken out as furniture or repeat.")
    chars_undecodable: Count = Field(description="U+FFFD put in for bytes that mean nothing.")
    paragraphs: Count = Field(description="Paragraphs of the clean text.")
    edits: Count
    lines_joined: Count
    words_rejoined: Count
    script_chars_converted: Count
    furniture_removed: Count
    repeats_removed: Count = Field(description="Paragraphs that stood earlier in this document.")
    shared_repeats_removed: Count = Field(description="Paragraphs kept in another document.")
    kept_ratio: Ratio = Field(description="Share of the decoded code points not deleted.")


class Document(Record):
    r"""One clean document.

    Paragraphs are separated by a blank line (``\n\n``); a break that belongs inside a paragraph
    (verse, table, code, address) is one ``\n``.
    """

    schema_version: str
    id: DocumentId = Field(description="Function of the source path alone, so it never changes.")
    source: str = Field(description="Name of the corpus, from the settings.")
    source_path: str = Field(description="Path below the raw folder, safe to display.")
    title: str = Field(description="First paragraph where it reads as a heading; else empty.")
    text: str
    text_sha256: Sha256 = Field(description="Of `text` in UTF-8.")
    flags: str = Field(
        description="Space-separated names of what a person should look at; often empty."
    )
    metadata: Metadata
    stats: Stats
