"""Which paragraphs are worth comparing: those that share sampled stretches of text.

The paragraphs of an anchor are its *list*. In a list of up to 24 everyone meets everyone. A longer
list belongs to a formula or a common phrase, and there each paragraph meets a fixed number:

- the fullest few of the list, so that thousands of cut copies of one notice all meet the full one;
- those that share more with it than the phrase: the list is ordered by two of the smallest hashes
  among all anchors of a paragraph (MinHash), and each meets those next to it whose first hash is
  the same, and the fullest of those that share both. Two paragraphs share a smallest hash as often
  as they share anchors, and each anchor chooses its hashes among eight, so copies meet in one list
  or another, while paragraphs with nothing else in common do not.

So an anchor costs a paragraph at most 23 meetings, in a longer list 8, however large the corpus.

Pairs only suggest. Each is then verified in full (`flows.repeats.verification`).
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from flows.repeats.anchors import Anchors, Hashes, mix

_LONGEST = 24
"""Paragraphs in a list up to which all of them meet."""
_HEADS, _NEXT = 4, 3
"""In a longer list: how many of the fullest, and of those next to it, a paragraph meets."""
_SIGNATURES = 8
"""Smallest hashes of a paragraph that lists are ordered by, under so many hash functions."""
_MIN_SHARED, _MIN_SHARED_RATIO = 2, 0.1
"""Anchors that a pair must share, and as a share of the fewer of the two. With .2 half the pairs
are verified, and copies with 10 % misread characters go from .963 to .904."""

_SLICE = 1 << 19
"""Anchors that are sorted at a time, about: the hash space is cut into slices of equal width."""
_SIGNATURE_BITS = 20
"""Enough for a list's order; those of two and the number of a list fit into 64 bits."""
_PARAGRAPHS_AT_ONCE = 1 << 16
_LOWER = (1 << 32) - 1

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Worth = Callable[[Numbers, Numbers], Flags]


class _Population:
    """All paragraphs that may meet, as longer lists need them.

    Attributes:
        by_fullness: All paragraphs, the fullest first, of equal ones the earlier.
        places: Where each stands among those.
        sampled: How many anchors each has.
    """

    def __init__(self, anchors: Anchors, lengths: Numbers) -> None:
        """Take the anchors of all paragraphs and how long their keys are."""
        self._anchors = anchors
        self.by_fullness = np.argsort(-lengths.astype(np.int64), kind="stable")
        self.places = np.empty_like(self.by_fullness)
        self.places[self.by_fullness] = np.arange(len(lengths))
        self._starts = np.flatnonzero(_is_first(anchors.paragraphs))
        self.sampled = np.zeros(len(lengths), np.int64)
        counts = np.diff(np.append(self._starts, len(anchors.paragraphs)))
        self.sampled[anchors.paragraphs[self._starts]] = counts

    @cached_property
    def signatures(self) -> npt.NDArray[np.uint32]:
        """Smallest hashes of each paragraph's anchors, of 20 bits; shape (8, paragraphs)."""
        hashes, owners = self._anchors.hashes, self._anchors.paragraphs
        starts = self._starts
        found = np.zeros((_SIGNATURES, len(self.places)), np.uint32)
        for first in range(0, len(starts), _PARAGRAPHS_AT_ONCE):
            own = starts[first : first + _PARAGRAPHS_AT_ONCE]
            end = starts[first + len(own)] if first + len(own) < len(starts) else len(owners)
            words = _upper_half(hashes[own[0] : end])
            for number in range(_SIGNATURES):
                other = words * np.uint32(2 * number + 1) * np.uint32(0x9E3779B1)
                least = np.minimum.reduceat(other, own - own[0])
                found[number, owners[own]] = least >> np.uint32(32 - _SIGNATURE_BITS)
        return found


def _upper_half(hashes: npt.NDArray[np.uint32 | np.uint64]) -> npt.NDArray[np.uint32]:
    """Return the highest 32 bits of each hash."""
    unused = np.uint64(8 * hashes.itemsize - 32)
    return (hashes.astype(np.uint64) >> unused).astype(np.uint32)


def candidate_pairs(
    anchors: Anchors,
    chosen: Flags,
    lengths: Numbers,
    documents: Numbers | None = None,
    worth: Worth | None = None,
) -> Numbers:
    """Return the pairs of paragraphs that share enough anchors to be worth a comparison.

    Args:
        anchors: Of all paragraphs that may be part of a pair; those of one stand together.
        chosen: For each paragraph, fewer than 2**32, whether it takes part.
        lengths: Of all paragraphs (units of their keys): the longest is the fullest.
        documents: Document of each paragraph, when only pairs inside one document are wanted.
        worth: Tells of pairs, by their paragraphs, which are worth counting; the rest takes no room.

    Returns:
        Shape (pairs, 2), the earlier paragraph first, ascending, none twice.
    """
    population = _Population(anchors, lengths)
    counted, sure = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for own in _slices(anchors.hashes, chosen[anchors.paragraphs]):
        members = anchors.paragraphs[own].astype(np.int64)
        names = mix(anchors.hashes[own].astype(np.uint64))
        if documents is not None:
            names ^= documents[members].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        for ones, others, is_sure in _meetings(names, members, population):
            first, last = np.minimum(ones, others), np.maximum(ones, others)
            packed = first << 32 | last
            kept = packed if worth is None else packed[worth(first, last)]
            (sure if is_sure else counted).append(kept)
    packed, shared = _counted(counted)
    sampled = population.sampled
    fewer = np.minimum(sampled[packed >> 32], sampled[packed & _LOWER])
    packed = packed[shared >= np.maximum(_MIN_SHARED, _MIN_SHARED_RATIO * fewer)]
    packed, _ = _counted([packed, *sure])
    pairs = np.stack((packed >> 32, packed & _LOWER), axis=1)
    return pairs if documents is None else pairs[np.equal(*documents[pairs.T])]


def _counted(packed: list[Numbers]) -> tuple[Numbers, Numbers]:
    """Return the different values, ascending, and how often each is there; empties the list."""
    values = np.concatenate(packed)
    packed.clear()
    values.sort()
    starts = np.flatnonzero(_is_first(values))
    return values[starts], np.diff(np.append(starts, len(values)))


def _slices(hashes: npt.NDArray[Any], taking_part: Flags) -> Iterator[Numbers]:
    """Yield where those taking part are, slice by slice of the hash space, to sort few at once."""
    count = len(hashes) // _SLICE + 1
    unused = np.uint64(8 * hashes.itemsize - 16)
    slices = np.empty(len(hashes), np.uint16)
    for first in range(0, len(hashes), _SLICE):
        own = slice(first, first + _SLICE)
        slices[own] = (hashes[own].astype(np.uint64) >> unused) * np.uint64(count) >> np.uint64(16)
    slices[~taking_part] = count
    for number in range(count):
        yield np.flatnonzero(slices == number)


def _recurring(names: Hashes) -> Numbers:
    """Return where values stand that may occur twice: most do not, and need not be sorted."""
    places = np.arange(len(names))
    for shift in (0, 20):
        left = names[places] >> np.uint64(shift)
        mask = (1 << (2 * len(left)).bit_length()) - 1
        buckets = (left & np.uint64(mask)).astype(np.int64)
        places = places[np.bincount(buckets)[buckets] > 1]
    return places


def _is_first(values: npt.NDArray[np.generic]) -> Flags:
    """Return where a sorted array changes; its first element counts as a change."""
    is_first = np.ones(len(values), np.bool_)
    is_first[1:] = values[1:] != values[:-1]
    return is_first


def _meetings(
    names: Hashes, members: Numbers, population: _Population
) -> Iterator[tuple[Numbers, Numbers, bool]]:
    """Yield pairs of members of lists, and whether they are sure to share more than the phrase.

    Args:
        names: List of each member.
        members: Paragraphs; one may be in a list twice.
        population: All paragraphs.
    """
    recurring = _recurring(names)
    names, ranks = names[recurring], population.places[members[recurring]]
    order = np.lexsort((ranks, names))
    names, ranks = names[order], ranks[order]
    once = _is_first(names) | _is_first(ranks)
    names, members = names[once], population.by_fullness[ranks[once]]
    lists = np.cumsum(_is_first(names)) - 1
    is_long = (np.bincount(lists) > _LONGEST)[lists]
    for ones, others in _neighbours(lists[~is_long], members[~is_long], _LONGEST - 1):
        yield ones, others, False
    if is_long.any():
        yield from _long_meetings(names[is_long], members[is_long], population)


def _neighbours(
    lists: Numbers, members: Numbers, farthest: int
) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the pairs inside of equal lists that stand up to so far apart."""
    for distance in range(1, farthest + 1):
        found = np.flatnonzero(lists[distance:] == lists[:-distance])
        if not len(found):
            return
        yield members[found], members[found + distance]


def _behind_heads(
    lists: Numbers, members: Numbers, heads: int, nearest: int
) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield pairs of each list's first few and the members that far behind them, or farther."""
    places = np.arange(len(lists))
    starts = np.maximum.accumulate(np.where(_is_first(lists), places, 0))
    for head in range(heads):
        far = np.flatnonzero(places - starts - head >= nearest)
        yield members[starts[far] + head], members[far]


def _long_meetings(
    names: Hashes, members: Numbers, population: _Population
) -> Iterator[tuple[Numbers, Numbers, bool]]:
    """Yield meetings in long lists, whose members are ordered by fullness."""
    lists = np.cumsum(_is_first(names)) - 1
    for ones, others in _behind_heads(lists, members, _HEADS, nearest=1):
        yield ones, others, False
    choice = (names & np.uint64(_SIGNATURES - 1)).astype(np.int64)
    found = population.signatures
    ones = lists << _SIGNATURE_BITS | found[choice, members]
    both = ones << _SIGNATURE_BITS | found[(choice + 1) % _SIGNATURES, members]
    order = np.argsort(both, kind="stable")
    ones, both, members = ones[order], both[order], members[order]
    for pair in _neighbours(ones, members, _NEXT):
        yield *pair, True
    for pair in _behind_heads(both, members, 1, nearest=_NEXT + 1):
        yield *pair, True
