"""One document, as a run would read and clean it, for a person to judge before a run."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from flows.corpus.flags import document_flags
from flows.decoding.ladder import Decoded, decode
from flows.edits import Layer, apply_edits, make_layer
from flows.pipeline import CleanText, clean_text
from flows.reporting.before_after import before_after
from flows.steps.line_breaks import doubtful_joins
from flows.text.display import counted, visible
from schemas.settings import Settings


def preview_text(source: bytes, settings: Settings) -> str:
    """Return the clean text of the document whose bytes are ``source``.

    Raises:
        DocumentError: If a run would reject it.
    """
    return clean_text(decode(source, settings.decoding).text, settings).text


def preview_lines(
    source: bytes, settings: Settings, limit: int, *, doubtful: bool = False
) -> Iterator[Text]:
    """Yield how the document was read, then every edit, then what it comes to.

    Args:
        source: The bytes of one document.
        settings: What each step may do.
        limit: Edits shown of each step; 0 shows all.
        doubtful: Show of the edits only doubtful joins of lines.

    Raises:
        DocumentError: If a run would reject it.
    """
    decoded = decode(source, settings.decoding)
    clean = clean_text(decoded.text, settings)
    yield _reading(source, decoded, document_flags(decoded, clean))
    yield from _spans(decoded)
    show = _doubtful_joins if doubtful else before_after
    yield from show(decoded.text, clean.layers, limit)
    yield _outcome(decoded, clean)


def _doubtful_joins(text: str, layers: Sequence[Layer], limit: int) -> Iterator[Text]:
    """Yield the doubtful joins of each layer in the text that its step was given."""
    for layer in layers:
        if joins := doubtful_joins(layer.edits):
            yield from before_after(text, [make_layer(layer.step, text, joins)], limit)
        text = apply_edits(text, layer.edits)


def _reading(source: bytes, decoded: Decoded, flags: str) -> Text:
    """Return how the bytes were read and the evidence for it."""
    claims = {
        f"read as {decoded.encoding}": True,
        f"by {decoded.method.replace('_', ' ')}": True,
        f"confidence {decoded.confidence:.2f}": True,
        f"{decoded.margin_bits:,.0f} bits ahead of the next reading": decoded.margin_bits,
        f"chardet says {decoded.chardet_encoding} ({decoded.chardet_confidence:.2f})": (
            decoded.chardet_encoding
        ),
        "byte order mark": decoded.byte_order_mark,
        f"{counted(decoded.dropped_bytes, 'byte')} of cut characters left out": (
            decoded.dropped_bytes
        ),
        f"{counted(decoded.undecodable, 'character')} unreadable": decoded.undecodable,
        f"left in the text: {_marks(decoded)}": _marks(decoded),
        "the bytes cannot be rebuilt from the text": not decoded.restorable,
        f"look at: {flags}": flags,
    }
    evidence = ", ".join(claim for claim, holds in claims.items() if holds)
    return Text(f"{counted(len(source), 'byte')}, {visible(evidence)}", style="dim")


def _marks(decoded: Decoded) -> str:
    """Return the traces of damage in a text in words: `2 NUL and 1 private use characters`."""
    marks = decoded.marks
    counts = {
        "NUL": marks.nul,
        "control": marks.control,
        "private use": marks.private_use,
        "lost": marks.lost,
    }
    named = [f"{count:,} {name}" for name, count in counts.items() if count]
    return f"{' and '.join(named)} characters" if named else ""


def _spans(decoded: Decoded) -> Iterator[Text]:
    """Yield which bytes of a mixed file were read in which encoding."""
    for span in decoded.spans:
        yield Text(f"bytes {span.start:,} to {span.end:,} read as {span.encoding}", style="dim")


def _outcome(decoded: Decoded, clean: CleanText) -> Text:
    edits = [edit for layer in clean.layers for edit in layer.edits]
    lengths = f"{counted(len(decoded.text), 'character')} in, {len(clean.text):,} out"
    if not edits:
        return Text(f"Nothing to repair: {lengths}.")
    rules = len({edit.rule for edit in edits})
    return Text(
        f"{lengths}; {counted(len(edits), 'edit')} by {counted(rules, 'rule')}.", style="bold"
    )
