"""Applying and undoing edits. Steps only propose; this is the only place where text changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.edit import Edit


class OverlappingEditsError(ValueError):
    """Two edits of one step claim the same code points; the step has a bug."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One step's edits of one document, with the texts they took out, so that they invert.

    Attributes:
        step: Name of the step.
        edits: Ascending and disjoint, in code points of the text the step was given.
        before: What each edit took out, in the same order.
    """

    step: str
    edits: tuple[Edit, ...]
    before: tuple[str, ...]


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    r"""Return ``text`` with every edit made.

    Args:
        text: The text the edits were proposed for.
        edits: Edits in ascending, disjoint order; offsets are code points of ``text``.

    Returns:
        The edited text.

    Raises:
        OverlappingEditsError: If an edit starts before the one before it ends, or lies outside.

    >>> apply_edits("长堤上的灯亮\n了", [Edit("line_breaks.wrapped", 6, 7, "")])
    '长堤上的灯亮了'
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(text):
            raise OverlappingEditsError(
                f"{edit.rule} claims {edit.start}:{edit.end} of {len(text)} code points, "
                f"where the edit before it ends at {done}"
            )
        pieces += text[done : edit.start], edit.after
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


def make_layer(step: str, text: str, edits: Sequence[Edit]) -> Layer:
    """Return the layer that ``edits`` of ``text`` make, with what each of them takes out."""
    return Layer(step, tuple(edits), tuple(text[edit.start : edit.end] for edit in edits))


def undo_layer(text: str, layer: Layer) -> str:
    r"""Return the text that the layer's step was given.

    Args:
        text: The text that the step made.
        layer: Its edits and what they took out.

    Returns:
        The text before the step, code point for code point.

    Raises:
        ValueError: If ``text`` is not the text that these edits made.

    >>> edits = [Edit("line_breaks.wrapped", 6, 7, "")]
    >>> undo_layer("长堤上的灯亮了", make_layer("line_breaks", "长堤上的灯亮\n了", edits))
    '长堤上的灯亮\n了'
    """
    pieces: list[str] = []
    done = grown = 0
    for edit, before in zip(layer.edits, layer.before, strict=True):
        start = edit.start + grown
        pieces += text[done:start], before
        done = start + len(edit.after)
        if text[start:done] != edit.after:
            raise ValueError(f"{edit.rule} at {edit.start} did not make this text")
        grown += len(edit.after) - len(before)
    pieces.append(text[done:])
    return "".join(pieces)
