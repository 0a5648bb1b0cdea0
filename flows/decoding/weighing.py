"""The rung that weighs: which reading is cheapest, and the whole file read so.

A sample decides the encoding (``flows.decoding.candidates``), chardet is asked where that leaves a
doubt, and then all lines are read, each in the encoding it is in (``flows.decoding.mixed_files``).
"""

import re
from dataclasses import replace

from flows.decoding import candidates, mixed_files
from flows.decoding.candidates import Candidate
from flows.decoding.codecs import decode_start, is_ascii_compatible
from flows.decoding.damage import HEAD_BITS, REPLACEMENT, cut_head, read_lines_in_step
from flows.decoding.decoded import Decoded
from flows.decoding.evidence import is_text, refuse
from flows.decoding.opinion import Opinion, ask_chardet
from flows.errors import DocumentError
from schemas.rejection import Reason
from schemas.settings import DecodingSettings

_WIDE = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTEXT_BYTES = 256
"""ASCII read before the first other byte: what a few hanzi stand in tells what they are."""
_HEAD_SHARE = 0.1
"""By how much of its bits a reading must be cheaper if the file's first byte is left out."""
_MAX_LEFT_BYTES = 3
"""An unfinished last character has no more."""


def by_weight(data: bytes, settings: DecodingSettings) -> Decoded:
    """Read ``data`` in the encoding in which it is cheapest.

    Raises:
        DocumentError: If no reading makes it text.
    """
    utf8_bytes, other_lines = mixed_files.part_lines(data)
    is_mixed = utf8_bytes > mixed_files.SHORT_LINE_BYTES and bool(other_lines)
    source = b"".join(other_lines) if is_mixed else data
    start, sample = _sample(source, settings.sample_bytes)
    encodings = _rivals(sample, len(data), is_mixed=is_mixed)
    ranked = candidates.rank(sample, encodings, strictly=True)
    if candidates.is_clear(ranked):
        return _read(data, ranked, Opinion(), utf8_bytes=utf8_bytes)
    opinion = ask_chardet(source[start:])
    ranked = candidates.rank(sample, (*encodings, "utf-8"))
    ranked = candidates.with_opinion(ranked, sample, opinion.encoding)
    head = 0
    if start == 0 and (shorter := _without_head(sample, ranked)):
        ranked, head = [shorter, *ranked], 1
    if not (_is_text(ranked[0], len(sample)) or candidates.is_ordinary(ranked[0])):
        raise _no_text(data)
    return _read(data, ranked, opinion, head=head, utf8_bytes=utf8_bytes)


def _sample(data: bytes, size: int) -> tuple[int, bytes]:
    """Return where the sample starts, a multiple of four for UTF-32, and the sample."""
    first = None if b"\0" in data[:_CONTEXT_BYTES] else _WIDE.search(data)
    start = max(0, first.start() - _CONTEXT_BYTES) & ~3 if first else 0
    return start, data[start : start + size]


def _rivals(sample: bytes, size: int, *, is_mixed: bool) -> tuple[str, ...]:
    """Return the encodings to compare; lines of a mixed file are never UTF-16 or UTF-32."""
    rivals = (*candidates.CHINESE, *candidates.NEIGHBOURS)
    if is_mixed:
        return rivals
    has_wide_units = b"\0" in sample and size % 4 == 0
    return (*rivals, *candidates.UTF_16, *(candidates.UTF_32 if has_wide_units else ()))


def _without_head(sample: bytes, ranked: list[Candidate]) -> Candidate | None:
    """Return the reading without the first byte, if the file was cut inside a character."""
    shorter = candidates.rank(sample[1:], candidates.CHINESE)
    if not shorter or not ranked:
        return None
    needed = (1 + _HEAD_SHARE) * shorter[0].total + HEAD_BITS
    return shorter[0] if needed < ranked[0].total else None


def _is_text(best: Candidate, size: int) -> bool:
    """Whether the best reading is text; a head start from chardet is a second witness for it."""
    return is_text(best.bits + min(0.0, best.prior), size)


def _no_text(data: bytes) -> DocumentError:
    if control := _CONTROL.search(data):
        return refuse(
            Reason.BINARY,
            f"byte {control[0].hex()} among bytes that no encoding reads as text",
            "leave it out, or extract its text first",
            place=f"byte {control.start()}",
        )
    return refuse(Reason.UNDECODABLE, "bytes that no encoding reads as text", "convert it to UTF-8")


def _read(
    data: bytes, ranked: list[Candidate], opinion: Opinion, *, head: int = 0, utf8_bytes: int
) -> Decoded:
    """Return the whole file read as the first of ``ranked``, with the evidence of the weighing."""
    found = _read_whole(data, ranked[0].encoding, head, utf8_bytes=utf8_bytes)
    margin = candidates.margin(ranked)
    by_chardet = ranked[0].encoding == opinion.encoding
    if found.encoding != "mixed":
        found = replace(found, method="chardet" if by_chardet else "code_length")
    return replace(
        found,
        confidence=opinion.confidence if by_chardet else round(1 - 2.0**-margin, 4),
        chardet_encoding=opinion.label,
        chardet_confidence=opinion.confidence,
        margin_bits=round(margin, 1),
    )


def _read_whole(data: bytes, encoding: str, head: int, *, utf8_bytes: int) -> Decoded:
    if not head and not mixed_files.is_utf8(data.partition(b"\n")[0]):
        head = cut_head(data, encoding)
    body = data[head:]
    by_line = is_ascii_compatible(encoding)
    if not (utf8_bytes and by_line):
        try:
            text, left = decode_start(body, encoding)
        except UnicodeError:
            left = len(body)
        else:
            if left <= _MAX_LEFT_BYTES:
                mended = read_lines_in_step(body, text, encoding)
                return _counted(mended, text, encoding, left, head)
    if not by_line:
        text = body.decode(encoding, "replace")
        return Decoded(
            text, encoding, "", 0.0, undecodable=text.count(REPLACEMENT), dropped_bytes=head
        )
    return _read_by_line(body, encoding, head, is_mixed=utf8_bytes > mixed_files.SHORT_LINE_BYTES)


def _counted(text: str, strict: str, encoding: str, left: int, head: int) -> Decoded:
    """Return a text of which some lines were mended, with what was dropped and what was put in."""
    is_tail_in_text = text.rpartition("\n")[2] != strict.rpartition("\n")[2]
    return Decoded(
        text,
        encoding,
        "",
        0.0,
        undecodable=text.count(REPLACEMENT) - strict.count(REPLACEMENT),
        dropped_bytes=head + (0 if is_tail_in_text else left),
    )


def _read_by_line(body: bytes, encoding: str, head: int, *, is_mixed: bool) -> Decoded:
    spans = mixed_files.read_mixed(body, encoding, is_mixed=is_mixed)
    text = "".join(span.text for span in spans)
    names = sorted({span.encoding for span in spans})
    return Decoded(
        text,
        names[0] if len(names) == 1 else "mixed",
        "mixed",
        0.0,
        undecodable=sum(map(_count_put_in, spans, _parts(body, spans))),
        dropped_bytes=head,
        spans=tuple(_moved(span, head) for span in spans) if len(names) > 1 else (),
    )


def _parts(body: bytes, spans: list[mixed_files.Span]) -> list[bytes]:
    return [body[span.start : span.end] for span in spans]


def _moved(span: mixed_files.Span, head: int) -> mixed_files.Span:
    return replace(span, start=span.start + head, end=span.end + head)


def _count_put_in(span: mixed_files.Span, part: bytes) -> int:
    """Return how many U+FFFD of a span were not in the file already."""
    count = span.text.count(REPLACEMENT)
    try:
        return count - part.count(REPLACEMENT.encode(span.encoding)) if count else 0
    except UnicodeEncodeError:
        return count
