"""Quotation marks of the mainland and of Taiwan and Hong Kong, one for the other.

OpenCC converts none. Marks are exchanged one for one, and only in lines where they balance, so that
no text is left with half a pair of each.
"""

from collections.abc import Iterable
from typing import Final

_TO_CURLS: Final = str.maketrans("「」『』", "“”‘’")
_TO_CORNERS: Final = str.maketrans("“”‘’", "「」『』")


def in_curls(text: str) -> str:
    r"""Return ``text`` with corner brackets as curly quotation marks.

    >>> in_curls("他说：「走吧。」\n他又说：「")
    '他说：“走吧。”\n他又说：「'
    """
    return _exchanged(text, _TO_CURLS, (("「", "」"), ("『", "』")))


def in_corners(text: str) -> str:
    """Return ``text`` with curly quotation marks as corner brackets.

    >>> in_corners("他說：“走吧。”")
    '他說：「走吧。」'
    """
    return _exchanged(text, _TO_CORNERS, (("“", "”"), ("‘", "’")))


def _exchanged(text: str, marks: dict[int, int], pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        line.translate(marks)
        if all(line.count(opening) == line.count(closing) for opening, closing in pairs)
        else line
        for line in text.split("\n")
    )
