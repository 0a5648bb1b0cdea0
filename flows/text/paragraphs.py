r"""Paragraphs of a text in normal form: separated by a blank line, ``\n\n``.

One ``\n`` is a break inside a paragraph (verse, table, code, address) and separates nothing.
"""

from collections.abc import Collection, Sequence

SEPARATOR = "\n\n"


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    r"""Return where each paragraph starts and ends, without its separators.

    Args:
        text: Any text; line feeds beyond a pair belong to no paragraph.

    Returns:
        Half-open spans in code points of ``text``, ascending; none is empty.

    >>> paragraph_spans("晨雾\n散去\n\n\n船开了")
    [(0, 5), (8, 11)]
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for piece in text.split(SEPARATOR):
        end = start + len(piece)
        if piece and piece[0] != "\n" != piece[-1]:
            spans.append((start, end))
        elif inner := piece.strip("\n"):
            first = end - len(piece.lstrip("\n"))
            spans.append((first, first + len(inner)))
        start = end + len(SEPARATOR)
    return spans


def removal_spans(
    spans: Sequence[tuple[int, int]], removed: Collection[int]
) -> list[tuple[int, int]]:
    r"""Return what to delete so that ``removed`` paragraphs go and the rest stays in normal form.

    A paragraph goes with the separator before it; those at the head of the text, which have none,
    go with the separator after it.

    Args:
        spans: Of all paragraphs, from `paragraph_spans`.
        removed: Numbers of the paragraphs to delete, counted from 0.

    Returns:
        One half-open span a removed paragraph, ascending and disjoint.

    >>> text = "一\n\n二\n\n三\n\n四"
    >>> removal_spans(paragraph_spans(text), {0, 2})
    [(0, 3), (4, 7)]
    """
    deletions: list[tuple[int, int]] = []
    at_head = True
    for number, (start, end) in enumerate(spans):
        if number not in removed:
            at_head = False
        elif not at_head:
            deletions.append((spans[number - 1][1], end))
        else:
            deletions.append((start, spans[number + 1][0] if number + 1 < len(spans) else end))
    return deletions
