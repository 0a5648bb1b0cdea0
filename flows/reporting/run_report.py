"""The report of one run, put together from what its parts brought home."""

import os
import resource
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.corpus.accounts import BatchAccount, add_flags
from flows.corpus.publishing import Publication
from flows.text.display import visible
from schemas.record import SCHEMA_VERSION
from schemas.report import RunReport


class Stopwatch:
    """When a run began, and how long ago that is."""

    def __init__(self) -> None:
        """Start now."""
        self.started = datetime.now(UTC)

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return (datetime.now(UTC) - self.started).total_seconds()


def make_report(  # noqa: PLR0913 - a report is what many parts have to say, each by keyword
    *,
    raw: Path,
    clean: Path | None,
    accounts: Sequence[BatchAccount],
    taken_over: int,
    publication: Publication,
    watch: Stopwatch,
    workers: int,
) -> RunReport:
    """Return the report of a run.

    Args:
        raw: The raw folder.
        clean: The output folder; None for a dry run, which leaves nothing behind.
        accounts: Of every batch, in the order of the plan.
        taken_over: How many documents were made by an earlier run.
        publication: What was published.
        watch: Started when the run began.
        workers: Processes that cleaned.
    """
    return RunReport(
        schema_version=SCHEMA_VERSION,
        version=publication.version if clean else "",
        raw=visible(os.fspath(raw)),
        clean=visible(os.fspath(clean)) if clean else "",
        started=watch.started,
        seconds=watch.seconds(),
        peak_memory_bytes=_peak_memory_bytes(),
        workers=workers,
        batches=len(accounts),
        taken_over=taken_over,
        input_bytes=sum(account.source_bytes for account in accounts),
        manifest=publication.manifest,
        rules=publication.rules,
        flags=add_flags(accounts),
        shared_paragraphs=publication.shared_paragraphs,
        rejections=publication.rejections,
    )


def _peak_memory_bytes() -> int:
    """Return the peak of this process or of the largest worker that has ended."""
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) * unit
