"""Applying and undoing edits. Steps only propose; this is the only place where text changes."""

from collections.abc import Iterator, Sequence
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
    length = len(text)
    for rule, start, end, after, _, _ in edits:
        if not done <= start <= end <= length:
            raise OverlappingEditsError(
                f"{rule} claims {start}:{end} of {length} code points, "
                f"where the edit before it ends at {done}"
            )
        pieces += text[done:start], after
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def make_layer(step: str, text: str, edits: Sequence[Edit]) -> Layer:
    """Return the layer that ``edits`` of ``text`` make, with what each of them takes out."""
    return Layer(step, tuple(edits), tuple([text[start:end] for _, start, end, _, _, _ in edits]))


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


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return edits of ``text`` that do what two passes do, one after the other.

    Args:
        text: The text that ``first`` was proposed for.
        first: Edits in ascending, disjoint order.
        second: The same for the text that ``first`` makes; none of them is an insertion.

    Returns:
        One edit for each of the second pass, which takes in what the first changed inside its
        span, and those of the first that none of the second touches.

    >>> first = [Edit("a.deleted", 1, 2, ""), Edit("a.digit", 4, 5, "1")]
    >>> compose("o_x 2", first, [Edit("b.word", 0, 2, "ax")])
    ... # doctest: +NORMALIZE_WHITESPACE
    [Edit(rule='b.word', start=0, end=3, after='ax', score=1.0, partner=-1),
     Edit(rule='a.digit', start=4, end=5, after='1', score=1.0, partner=-1)]
    """
    between = apply_edits(text, first)
    result: list[Edit] = []
    grown = 0  # by the edits of the first pass so far: from places in `text` to places in `between`
    for group in _overlapping([*_as_made(first), *((edit, edit, True) for edit in second)]):
        start, end = group[0][0].start, max(span.end for span, _, _ in group)
        before = start - grown
        grown += sum(len(edit.after) - edit.end + edit.start for _, edit, late in group if not late)
        late = [edit for _, edit, is_late in group if is_late]
        if not late:
            result.append(group[0][1])
            continue
        moved = [edit._replace(start=edit.start - start, end=edit.end - start) for edit in late]
        after = apply_edits(between[start:end], moved)
        result.append(late[-1]._replace(start=before, end=end - grown, after=after))
    return result


_Made = tuple[Edit, Edit, bool]
"""An edit with the span of what it made, the edit itself, and whether it is of the second pass."""


def _as_made(edits: Sequence[Edit]) -> Iterator[_Made]:
    """Yield each edit with its span in the text that all of them make."""
    grown = 0
    for edit in edits:
        start = edit.start + grown
        grown += len(edit.after) - (edit.end - edit.start)
        yield edit._replace(start=start, end=edit.end + grown), edit, False


def _overlapping(made: list[_Made]) -> Iterator[list[_Made]]:
    """Yield groups of edits whose spans overlap; a deletion belongs to what reaches beyond it."""
    group: list[_Made] = []
    reach = 0
    for one in sorted(made, key=lambda one: (one[0].start, one[0].end)):
        if group and one[0].start >= reach:
            yield group
            group = []
        reach = max(reach, one[0].end) if group else one[0].end
        group.append(one)
    if group:
        yield group
