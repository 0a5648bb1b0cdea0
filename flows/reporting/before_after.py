r"""What each step did to one document, edit by edit, for a person to read.

An edit is shown as ``git diff --word-diff`` shows it, ``[-taken out-]{+put in+}``, between a little
of the text around it, so that it reads in a pipe as it does in colour. Breaks show as arrows and
characters that cannot be seen as their escapes: those are what most repairs are about.
"""

from collections.abc import Iterator, Sequence

from rich.text import Text

from flows.edits import Layer, apply_edits
from flows.text.display import counted, visible
from schemas.edit import Edit

CONTEXT_CHARS = 24
"""Code points shown on either side of an edit: about a line of Chinese prose in all."""

LONGEST_SHOWN_CHARS = 160
"""Of a longer passage the middle is left out and counted (code points)."""

# A space that a reader would take for another one shows as its escape; the ideographic one is
# known by its width.
_LOOKALIKE_SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
)
_SIGNS = str.maketrans(
    {"\n": "↵", "\f": "⇟"} | {space: f"\\u{ord(space):04x}" for space in _LOOKALIKE_SPACES}
)


def before_after(text: str, layers: Sequence[Layer], limit: int = 20) -> Iterator[Text]:
    """Yield the edits of a document as lines to print, layer by layer.

    Args:
        text: The decoded text, as the first layer's step was given it.
        layers: All layers of the document, in the order the steps ran.
        limit: Edits shown of each layer; 0 shows all. What is not shown is counted.

    Yields:
        A heading for each layer that changed something, then its edits.
    """
    for layer in layers:
        if layer.edits:
            yield _heading(layer)
            shown = layer.edits[: limit or None]
            yield from (_edit_line(text, edit) for edit in shown)
            if hidden := len(layer.edits) - len(shown):
                yield Text(f"  … {hidden:,} more not shown", style="dim")
        text = apply_edits(text, layer.edits)


def _heading(layer: Layer) -> Text:
    return Text.assemble((layer.step, "bold"), f"  {counted(len(layer.edits), 'edit')}")


def _edit_line(text: str, edit: Edit) -> Text:
    """Return one edit in its context: rule, place, evidence where there is some, and the change."""
    before = text[max(0, edit.start - CONTEXT_CHARS) : edit.start]
    after = text[edit.end : edit.end + CONTEXT_CHARS]
    taken = _cut(text[edit.start : edit.end])
    score = f" · {edit.score:.2f}" if edit.score < 1 else ""
    copy = f" · copy kept at {edit.partner:,}" if edit.partner >= 0 else ""
    return Text.assemble(
        (f"  {edit.rule} at {edit.start:,}{score}{copy}\n", "dim"),
        f"    {'…' if edit.start > CONTEXT_CHARS else ''}{with_signs(before)}",
        (f"[-{taken}-]" if taken else "", "red"),
        (f"{{+{_cut(edit.after)}+}}" if edit.after else "", "green"),
        f"{with_signs(after)}{'…' if edit.end + CONTEXT_CHARS < len(text) else ''}",
    )


def with_signs(text: str) -> str:
    """Return ``text`` on one line: breaks as arrows, characters that cannot be seen as escapes."""
    return visible(text.translate(_SIGNS))


def _cut(passage: str) -> str:
    hidden = len(passage) - LONGEST_SHOWN_CHARS
    if hidden <= 0:
        return with_signs(passage)
    half = LONGEST_SHOWN_CHARS // 2
    return f"{with_signs(passage[:half])} … {hidden:,} characters … {with_signs(passage[-half:])}"
