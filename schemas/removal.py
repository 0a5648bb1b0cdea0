"""Text that was taken out of a document on purpose: page furniture, repeats, whole copies."""

from pydantic import Field

from schemas.record import Count, DocumentId, OptionalDocumentId, Ratio, Record


class Removal(Record):
    """One removed passage, with the copy that was kept where it was a repeat.

    A document that is rejected as a copy of others has rows too. Those of its `shared_repeats`
    rules, one after the other, are the whole text that step was given.
    """

    document_id: DocumentId
    source_path: str = Field(description="Path below the raw folder, safe to display.")
    layer: Count = Field(description="Place of the step in the pipeline, counted from 0.")
    rule: str = Field(min_length=1, description="Why it was removed, such as `repeats.truncated`.")
    start: Count = Field(
        description="Where it stood, in code points of the text the step was given."
    )
    removed_text: str = Field(min_length=1, description="The passage, white space around included.")
    kept_document_id: OptionalDocumentId = Field(
        description="The document that holds the kept copy; empty when there is none."
    )
    kept_paragraph: int = Field(
        ge=-1, description="Its paragraph in the published text, counted from 0; -1 for none."
    )
    similarity: Ratio = Field(description="Share of the shorter copy found in the kept one.")


class ExplainedRemoval(Removal):
    """One removed passage beside the copy that was kept for it: a line of `jiaokan why --json`."""

    kept_source_path: str = Field(
        description="Path of the kept copy's document; empty when there is none."
    )
    kept_text: str = Field(
        description="The kept copy as it is published; empty when there is none."
    )
