r"""From a cleaned text to the records that are published of it.

The account of a document must add up to the code point: what the decoded text holds, less what
edits took out, plus what they put in, is what the clean text holds. Steps that remove content say
so (``Step.removes``); each of their edits becomes a row of removed text that names the copy that
was kept, by document and by paragraph of the published text, so that a reader can look at both.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from flows.corpus.keepers import kept_paragraphs
from flows.corpus.names import display_path, document_id, path_base64
from flows.decoding.ladder import Decoded
from flows.edits import Layer
from flows.errors import DocumentError
from flows.pipeline import STEPS, CleanText
from flows.steps.line_breaks import JOIN_RULES
from flows.steps.split_words import REJOIN_RULES
from flows.text.characters import character_flags
from flows.text.paragraphs import SEPARATOR, paragraph_spans
from flows.text.scripts import label_script, language_of
from schemas.document import Document, Metadata, Stats
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
        flags=join_flags(*decoded.flags, *character_flags(clean.text)),
        metadata=_metadata(origin, decoded, clean.text),
        stats=_stats(decoded, clean, removals),
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


def join_flags(*flags: str) -> str:
    """Return flags as they are published: each once, in alphabetical order.

    >>> join_flags("vertical", "", "mixed")
    'mixed vertical'
    """
    return " ".join(sorted({flag for flag in flags if flag}))


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


def kept_ratio(decoded: int, deleted: int, inserted: int) -> float:
    """Return which share of the decoded code points was not lost, all edits taken together.

    >>> kept_ratio(200, 30, 10)
    0.9
    """
    lost = max(0, deleted - inserted)
    return 1.0 - lost / decoded if decoded else 1.0


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


def _stats(decoded: Decoded, clean: CleanText, removals: Sequence[Removal]) -> Stats:
    edits = [edit for layer in clean.layers for edit in layer.edits]
    deleted = sum(edit.end - edit.start for edit in edits)
    inserted = sum(len(edit.after) for edit in edits)
    layers = {layer.step: layer for layer in clean.layers}
    nothing = Layer("", (), ())
    return Stats(
        chars_decoded=len(decoded.text),
        chars_text=len(clean.text),
        chars_deleted=deleted,
        chars_inserted=inserted,
        chars_removed=sum(len(removal.removed_text) for removal in removals),
        chars_undecodable=decoded.undecodable,
        chars_lost=decoded.marks.lost,
        chars_nul=decoded.marks.nul,
        chars_control=decoded.marks.control,
        chars_private_use=decoded.marks.private_use,
        paragraphs=len(paragraph_spans(clean.text)),
        edits=len(edits),
        lines_joined=sum(edit.rule in JOIN_RULES for edit in edits),
        words_rejoined=sum(edit.rule in REJOIN_RULES for edit in edits),
        script_chars_converted=_count_converted(layers.get("script", nothing)),
        furniture_removed=len(layers.get("furniture", nothing).edits),
        repeats_removed=len(layers.get("repeats", nothing).edits),
        shared_repeats_removed=0,
        kept_ratio=kept_ratio(len(decoded.text), deleted, inserted),
    )


def _count_converted(layer: Layer) -> int:
    """Return how many code points a layer of replacements changed.

    Where a replacement has another length there is no telling which code point became which; all
    of the longer side count.
    """
    pairs = [(before, edit.after) for edit, before in zip(layer.edits, layer.before, strict=True)]
    aligned = [(before, after) for before, after in pairs if len(before) == len(after)]
    unaligned = sum(
        max(len(before), len(after)) for before, after in pairs if len(before) != len(after)
    )
    given = _code_points("".join(before for before, _ in aligned))
    made = _code_points("".join(after for _, after in aligned))
    return unaligned + int(np.count_nonzero(given != made))


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


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
