"""Sums, quantiles and maxima over neighbouring lines that never look across a document's border.

All lines of a batch lie in one array, document after document. What is said of a line may depend
on its own document only, or the answer for a text would change with the texts beside it; so every
function here takes the documents' ranges, or the number of each line's document.
"""

import numpy as np
import numpy.typing as npt

from flows.lines.classes import Flags

Ints = npt.NDArray[np.int64]

FAR = 99  # "no such line in this document"


def range_sums(values: npt.NDArray[np.generic], first: Ints, end: Ints) -> Ints:
    """Return the sum of ``values[first:end]`` for each pair of bounds.

    >>> range_sums(np.array([1, 2, 3, 4]), np.array([0, 2]), np.array([2, 4])).tolist()
    [3, 7]
    """
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    return sums[end] - sums[first]


def holds_any(places: Ints, start: Ints, end: Ints) -> Flags:
    """Return for each stretch whether one of ``places``, which ascend, lies in it.

    >>> holds_any(np.array([3, 9]), np.array([0, 4]), np.array([4, 9])).tolist()
    [True, False]
    """
    found: Flags = np.searchsorted(places, end) > np.searchsorted(places, start)
    return found


def percent(flags: Flags, first: Ints, end: Ints) -> Ints:
    """Return how many in a hundred of ``flags[first:end]`` are set, for each pair of bounds."""
    share: Ints = range_sums(flags, first, end) * 100 // np.maximum(end - first, 1)
    return share


def quantile(values: Ints, group: Ints, first: Ints, end: Ints, share: float) -> Ints:
    """Return for each group the value below which ``share`` of its values lie.

    Args:
        values: One a line, 0 to 2**24 - 1; a greater one counts as the greatest.
        group: Number of each line's group, ascending.
        first: Where each group begins.
        end: Where it ends.
        share: 0 to 1.

    Returns:
        One value a group; 0 for an empty one.

    >>> groups = np.array([0, 0, 0, 1])
    >>> quantile(np.array([9, 5, 7, 1]), groups, np.array([0, 3]), np.array([3, 4]), 0.5).tolist()
    [7, 1]
    """
    if not len(values):
        return np.zeros(len(first), np.int64)
    ordered = np.sort((group << 24) | np.minimum(values, (1 << 24) - 1)) & ((1 << 24) - 1)
    place = np.minimum(first + ((end - first) * share).astype(np.int64), end - 1)
    return np.where(end > first, ordered[np.maximum(place, 0)], 0)


def sliding_max(values: Ints, group: Ints, reach: int) -> Ints:
    """Return the greatest value fewer than ``reach`` lines away, in the same group.

    ``reach`` is a power of two; values are not negative.

    >>> sliding_max(np.array([5, 1, 2, 9]), np.array([0, 0, 0, 1]), 2).tolist()
    [5, 5, 2, 9]
    """
    if not len(values):
        return values
    place = np.arange(len(values)) + (group + 1) * reach  # the groups lie ``reach`` apart
    spread = np.zeros(place[-1] + 2 * reach, np.int64)
    spread[place] = values
    width = 1
    while width < reach:
        spread[:-width] = np.maximum(spread[:-width], spread[width:])
        width *= 2
    greatest: Ints = np.maximum(spread[place], spread[place - reach + 1])
    return greatest


def distances(flags: Flags, group: Ints) -> tuple[Ints, Ints]:
    """Return the number of lines to the nearest set flag before and after, in the same group.

    A line's own flag counts, as 0. ``FAR`` stands for none.
    """
    count = len(flags)
    at = np.arange(count)
    before = np.maximum.accumulate(np.where(flags, at, -1))
    after = np.minimum.accumulate(np.where(flags, at, count)[::-1])[::-1]
    has_before = (before >= 0) & (group[before] == group)
    has_after = (after < count) & (group[np.minimum(after, count - 1)] == group)
    return np.where(has_before, at - before, FAR), np.where(has_after, after - at, FAR)


def running_distance(starts: Flags) -> Ints:
    """Return how many places after the last start each place lies; the first one is a start."""
    at = np.arange(len(starts))
    return at - np.maximum.accumulate(np.where(starts, at, 0))
