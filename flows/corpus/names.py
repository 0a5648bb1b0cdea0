r"""Names of documents: an id that never changes, and a path that is safe to show.

A file name on disk is bytes. It may hold line ends, terminal escapes, marks that reverse the
direction of writing, or no valid UTF-8 at all; shown as it is, it can forge log lines or break a
reader of JSON. A displayed path therefore escapes all of these, and the backslash too, so that no
two paths look alike and the bytes can be had back: ``\xNN`` stands for a byte that is not UTF-8,
``\uNNNN`` and ``\UNNNNNNNN`` for a code point that must not be shown.

The set is fixed here instead of asking ``str.isprintable``, whose answer grows with every Unicode
version: the same file must have the same name under every Python.
"""

import base64
import hashlib
import re

_HIDDEN = re.compile(
    "[\\\\\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_ESCAPED = re.compile(r"\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4})|U(00(?:0[0-9a-f]|10)[0-9a-f]{4}))")
_SURROGATE_OF_BYTE_0 = 0xDC00
_LAST_TWO_BYTE = 0xFFFF


def document_id(path: bytes) -> str:
    """Return the id of the document at ``path`` (relative to the raw folder, POSIX).

    >>> document_id(b"letters/1.txt")
    'doc_c9eb0a0cf283b063218f5cee1586e61a'
    """
    return "doc_" + hashlib.sha256(path).hexdigest()[:32]


def display_path(path: bytes) -> str:
    r"""Return ``path`` as text that shows every odd character and hides none.

    >>> display_path(b"\xe4\xbf\xa1\xff\x1b[2J.txt")
    '信\\xff\\u001b[2J.txt'
    """
    return _HIDDEN.sub(_escape, path.decode("utf-8", "surrogateescape"))


def path_of(display: str) -> bytes:
    r"""Return the bytes of a displayed path; the inverse of :func:`display_path`.

    Raises:
        ValueError: If no path is displayed like that.

    >>> path_of("信\\xff\\u001b[2J.txt")
    b'\xe4\xbf\xa1\xff\x1b[2J.txt'
    """
    return _ESCAPED.sub(_unescape, display).encode("utf-8", "surrogateescape")


def path_base64(path: bytes) -> str:
    """Return ``path`` byte for byte, in base64."""
    return base64.b64encode(path).decode("ascii")


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    if char == "\\":
        return "\\\\"
    if _SURROGATE_OF_BYTE_0 <= code < _SURROGATE_OF_BYTE_0 + 256:
        return f"\\x{code - _SURROGATE_OF_BYTE_0:02x}"
    return f"\\u{code:04x}" if code <= _LAST_TWO_BYTE else f"\\U{code:08x}"


def _unescape(found: re.Match[str]) -> str:
    byte, short, long = found.groups()
    if byte:
        return chr(_SURROGATE_OF_BYTE_0 + int(byte, 16))
    return chr(int(short or long, 16)) if short or long else "\\"
