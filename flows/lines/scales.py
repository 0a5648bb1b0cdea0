"""Turn measures into small numbers, the steps of a scale: trees ask no finer, and bytes are fast."""

import numpy as np

from flows.lines.classes import Flags
from flows.lines.model import Column
from flows.lines.windows import Ints


class Scale:
    """Turns a measure into a small number: how many of the cuts it reaches."""

    def __init__(self, *cuts: int) -> None:
        """Take the cuts, ascending."""
        self._lowest, self._highest = cuts[0] - 1, cuts[-1] + 1
        measures = np.arange(self._lowest, self._highest + 1)
        self._step = np.searchsorted(np.array(cuts), measures, side="right").astype(np.uint8)

    def __call__(self, measures: Ints) -> Column:
        """Return the step of each measure."""
        return self._step[np.clip(measures, self._lowest, self._highest) - self._lowest]


def presence(flags: Flags) -> Column:
    """Return 1 for each set flag, 0 for the others."""
    return flags.astype(np.uint8)
