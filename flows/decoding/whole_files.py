"""A whole file read in an encoding that is known: its ends, its damaged lines, what was left out.

What a file is in was decided on a sample of it (``flows.decoding.weighing``). Here all of it is
read: strictly where that gives ordinary text, else line by line.
"""

from dataclasses import replace

from flows.decoding import mixed_files
from flows.decoding.codecs import decode_start, is_ascii_compatible
from flows.decoding.costs import REPLACEMENT
from flows.decoding.cut_ends import cut_head
from flows.decoding.damage import costly_lines, mend_lines
from flows.decoding.decoded import Decoded

_MAX_LEFT_BYTES = 3
"""An unfinished last character has no more."""


def read_plain(data: bytes, encoding: str) -> Decoded | None:
    """Return a file read strictly, lost bytes mended; None if other encodings may stand in it.

    A line of UTF-8 read in an encoding of two bytes a character spells rare ones, so that only
    costly lines need be asked.

    Args:
        data: A file that is not UTF-8.
        encoding: One in which ASCII bytes mean ASCII.
    """
    try:
        text, left = decode_start(data, encoding)
    except UnicodeError:
        return None
    costly = costly_lines(text, encoding)
    sources = data.split(b"\n") if costly else []
    if any(mixed_files.is_utf8(sources[number]) for number in costly):
        return None
    if costly[:1] == [0] and cut_head(data, encoding):
        return None
    mended = mend_lines(text, costly, sources, encoding)
    return _counted(mended, text, encoding, left, 0)


def read_whole(data: bytes, encoding: str, head: int, *, utf8_bytes: int) -> Decoded:
    """Return a file read in an encoding, its lines of UTF-8 in that.

    Args:
        data: The file.
        encoding: How what is not UTF-8 is read.
        head: Bytes at its start that belong to a character that was cut.
        utf8_bytes: How many bytes beyond ASCII stand in lines of UTF-8.
    """
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
                costly = costly_lines(text, encoding)
                mended = mend_lines(text, costly, body.split(b"\n"), encoding)
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
        # GB18030 can spell U+FFFD, and a line that did may have been mended.
        undecodable=max(0, text.count(REPLACEMENT) - strict.count(REPLACEMENT)),
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
        already = part.count(REPLACEMENT.encode(span.encoding))
    except UnicodeEncodeError:
        already = 0
    return max(0, count - already)  # where characters were lost, the bytes may be there out of step
