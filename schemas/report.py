"""The report of one run: the only place where clocks and machines appear."""

from pydantic import AwareDatetime, Field

from schemas.manifest import Manifest
from schemas.record import Count, DocumentId, Record
from schemas.rejection import Rejection


class RuleCount(Record):
    """How often one rule acted, in how many of the published documents."""

    rule: str
    edits: Count
    documents: Count
    chars: Count = Field(description="Code points taken out.")


class FlagCount(Record):
    """How many documents carry a flag: what a person should look at."""

    flag: str
    documents: Count


class SharedParagraph(Record):
    """A paragraph that many documents hold, as forms, notices and licences do."""

    documents: Count = Field(
        description="Documents that hold it or a copy of it; those count that are copies of others."
    )
    kept_document_id: DocumentId = Field(description="The document in which it is published.")
    kept_source_path: str = Field(description="Path of that document.")
    kept_paragraph: Count = Field(
        description="Its paragraph in the published text, counted from 0."
    )
    opening: str = Field(description="Its first 120 code points.")


class RunReport(Record):
    """What a run did, for people; nothing downstream may depend on it."""

    schema_version: str
    version: str = Field(description="The published version, or empty for a dry run.")
    raw: str
    clean: str
    started: AwareDatetime
    seconds: float = Field(ge=0.0)
    peak_memory_bytes: Count = Field(description="Largest process of the run.")
    workers: Count
    batches: Count
    taken_over: Count = Field(
        description="Documents an earlier run had cleaned, copies of others included."
    )
    input_bytes: Count
    manifest: Manifest
    rules: tuple[RuleCount, ...] = Field(description="In pipeline order.")
    flags: tuple[FlagCount, ...] = Field(
        description="Of all cleaned documents, copies of others included; by name."
    )
    shared_paragraphs: tuple[SharedParagraph, ...] = Field(
        description="The 20 that most documents hold, most first, of those settled as repeats."
    )
    rejections: tuple[Rejection, ...] = Field(description="In path order.")
