"""Traces of damage that are left in a decoded text, counted."""

import re
from dataclasses import dataclass

from flows.decoding.costs import REPLACEMENT
from flows.text.code_points import holds_any, make_table

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ANY = make_table(
    (
        *((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F)),
        *((0xE000, 0xF8FF), (0xFFFD, 0xFFFD), (0xF0000, 0xF0000)),
    ),
    beyond=True,
)
"""One look tells that most texts have none of these."""
_LOST = {"锟斤拷": 2, "ï¿½": 1}
"""U+FFFD as it reads after its UTF-8 was taken for GBK (two in a row) or Latin-1."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How many characters of a text tell of damage.

    Attributes:
        nul: U+0000.
        control: Other control characters that are no white space.
        private_use: Characters that mean something to one font alone.
        lost: U+FFFD that the source brought along, by itself or misread as `锟斤拷`.
    """

    nul: int = 0
    control: int = 0
    private_use: int = 0
    lost: int = 0


NO_MARKS = Marks()


def count_marks(text: str, undecodable: int) -> Marks:
    r"""Return the traces of damage in a text of which ``undecodable`` U+FFFD were put in.

    >>> count_marks("河\x00岸\ue000锟斤拷", 0)
    Marks(nul=1, control=0, private_use=1, lost=2)
    """
    lost = sum(text.count(sign) * count for sign, count in _LOST.items())
    if not holds_any(text, _ANY):
        return Marks(lost=lost) if lost else NO_MARKS
    return Marks(
        nul=text.count("\0"),
        control=len(_CONTROL.findall(text)),
        private_use=len(_PRIVATE_USE.findall(text)),
        lost=lost + max(0, text.count(REPLACEMENT) - undecodable),
    )
