"""The clean record: one JSON line a document."""

from typing import Literal

from pydantic import Field

from schemas.record import Count, DocumentId, Ratio, Record, Sha256

ScriptName = Literal["hans", "hant", "ja", "ko", "mixed", "other"]


class Metadata(Record):
    """Where a document came from and how it was read."""

    source_sha256: Sha256 = Field(description="Of the source file's bytes.")
    source_bytes: Count = Field(description="Size of the source file.")
    decoded_sha256: Sha256 = Field(description="Of the decoded text in UTF-8, before any step.")
    bytes_restorable: bool = Field(
        description="Whether encoding the decoded text gives the source's very bytes."
    )
    encoding: str = Field(description="Python codec name, or `mixed`.")
    byte_order_mark: bool = Field(description="Whether the file starts with one.")
    decoding_method: str = Field(description="Rung of the decoding ladder that answered.")
    decoding_confidence: Ratio = Field(description="1.0 where the rung leaves no doubt.")
    margin_bits: float = Field(
        ge=0.0, description="How much cheaper this reading is than the next; 0.0 if not weighed."
    )
    detector_encoding: str = Field(description="What chardet called it; empty if not asked.")
    detector_confidence: Ratio = Field(description="As chardet gave it; 0.0 if not asked.")
    encoding_spans: str = Field(
        description="Of a mixed file, which bytes were read in which encoding, such as "
        "`utf-8:0-120 gb18030:120-300`; else empty."
    )
    bytes_dropped: Count = Field(description="Bytes of characters that the file's ends cut.")
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

    chars_decoded: Count = Field(description="Code points of the decoded text.")
    chars_text: Count = Field(description="Code points of the clean text.")
    chars_deleted: Count = Field(description="Taken out by edits of all steps.")
    chars_inserted: Count = Field(description="Put in by edits of all steps.")
    chars_removed: Count = Field(description="Taken out as furniture or repeat.")
    chars_undecodable: Count = Field(description="U+FFFD put in for bytes that mean nothing.")
    chars_lost: Count = Field(description="U+FFFD that the source brought along, misread or not.")
    chars_nul: Count = Field(description="U+0000 in the decoded text.")
    chars_control: Count = Field(description="Other control characters in the decoded text.")
    chars_private_use: Count = Field(description="Private-use characters in the decoded text.")
    paragraphs: Count = Field(description="Paragraphs of the clean text.")
    edits: Count = Field(description="Edits of all steps.")
    lines_joined: Count = Field(description="Breaks taken out between two lines of a sentence.")
    words_rejoined: Count = Field(description="Words put together from their parts.")
    script_chars_converted: Count = Field(description="Code points brought to the target script.")
    furniture_removed: Count = Field(description="Passages of page furniture taken out.")
    repeats_removed: Count = Field(description="Paragraphs that stood earlier in this document.")
    shared_repeats_removed: Count = Field(description="Paragraphs kept in another document.")
    kept_ratio: Ratio = Field(
        description="Share of the decoded code points left; deletions less insertions count as lost."
    )


class Document(Record):
    r"""One clean document.

    Paragraphs are separated by a blank line (``\n\n``); a break that belongs inside a paragraph
    (verse, table, code, address) is one ``\n``.
    """

    schema_version: str = Field(description="Of this record; see the changelog.")
    id: DocumentId = Field(description="Function of the source path alone, so it never changes.")
    source: str = Field(description="Name of the corpus, from the settings.")
    source_path: str = Field(description="Path below the raw folder, safe to display.")
    title: str = Field(description="First paragraph where it reads as a heading; else empty.")
    text: str = Field(min_length=1, description="The clean text; never empty.")
    text_sha256: Sha256 = Field(description="Of `text` in UTF-8.")
    flags: str = Field(
        description="Space-separated names of what a person should look at; often empty."
    )
    metadata: Metadata
    stats: Stats
