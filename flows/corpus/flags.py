"""What a person should look at in a document, as names in its record."""

from flows.decoding.decoded import Decoded
from flows.lines.interleaving import is_interleaved
from flows.pipeline import CleanText
from flows.steps.line_breaks import doubtful_joins
from flows.text.characters import character_flags

# So many doubtful joins had 46 of 1,480 generated development documents (91 of 201 such joins were
# wrong), 22 of 120 read back from pages (18 of the 62 that could be judged), and 31 of 400 of
# ``benchmarks.line_quality`` (29 of 140). A single one had 268, 60 and 125.
_MIN_DOUBTFUL_JOINS = 3


def document_flags(decoded: Decoded, clean: CleanText) -> str:
    """Return the flags of a document as they are published: each once, in alphabetical order.

    Args:
        decoded: What its bytes were read as.
        clean: The decoded text after the pipeline, with one layer a step.
    """
    joins = sum(len(doubtful_joins(layer.edits)) for layer in clean.layers)
    flags = {*decoded.flags, *character_flags(clean.text)}
    if joins >= _MIN_DOUBTFUL_JOINS:
        flags.add("doubtful_joins")
    if is_interleaved(decoded.text):
        flags.add("interleaved_columns")
    return " ".join(sorted(flags))
