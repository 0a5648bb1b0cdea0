"""Paragraphs that many documents hold: forms, notices, licences, the head of every letter.

Settling repeats takes all but one of them out, which is right for reading and may be wrong for other
uses of a corpus. So the report tells which they are and how many documents held each, counted from
the decisions: what was never compared (short text, protected paragraphs) is not counted.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from flows.corpus.accounts import BatchAccount, accepted_sources
from flows.corpus.decisions import Decisions
from flows.corpus.plan import Plan
from flows.corpus.staging import staged_lines
from flows.text.paragraphs import paragraph_spans
from schemas.document import Document
from schemas.manifest import FileKind
from schemas.report import SharedParagraph

MOST: Final = 20
"""Paragraphs that the report lists."""

OPENING_CHARS: Final = 120
"""Code points shown of each, enough to know it again: three lines of Chinese prose."""


def shared_paragraphs(
    plan: Plan, staging: Path, accounts: Sequence[BatchAccount], decisions: Decisions
) -> tuple[SharedParagraph, ...]:
    """Return the paragraphs that most documents hold, most first.

    Args:
        plan: What was cleaned.
        staging: Where the batches are staged; only those that hold a listed paragraph are read.
        accounts: Of every batch, in the order of the plan.
        decisions: What was settled on these batches.
    """
    counted = decisions.most_shared(MOST)
    rows: dict[tuple[int, int], SharedParagraph] = {}
    for number, document in _documents(plan, staging, accounts, {place for place, _, _ in counted}):
        spans = paragraph_spans(document.text)
        for place, paragraph, documents in counted:
            if place == number:
                start, end = spans[paragraph]
                rows[place, paragraph] = SharedParagraph(
                    documents=documents,
                    kept_document_id=document.id,
                    kept_source_path=document.source_path,
                    kept_paragraph=decisions.published(place, paragraph)[1],
                    opening=document.text[start : min(end, start + OPENING_CHARS)],
                )
    return tuple(rows[place, paragraph] for place, paragraph, _ in counted)


def _documents(
    plan: Plan, staging: Path, accounts: Sequence[BatchAccount], wanted: set[int]
) -> Iterator[tuple[int, Document]]:
    """Yield the staged documents at these places of the plan."""
    for batch, account in zip(plan.batches, accounts, strict=True):
        if wanted.isdisjoint(source.number for source in batch.sources):
            continue
        with staged_lines(staging, account, FileKind.DOCUMENTS).open("rb") as lines:
            for source, line in zip(accepted_sources(batch, account), lines, strict=True):
                if source.number in wanted:
                    yield source.number, Document.model_validate_json(line)
