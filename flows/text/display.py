r"""Text from outside, made safe and honest to show to a person.

A file name or a passage may hold characters that act instead of showing: ESC and its like drive
the terminal, a line feed forges a line of a log, directional controls reorder what stands around
them ("Trojan Source", CVE-2021-42574), zero-width characters hide a difference, and a lone
surrogate (from a file name that is not UTF-8) cannot be written at all. Here each of them is
replaced by its escape, so that it can be seen and does nothing.

Only what is shown changes, never what is stored. The escapes do not invert, since a backslash in
the text stays as it is.
"""

import re

# Cc: C0, DEL and C1. Zl and Zp: line and paragraph separators. Cs: lone surrogates. Cf and others
# that have no width: soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width
# characters and marks, directional controls, invisible operators, fillers, variation selectors'
# neighbours (byte order mark, interlinear marks), tag characters.
_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e007f]"
)
_NAMED = {"\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r"}


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with every character that acts or hides as its escape.

    >>> print(visible("报告\u202egnp.exe\n"))
    报告\u202egnp.exe\n
    >>> print(visible("\x1b[2J清屏"))
    \x1b[2J清屏
    """
    return _ACTING.sub(_escape, text)


def counted(number: int, noun: str) -> str:
    """Return ``number`` with its noun, in the plural where it needs one.

    >>> counted(1, "edit"), counted(1200, "edit")
    ('1 edit', '1,200 edits')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _NAMED:
        return _NAMED[character]
    point = ord(character)
    if point > 0xFFFF:  # noqa: PLR2004 - the last code point that four hexadecimal digits hold
        return f"\\U{point:08x}"
    return f"\\x{point:02x}" if point <= 0xFF else f"\\u{point:04x}"  # noqa: PLR2004 - two digits
