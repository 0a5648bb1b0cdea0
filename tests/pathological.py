"""Inputs that make a careless regular expression slow, derived from the expression itself.

A backtracking matcher takes time beyond the length of its input where a repeat can be entered at
many places, or left at many, before it fails. So each repeat of a pattern is pumped: what it
repeats, over and over, behind what leads to it, once in front or before every pump; and then what
may follow, or what cannot. Characters of the pattern alone, and two of them by turns, come on top.
"""

import re
import re._constants as op  # private, but there is no other parser of Python's patterns
import re._parser as parser
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

_POOL = "a7 \n文。-\N{IDEOGRAPHIC SPACE}(\x80"
"""Characters of every kind, for classes that name what they do not hold."""
_NEVER = "\N{CHECKER BOARD}"
"""What no pattern names."""
_TURNS = 2
"""Samples of each repeat: with the first branch and character of each choice, then the last."""
_PAIRED = 5
"""Characters of a pattern that are set beside each other."""
_MANY = 20
"""Repeats that may be longer are pumped."""
_LOOPS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_NOT_WORD: r"\W",
}


class Attack(NamedTuple):
    """An input of any size."""

    head: str
    pump: str
    tail: str

    def of(self, size):
        """Return the input of about so many characters."""
        return self.head + self.pump * (size // len(self.pump)) + self.tail


def attacks(pattern: re.Pattern) -> set[Attack]:
    """Return what may make ``pattern`` slow; for a pattern of bytes, to be encoded in Latin-1."""
    tree = list(parser.parse(pattern.pattern, pattern.flags))
    alphabet = sorted({*_alphabet(tree), *_POOL})
    found = set(_pumped(tree, ""))
    found |= {Attack("", char, tail) for char in alphabet for tail in ("", _NEVER)}
    some = alphabet[:: max(1, len(alphabet) // _PAIRED)]
    found |= {Attack("", one + other, _NEVER) for one, other in product(some, some)}
    return {attack for attack in found if attack.pump}


def _pumped(tree: list, head: str) -> Iterator[Attack]:
    for place, (code, detail) in enumerate(tree):
        for turn in range(_TURNS):
            before = head + _sample(tree[:place], turn)
            for inner in _parts(code, detail):
                yield from _pumped(inner, before)
            if code in _LOOPS and detail[1] > _MANY:
                pump = _sample(detail[2], turn)
                for tail in ("", _NEVER, "\n", _sample(tree[place + 1 :], turn)):
                    yield from (Attack(before, pump, tail), Attack("", before + pump, tail))


def _parts(code: int, detail: object) -> list[list]:
    """Return the patterns inside a part of a pattern."""
    if code is op.BRANCH:
        return [list(branch) for branch in detail[1]]
    if code in _LOOPS:
        return [list(detail[2])]
    if code in (op.SUBPATTERN, op.ASSERT, op.ASSERT_NOT):
        return [list(detail[-1])]
    return [list(detail)] if code is op.ATOMIC_GROUP else []


def _sample(tree: Iterable, turn: int) -> str:
    """Return something that the pattern matches, lookarounds and references apart."""
    pieces = []
    for code, detail in tree:
        members = _members(code, detail)
        if members:
            pieces.append(members[-turn])
        elif (code is op.ASSERT and detail[0] < 0) or code not in (op.ASSERT, op.ASSERT_NOT):
            inner = _parts(code, detail)
            least = max(1, detail[0]) if code in _LOOPS else 1
            pieces.append(_sample(inner[-turn], turn) * least if inner else "")
    return "".join(pieces)


def _alphabet(tree: Iterable) -> Iterator[str]:
    for code, detail in tree:
        members = _members(code, detail)
        yield from (members[0], members[-1]) if members else ()
        for inner in _parts(code, detail):
            yield from _alphabet(inner)


def _members(code: int, detail: object) -> str:
    """Return characters that a one-character part of a pattern matches."""
    if code is op.LITERAL:
        return chr(detail)
    if code is op.NOT_LITERAL:
        return "".join(char for char in _POOL if char != chr(detail))
    if code is op.ANY:
        return _POOL.replace("\n", "")
    if code is not op.IN:
        return ""
    if detail[0] == (op.NEGATE, None):
        return "".join(char for char in _POOL if not _holds(detail[1:], char))
    named = [chr(point) for kind, bounds in detail if kind is op.RANGE for point in bounds]
    named += [chr(point) for kind, point in detail if kind is op.LITERAL]
    return "".join(named) + "".join(char for char in _POOL if _holds(detail, char))


def _holds(members: list, char: str) -> bool:
    """Return whether a class of characters holds ``char``."""
    for kind, value in members:
        if kind is op.LITERAL and ord(char) == value:
            return True
        if kind is op.RANGE and value[0] <= ord(char) <= value[1]:
            return True
        if kind is op.CATEGORY and re.match(_CATEGORIES[value], char):
            return True
    return False
