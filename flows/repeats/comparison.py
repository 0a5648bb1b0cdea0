"""Two comparison keys side by side, and the stretches in which they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_NOISY_CHANGES, _NOISY_SHARE = 4, 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch in which two keys differ.

    Attributes:
        start, end: Half-open place in the first key.
        other_start, other_end: Half-open place in the second key.
        edits: Characters replaced, put in or left out.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    edits: int


@dataclass(frozen=True)
class Comparison:
    """Two keys and all in which they differ, in order."""

    first: str
    second: str
    changes: Sequence[Change]
    is_chinese: bool

    @cached_property
    def length(self) -> int:
        """Characters of the longer key."""
        return max(len(self.first), len(self.second))

    @cached_property
    def edits(self) -> int:
        """Characters changed in all."""
        return sum(change.edits for change in self.changes)

    @cached_property
    def is_noisy(self) -> bool:
        """Whether there are so many changes that one of them may be any misreading."""
        return self.edits >= _NOISY_CHANGES and self.edits > _NOISY_SHARE * self.length

    def sides(self, change: Change) -> tuple[str, str]:
        """Return what stands in the two keys where they differ."""
        return (
            self.first[change.start : change.end],
            self.second[change.other_start : change.other_end],
        )
