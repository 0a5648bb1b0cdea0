"""Which pairs cannot be copies, told by what characters they have, before they are aligned.

Formulas and quotations make most pairs that share anchors: paragraphs with a sentence in common and
nothing else. Each character of the shorter one that the longer lacks costs at least one edit, and
verification allows few. A profile notes in 512 bits which characters a key has; several share a bit,
so that a profile may let a pair pass but never stops one that verification would find alike.

Letters are few, so in alphabetic scripts nearly all pairs pass.
"""

import numpy as np
import numpy.typing as npt

from flows.repeats.verification import MAX_LACKING

Profiles = npt.NDArray[np.uint64]

_BITS, _SHIFT = 512, 23
"""A tenth of the pairs that pass 256 bits pass 512, and with exact sets half of those do."""
_ROWS_AT_ONCE, _PAIRS_AT_ONCE = 1 << 12, 1 << 13


def profiles_of(units: npt.NDArray[np.uint32], lengths: npt.NDArray[np.int64]) -> Profiles:
    """Return which characters keys have.

    Args:
        units: The keys, end to end.
        lengths: Units of each key.

    Returns:
        Shape (keys, 8).

    >>> profiles_of(np.array([0x6C5F, 0x6C34, 0x6C34], np.uint32), np.array([1, 2])).shape
    (2, 8)
    """
    bits = (units * np.uint32(2654435761)) >> np.uint32(_SHIFT)
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    packed = np.zeros((len(lengths), _BITS // 64), np.uint64)
    for first in range(0, len(lengths), _ROWS_AT_ONCE):
        last = min(first + _ROWS_AT_ONCE, len(lengths))
        seen = np.zeros((last - first, _BITS), np.bool_)
        rows = np.repeat(np.arange(last - first), lengths[first:last])
        seen[rows, bits[bounds[first] : bounds[last]]] = True
        packed[first:last] = np.packbits(seen, axis=1).view(np.uint64)
    return packed


def may_be_copies(
    profiles: Profiles,
    lengths: npt.NDArray[np.int64],
    ones: npt.NDArray[np.int64],
    others: npt.NDArray[np.int64],
) -> npt.NDArray[np.bool_]:
    """Return which pairs of rows have too much in common to be ruled out.

    Args:
        profiles: Of all rows.
        lengths: Of all rows (units of their keys).
        ones: A row of each pair.
        others: The other row of each pair.
    """
    may = np.empty(len(ones), np.bool_)
    for first in range(0, len(ones), _PAIRS_AT_ONCE):
        own = slice(first, first + _PAIRS_AT_ONCE)
        is_shorter = lengths[ones[own]] <= lengths[others[own]]
        short = np.where(is_shorter, ones[own], others[own])
        long = np.where(is_shorter, others[own], ones[own])
        lacking = profiles.take(short, axis=0)
        lacking &= ~profiles.take(long, axis=0)
        may[own] = np.bitwise_count(lacking).sum(axis=1) <= 1 + MAX_LACKING * lengths[short]
    return may
