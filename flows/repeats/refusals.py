"""Pairs of paragraphs that verification refused, remembered from one settlement to the next.

Many pairs that are compared share a formula or a quotation and are no copies: half of them at
100,000 paragraphs put together from sentences, nearly all among texts of formulas. Whether two are alike depends on their keys and on the program alone, so a pair
is known by the digests of both keys, wherever they stand, and a refusal can never be out of date as
long as it is used by the very program that wrote it. Pairs found alike are few and are verified
again. So nothing that is remembered can change a decision; it only saves the time to make it.
"""

import numpy as np
import numpy.typing as npt

from flows.repeats.anchors import mix

Digests = npt.NDArray[np.uint64]


class Refusals:
    """What was refused before, and what is refused now.

    Attributes:
        known: Refused before; shape (pairs, 2), ascending.
    """

    def __init__(self, known: Digests | None = None) -> None:
        """Start from what `of_this_run` gave in an earlier run, or from nothing."""
        self.known = np.zeros((0, 2), np.uint64) if known is None else known
        self._refused: list[Digests] = []

    def among(self, ones: Digests, others: Digests) -> npt.NDArray[np.bool_]:
        """Return which pairs, by the digests of their keys, are known to be refused.

        >>> refusals = Refusals()
        >>> river, lake = np.array([[1, 2]], np.uint64), np.array([[3, 4]], np.uint64)
        >>> refusals.add(river, lake)
        >>> Refusals(refusals.of_this_run()).among(lake, river).tolist()
        [True]
        """
        pairs = _names(ones, others)
        if not len(self.known):
            return np.zeros(len(pairs), np.bool_)
        places = np.searchsorted(self.known[:, 0], pairs[:, 0])
        places = np.minimum(places, len(self.known) - 1)
        return np.asarray((self.known[places] == pairs).all(axis=1))

    def add(self, ones: Digests, others: Digests) -> None:
        """Remember pairs, by the digests of their keys, as refused in this run."""
        self._refused.append(_names(ones, others))

    def of_this_run(self) -> Digests:
        """Return all that was refused in this run; shape (pairs, 2), ascending."""
        pairs = np.concatenate([np.zeros((0, 2), np.uint64), *self._refused])
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        is_new = np.ones(len(pairs), np.bool_)
        is_new[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
        return pairs[is_new]


def _names(ones: Digests, others: Digests) -> Digests:
    """Return 128 bits for each pair, the same in either order."""
    is_first = (ones[:, 0] < others[:, 0])[:, None]
    low, high = np.where(is_first, ones, others), np.where(is_first, others, ones)
    return mix(low ^ mix(high))
