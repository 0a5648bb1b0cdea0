"""What each character is to the character step, in one look-up for a whole text.

A kind is one byte: the number of the rule that repairs the character, and four bits that tell what
its neighbours and the later passes need to know. Most texts have no kind that asks for anything,
and are done once their kinds are looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from flows.text.code_points import code_points
from flows.text.look_alikes import TABLES
from flows.text.normal_form import STARTERS

INDENT: Final = "\N{IDEOGRAPHIC SPACE}"
_LINE_ENDS: Final = "\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_SOFT_HYPHENS: Final = "\N{SOFT HYPHEN}\x02"

RULE: Final = 0x0F
"""The bits that hold the number of a rule; 0 where no rule acts."""
IS_NO_STARTER: Final = 0x10
IS_INDENT: Final = 0x20
ENDS_LINE: Final = 0x40
IS_SOFT_HYPHEN: Final = 0x80

Kinds = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens to which character.

    Attributes:
        rules: The rules that act; a character's kind holds a place in them, counted from 1.
        afters: What each character becomes, by code point.
        kinds: The kind of each code point of the basic plane; the last is that of all others.
    """

    rules: tuple[str, ...]
    afters: Mapping[int, str]
    kinds: Kinds


@cache
def policy_of(names: tuple[str, ...]) -> Policy:
    r"""Return what the rules of these names do; the names are those of `look_alikes.TABLES`.

    >>> policy = policy_of(("control", "fullwidth"))
    >>> policy.rules[policy.kinds[ord("\uff11")] - 1], policy.afters[ord("\uff11")]
    ('characters.fullwidth', '1')
    """
    kinds = np.full(0x10001, IS_NO_STARTER, np.uint8)
    for first, last in STARTERS:
        kinds[first : last + 1] = 0
    for bit, characters in (
        (IS_INDENT, INDENT if "space" in names else ""),
        (ENDS_LINE, _LINE_ENDS),
        (IS_SOFT_HYPHEN, _SOFT_HYPHENS),
    ):
        kinds[code_points(characters)] |= bit
    afters = {INDENT: " "}
    for number, name in enumerate(names, start=1):
        kinds[code_points("".join(TABLES[name]()))] |= number
        afters |= TABLES[name]()
    rules = tuple(f"characters.{name}" for name in names)
    return Policy(rules, str.maketrans(afters), kinds)
