"""The rung that weighs: which reading is cheapest, and the whole file read so.

A sample decides the encoding (``flows.decoding.candidates``), chardet is asked where that leaves a
doubt, and then all lines are read, each in the encoding it is in (``flows.decoding.mixed_files``).
"""

import re
from dataclasses import replace

from flows.decoding import candidates, mixed_files
from flows.decoding.candidates import Candidate
from flows.decoding.cut_ends import HEAD_BITS
from flows.decoding.decoded import Decoded
from flows.decoding.evidence import is_text, refuse
from flows.decoding.opinion import Opinion, ask_chardet
from flows.decoding.whole_files import read_plain, read_whole
from flows.errors import DocumentError
from schemas.rejection import Reason
from schemas.settings import DecodingSettings

_WIDE = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTEXT_BYTES = 256
"""ASCII read before the first other byte: what a few hanzi stand in tells what they are."""
_HEAD_SHARE = 0.1
"""By how much of its bits a reading must be cheaper if the file's first byte is left out."""


def by_weight(data: bytes, settings: DecodingSettings) -> Decoded:
    """Read ``data`` in the encoding in which it is cheapest.

    Raises:
        DocumentError: If no reading makes it text.
    """
    return _plain_chinese(data, settings) or _weighed(data, settings)


def _plain_chinese(data: bytes, settings: DecodingSettings) -> Decoded | None:
    """Read a file whose sample is Chinese beyond doubt and which is in one encoding to its end."""
    _, sample = _sample(data, settings.sample_bytes)
    ranked = candidates.rank(sample, candidates.CHINESE, strictly=True)
    if not candidates.is_plain(ranked):
        return None
    found = read_plain(data, ranked[0].encoding)
    return _with_evidence(found, ranked, Opinion()) if found else None


def _weighed(data: bytes, settings: DecodingSettings) -> Decoded:
    """Read ``data`` in the best of all encodings, every line in its own."""
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
    is_head = start == 0 and data.startswith(sample.partition(b"\n")[0])
    if is_head and not data[:1].isascii() and (shorter := _without_head(sample, ranked)):
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
    found = read_whole(data, ranked[0].encoding, head, utf8_bytes=utf8_bytes)
    return _with_evidence(found, ranked, opinion)


def _with_evidence(found: Decoded, ranked: list[Candidate], opinion: Opinion) -> Decoded:
    margin = candidates.margin(ranked)
    by_chardet = ranked[0].encoding == opinion.encoding
    weighed = "chardet" if by_chardet else "code_length"
    return replace(
        found,
        method=weighed if found.encoding != "mixed" else found.method,
        confidence=opinion.confidence if by_chardet else round(1 - 2.0**-margin, 4),
        chardet_encoding=opinion.label,
        chardet_confidence=opinion.confidence,
        margin_bits=round(margin, 1),
    )
