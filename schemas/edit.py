"""The one unit of provenance: a replaced span of text, and the row in which it is published."""

from typing import NamedTuple

from pydantic import Field

from schemas.record import Count, DocumentId, Ratio, Record


class Edit(NamedTuple):
    """One replacement, in code points of the text that the step was given.

    A named tuple, because a corpus has millions and it is made 3.5 times as fast as a data class.

    Attributes:
        rule: Name of the rule that asked for it, such as ``line_breaks.sentence_cut``.
        start: First code point replaced, counted from 0.
        end: One past the last code point replaced; equal to ``start`` for an insertion.
        after: The text put there; empty for a deletion.
        score: How sure a scored rule was, 0 to 1; 1 for a rule that does not weigh.
        partner: For a removed repeat, where the kept copy starts in the same text (code points);
            -1 for every other edit.
    """

    rule: str
    start: int
    end: int
    after: str
    score: float = 1.0
    partner: int = -1


class EditRow(Record):
    """One edit as published. All rows of a document, undone from the last, give its source.

    Rows stand in the order document, layer, start. A layer is one step's edits; all its offsets
    are code points of the text that the step was given.
    """

    document_id: DocumentId
    layer: Count = Field(description="Place of the step in the pipeline, counted from 0.")
    rule: str = Field(min_length=1, description="Step and rule, such as `line_breaks.wrapped`.")
    start: Count = Field(description="First code point replaced, in the text the step was given.")
    end: Count = Field(description="One past the last code point replaced.")
    before: str = Field(description="The text taken out.")
    after: str = Field(description="The text put in its place.")
    score: Ratio = Field(description="How sure the rule was; 1.0 where it does not weigh.")
