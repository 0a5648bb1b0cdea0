"""Where a text and its conversion differ, line by line."""

from collections.abc import Iterator

import numpy as np

from flows.text.code_points import code_points


def changed_spans(before: str, after: str) -> Iterator[tuple[int, int]]:
    r"""Yield for each line that differs the span from its first difference to its last.

    Args:
        before: A text.
        after: A text of the same length, with line and form feeds in the same places.

    >>> [*changed_spans("abcde\nfgh\nijk", "aBcDe\nfgh\nijK")]
    [(1, 4), (12, 13)]
    """
    old, new = code_points(before), code_points(after)
    changed = np.flatnonzero(old != new)
    if not changed.size:
        return
    line = np.searchsorted(np.flatnonzero((old == ord("\n")) | (old == ord("\f"))), changed)
    turns = np.flatnonzero(np.diff(line))
    firsts, lasts = changed[np.append(0, turns + 1)], changed[np.append(turns, -1)]
    yield from zip(firsts.tolist(), (lasts + 1).tolist(), strict=True)
