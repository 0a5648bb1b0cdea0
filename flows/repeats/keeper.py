"""Which copy stays: the fullest, else the first.

Copies form a graph whose edges are verified pairs. Joining all that hang together would remove a
paragraph for one it was never compared with, so only the direct neighbours of a keeper go.

Of two near copies neither is fuller: what one is longer by is noise. Copies are taken from the
longest downwards, and each gives way to the first of its near copies. "The fuller one, else the
first", applied pair by pair, may run in a circle and remove all of them.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from flows.repeats.verification import Relation


def choose_keepers(
    edges: Mapping[tuple[int, int], Relation], lengths: npt.NDArray[np.int64]
) -> dict[int, int]:
    """Return for each paragraph that goes the one that stays for it.

    Args:
        edges: Pairs verified as copies, and how. Paragraphs are numbered in document order.
        lengths: Of every paragraph (characters of its key).

    Returns:
        Removed to kept. Each of these pairs is one of ``edges``; no kept one is itself removed.

    >>> cut = Relation.TRUNCATED
    >>> choose_keepers({(0, 1): cut, (1, 2): Relation.NEAR}, np.array([40, 90, 91]))
    {0: 1, 2: 1}
    """
    copies: dict[int, dict[int, Relation]] = defaultdict(dict)
    for (one, other), relation in edges.items():
        copies[one][other] = copies[other][one] = relation
    kept_for: dict[int, int] = {}
    settled: set[int] = set()
    for fullest in sorted(copies, key=lambda number: (-int(lengths[number]), number)):
        if fullest in settled:
            continue
        as_full = [
            copy
            for copy, relation in copies[fullest].items()
            if relation is Relation.NEAR and copy not in settled
        ]
        keeper = min([fullest, *as_full])
        settled.add(keeper)
        for copy in sorted(copies[keeper].keys() - settled):
            kept_for[copy] = keeper
            settled.add(copy)
    return kept_for
