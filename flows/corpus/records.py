r"""From a cleaned text to the records that are published of it.

Steps that remove content say so (``Step.removes``); each of their edits becomes a row of removed
text that names the copy that was kept, by document and by paragraph of the published text, so that
a reader can look at both.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from flows.corpus.flags import document_flags
from flows.corpus.keepers import kept_paragraphs
from flows.corpus.names import display_path, document_id, path_base64
from flows.corpus.stats import document_stats
from flows.decoding.ladder import Decoded
from flows.edits import Layer
from flows.errors import DocumentError
from flows.pipeline import STEPS, CleanText
from flows.text.languages import language_of
from flows.text.paragraphs import SEPARATOR
from flows.text.scripts import label_script
from schemas.document import Document, Metadata
from schemas.edit import EditRow
from schemas.record import SCHEMA_VERSION
from schemas.rejection import Rejection
from schemas.removal import Removal

_LONGEST_TITLE = 60
"""Code points. A choice for display, not a measurement: a longer first paragraph is prose."""

_SENTENCE_ENDS = tuple("。！？；…：，、.!?;:,”」』")


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a document came from.

    Attributes:
        path: Relative to the raw folder, POSIX, byte for byte.
        size: Bytes of the file.
        sha256: Of its bytes.
        corpus: Name of the corpus, from the settings.
    """

    path: bytes
    size: int
    sha256: str
    corpus: str


@dataclass(frozen=True, slots=True)
class Records:
    """What is published of one document, validated."""

    document: Document
    edits: list[EditRow]
    removals: list[Removal]


def make_records(origin: Origin, decoded: Decoded, clean: CleanText) -> Records:
    """Return all records of one document.

    Args:
        origin: The file.
        decoded: What its bytes were read as.
        clean: The decoded text after the pipeline, with one layer a step.

    Raises:
        pydantic.ValidationError: If a record does not fit its schema.
    """
    own_id = document_id(origin.path)
    edits = [
        row for place, layer in enumerate(clean.layers) for row in rows_of(own_id, place, layer)
    ]
    removals = _removals(own_id, origin.path, clean)
    document = Document(
        schema_version=SCHEMA_VERSION,
        id=own_id,
        source=origin.corpus,
        source_path=display_path(origin.path),
        title=title_of(clean.text),
        text=clean.text,
        text_sha256=text_sha256(clean.text),
        flags=document_flags(decoded, clean),
        metadata=_metadata(origin, decoded, clean.text),
        stats=document_stats(decoded, clean, removals),
    )
    return Records(document, edits, removals)


def make_rejection(path: bytes, size: int, error: DocumentError) -> Rejection:
    """Return the record of a file that does not become a document.

    Args:
        path: Relative to the raw folder, POSIX, byte for byte.
        size: Bytes of the file; 0 where it could not be read.
        error: Why.
    """
    return Rejection(
        schema_version=SCHEMA_VERSION,
        document_id=document_id(path),
        source_path=display_path(path),
        source_path_base64=path_base64(path),
        source_bytes=size,
        step=error.step,
        reason=error.reason,
        place=error.place,
        found=error.found,
        advice=error.advice,
        retryable=error.retryable,
    )


def rows_of(own_id: str, place: int, layer: Layer) -> list[EditRow]:
    """Return the rows in which the layer at ``place`` of the pipeline is published."""
    return _edit_rows().validate_python(
        [
            {
                "document_id": own_id,
                "layer": place,
                "rule": edit.rule,
                "start": edit.start,
                "end": edit.end,
                "before": before,
                "after": edit.after,
                "score": edit.score,
            }
            for edit, before in zip(layer.edits, layer.before, strict=True)
        ]
    )


def text_sha256(text: str) -> str:
    """Return the checksum of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def title_of(text: str) -> str:
    r"""Return the first paragraph where it reads as a heading, else nothing.

    It does if it is one short line, ends no sentence, and something follows it.

    >>> title_of("# 渡口的灯\n\n天黑以前，老周把灯擦了三遍。")
    '渡口的灯'
    >>> title_of("天黑以前，老周把灯擦了三遍。\n\n灯亮了。")
    ''
    """
    first, break_after, _ = text.partition(SEPARATOR)
    title = first.lstrip("#").strip()
    is_heading = (
        bool(break_after)
        and "\n" not in title
        and len(title) <= _LONGEST_TITLE
        and not title.endswith(_SENTENCE_ENDS)
    )
    return title if is_heading else ""


@cache
def _edit_rows() -> TypeAdapter[list[EditRow]]:
    return TypeAdapter(list[EditRow])


def _metadata(origin: Origin, decoded: Decoded, text: str) -> Metadata:
    return Metadata(
        source_sha256=origin.sha256,
        source_bytes=origin.size,
        decoded_sha256=text_sha256(decoded.text),
        bytes_restorable=decoded.restorable,
        encoding=decoded.encoding,
        byte_order_mark=decoded.byte_order_mark,
        decoding_method=decoded.method,
        decoding_confidence=decoded.confidence,
        margin_bits=decoded.margin_bits,
        detector_encoding=decoded.chardet_encoding,
        detector_confidence=decoded.chardet_confidence,
        encoding_spans=" ".join(
            f"{span.encoding}:{span.start}-{span.end}" for span in decoded.spans
        ),
        bytes_dropped=decoded.dropped_bytes,
        format="text",
        script_in=label_script(decoded.text),
        script_out=label_script(text),
        language=language_of(text),
        pages=_count_pages(decoded.text),
        source_part="",
    )


def _count_pages(text: str) -> int:
    """Return the number of pages: a form feed ends one, and text after the last makes one more."""
    return max(1, text.count("\f") + bool(text.rpartition("\f")[2].strip()))


def _removals(own_id: str, path: bytes, clean: CleanText) -> list[Removal]:
    removing = {step.name for step in STEPS if step.removes}
    display = display_path(path)
    return [
        Removal(
            document_id=own_id,
            source_path=display,
            layer=place,
            rule=edit.rule,
            start=edit.start,
            removed_text=before,
            kept_document_id=own_id if edit.partner >= 0 else "",
            kept_paragraph=kept,
            similarity=edit.score if edit.partner >= 0 else 0.0,
        )
        for place, layer in enumerate(clean.layers)
        if layer.step in removing
        for edit, before, kept in zip(
            layer.edits, layer.before, kept_paragraphs(clean.text, clean.layers, place), strict=True
        )
        if before
    ]
