"""The plan of a run that goes on from what earlier runs left."""

from pathlib import Path

from flows.corpus.index import Index, make_index
from flows.corpus.plan import Plan, plan_corpus
from flows.corpus.staging import staged_sources
from schemas.settings import Settings


def plan_run(raw: Path, staging: Path, settings: Settings) -> Plan:
    """Index what is staged, and list what there is to clean.

    Args:
        raw: The raw folder.
        staging: The staging folder.
        settings: Which files are inputs; whether documents of deleted files are too.

    Raises:
        StorageError: If ``raw`` cannot be listed or ``staging`` cannot be written.
    """
    make_index(staging, staged_sources(staging))
    if settings.output.deleted == "remove":
        return plan_corpus(raw, settings)
    with Index.opened(staging) as index:
        return plan_corpus(raw, settings, gone=index.documents())
