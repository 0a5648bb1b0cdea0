"""Which two Chinese characters stand side by side inside common words.

A character that a scan misread forms no word with its neighbours; a reworded phrase does on both
sides. The table is made from jieba's dictionary (MIT) by ``benchmarks/make_repeat_tables.py`` and
frozen: a verdict on two paragraphs depends on nothing but the two and this file.
"""

from functools import cache
from importlib.resources import files
from typing import Final

PARTICLES: Final = frozenset("的了是在和与及或等之而于以为其")
"""Words of one character that stand beside any other."""


@cache
def _seconds() -> dict[str, str]:
    """Return for each first character all its second ones."""
    table = (files("flows.repeats") / "data" / "word_pairs.txt").read_text(encoding="utf-8")
    return {line[0]: line[1:] for line in table.splitlines()}


@cache
def _known() -> frozenset[str]:
    """Return every character that stands in a common word."""
    return frozenset("".join([*_seconds(), *_seconds().values()]))


def stand_together(left: str, right: str) -> bool:
    """Return whether the pair stands inside a common word, in simplified characters.

    >>> stand_together("河", "流"), stand_together("河", "了")
    (True, False)
    """
    return right in _seconds().get(left, "")


def is_rare(character: str) -> bool:
    """Return whether a character stands in no common word.

    >>> is_rare("斘"), is_rare("材")
    (True, False)
    """
    return character not in _known()


def stands_in_word(key: str, place: int) -> bool:
    """Return whether a character forms a word with a neighbour, or is a word that does not."""
    if key[place] in PARTICLES:
        return True
    return (place > 0 and stand_together(key[place - 1], key[place])) or (
        place + 1 < len(key) and stand_together(key[place], key[place + 1])
    )


def reads_fluently(key: str, start: int, end: int) -> bool:
    """Return whether each changed character forms a word with a neighbour.

    Args:
        key: A comparison key.
        start: First changed character.
        end: One past the last; equal to ``start`` where characters are missing.
    """
    if start == end:
        return 0 < start < len(key) and stand_together(key[start - 1], key[start])
    return all(stands_in_word(key, place) for place in range(start, end))


def reads_nowhere(key: str, start: int, end: int) -> bool:
    """Return whether there are changed characters and none forms a word with a neighbour."""
    return start < end and not any(stands_in_word(key, place) for place in range(start, end))
