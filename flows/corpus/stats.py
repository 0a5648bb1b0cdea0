"""The account of one document, which must add up to the code point.

What the decoded text holds, less what edits took out, plus what they put in, is what the clean text
holds; part of what was taken out is removed text, the rest was replaced.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from flows.decoding.ladder import Decoded
from flows.edits import Layer
from flows.pipeline import CleanText
from flows.steps.line_breaks import JOIN_RULES
from flows.steps.split_words import REJOIN_RULES
from flows.text.paragraphs import paragraph_spans
from schemas.document import Stats
from schemas.removal import Removal


def document_stats(decoded: Decoded, clean: CleanText, removals: Sequence[Removal]) -> Stats:
    """Return what was done to a document.

    Args:
        decoded: What its bytes were read as.
        clean: The decoded text after the pipeline.
        removals: What of it goes on record as removed text.
    """
    edits = [edit for layer in clean.layers for edit in layer.edits]
    deleted = sum(edit.end - edit.start for edit in edits)
    inserted = sum(len(edit.after) for edit in edits)
    layers = {layer.step: layer for layer in clean.layers}
    nothing = Layer("", (), ())
    return Stats(
        chars_decoded=len(decoded.text),
        chars_text=len(clean.text),
        chars_deleted=deleted,
        chars_inserted=inserted,
        chars_removed=sum(len(removal.removed_text) for removal in removals),
        chars_undecodable=decoded.undecodable,
        chars_lost=decoded.marks.lost,
        chars_nul=decoded.marks.nul,
        chars_control=decoded.marks.control,
        chars_private_use=decoded.marks.private_use,
        paragraphs=len(paragraph_spans(clean.text)),
        edits=len(edits),
        lines_joined=sum(edit.rule in JOIN_RULES for edit in edits),
        words_rejoined=sum(edit.rule in REJOIN_RULES for edit in edits),
        script_chars_converted=_count_converted(layers.get("script", nothing)),
        furniture_removed=len(layers.get("furniture", nothing).edits),
        repeats_removed=len(layers.get("repeats", nothing).edits),
        shared_repeats_removed=0,
        kept_ratio=kept_ratio(len(decoded.text), deleted, inserted),
    )


def _count_converted(layer: Layer) -> int:
    """Return how many code points a layer of replacements changed.

    Where a replacement has another length there is no telling which code point became which; all
    of the longer side count.
    """
    pairs = [(before, edit.after) for edit, before in zip(layer.edits, layer.before, strict=True)]
    aligned = [(before, after) for before, after in pairs if len(before) == len(after)]
    unaligned = sum(
        max(len(before), len(after)) for before, after in pairs if len(before) != len(after)
    )
    given = _code_points("".join(before for before, _ in aligned))
    made = _code_points("".join(after for _, after in aligned))
    return unaligned + int(np.count_nonzero(given != made))


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def kept_ratio(decoded: int, deleted: int, inserted: int) -> float:
    """Return which share of the decoded code points was not lost, all edits taken together.

    >>> kept_ratio(200, 30, 10)
    0.9
    """
    lost = max(0, deleted - inserted)
    return 1.0 - lost / decoded if decoded else 1.0
