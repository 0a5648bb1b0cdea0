"""Where lines stand between page marks and blank lines."""

from dataclasses import dataclass

import numpy as np

from flows.lines.classes import Flags
from flows.lines.layout import Layout
from flows.lines.windows import Ints, distances


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Where lines stand between page marks and blank lines; one entry a line.

    Attributes:
        starts: Whether a page begins with the line, as far as form feeds tell.
        edge: Lines to the nearest page mark, itself counted as 0.
        room_before: Line feeds between the line before and this one.
        room_after: Line feeds between this line and the next.
    """

    starts: Flags
    edge: Ints
    room_before: Ints
    room_after: Ints


def page_places(layout: Layout) -> Page:
    """Return where each line of a batch stands on its page."""
    lines = layout.lines
    is_same = lines.document[1:] == lines.document[:-1]
    starts = np.append(True, ~is_same | (np.diff(lines.page) > 0))
    ends_page = np.append(starts[1:], True)
    after_mark, _ = distances(starts, lines.document)
    _, before_mark = distances(ends_page, lines.document)
    step = np.where(is_same, np.diff(lines.number), 9)
    return Page(starts, np.minimum(after_mark, before_mark), np.append(9, step), np.append(step, 9))
