"""Where the kept copy of a removed repeat stands in the published text.

A step names the copy it kept by its place in the text the step was given. Later edits move that
place, and the copy may have been removed in turn, in favour of a third. What is published must
point at a paragraph that is really there, so places are followed through all later edits, from
copy to copy.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from flows.edits import Layer
from flows.text.paragraphs import paragraph_spans


class Follower:
    """Follows places of a layer's input to its output."""

    def __init__(self, layer: Layer) -> None:
        """Sum up how far each edit of ``layer`` moves what follows it."""
        self._edits = layer.edits
        self._starts = [edit.start for edit in layer.edits]
        growths = (len(edit.after) - (edit.end - edit.start) for edit in layer.edits)
        self._grown = [0, *accumulate(growths)]

    def follow(self, place: int) -> int:
        """Return where code point ``place`` of the input stands in the output.

        A removed copy is followed to the one that was kept; any other replaced code point to
        where its replacement starts.
        """
        for _ in range(len(self._edits) + 1):
            last = bisect_right(self._starts, place) - 1
            if last < 0 or self._edits[last].end <= place:
                return place + self._grown[last + 1]
            partner = self._edits[last].partner
            if partner < 0:
                return self._edits[last].start + self._grown[last]
            place = partner
        raise ValueError(f"copies that name each other as kept, around code point {place}")


def kept_paragraphs(text: str, layers: Sequence[Layer], place: int) -> list[int]:
    r"""Return the paragraph of ``text`` that each edit of a layer names as the copy kept.

    Args:
        text: The text after all ``layers``.
        layers: Every layer of the document, in order.
        place: Which of them.

    Returns:
        One number an edit, counted from 0; -1 for an edit without a partner.

    >>> from schemas.edit import Edit
    >>> cut = Edit("repeats.exact", 8, 12, "", partner=3)
    >>> kept_paragraphs("甲\n\n灯亮。\n\n乙", [Layer("repeats", (cut,), ("灯亮。\n",))], 0)
    [1]
    """
    if all(edit.partner < 0 for edit in layers[place].edits):
        return [-1] * len(layers[place].edits)
    followers = [Follower(layer) for layer in layers[place:]]
    starts = [start for start, _ in paragraph_spans(text)]
    kept: list[int] = []
    for edit in layers[place].edits:
        position = edit.partner
        for follower in followers if position >= 0 else ():
            position = follower.follow(position)
        kept.append(bisect_right(starts, position) - 1)
    return kept
