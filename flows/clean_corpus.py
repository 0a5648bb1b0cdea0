"""The main flow: from a folder of messy documents to a published version of clean records.

A few thread tasks drive worker processes, here or on a cluster: a task a document, or a flow a document,
would cost more than the cleaning itself. Tasks hand each other accounts and paths, never texts.
What is finished lies on storage, not in Prefect's database: a retried task, a restarted run and the
next run find the staged batches and go on from there.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.logging import get_run_logger

from flows.corpus.accounts import BatchAccount
from flows.corpus.cleaning import CleanedBatch
from flows.corpus.isolation import Isolation
from flows.corpus.output import hold
from flows.corpus.plan import Plan
from flows.corpus.publishing import Publication, publish
from flows.corpus.reports import write_reports
from flows.corpus.resuming import plan_run
from flows.corpus.settling import settle_batches
from flows.errors import StorageError
from flows.reporting.html import html_report
from flows.reporting.progress import Progress, announce
from flows.reporting.run_report import Stopwatch, make_report
from flows.reporting.summary import artifact_rows, markdown_summary
from flows.runners import LOCAL, Pool, open_pool
from flows.text.display import visible
from schemas.report import RunReport
from schemas.settings import Settings

RAW, CLEAN, SETTINGS = Path("raw"), Path("clean"), Settings()

_TASKS_PER_WORKER = 16
"""Enough that all workers are busy to the end, few enough that the tasks themselves cost nothing."""


class Run:
    """What the tasks of one run share; Prefect hands it from task to task without looking inside.

    Attributes:
        plan: Every input, in batches; empty until it is made.
        full: Whether every file is read and cleaned, whatever earlier runs left.
        accounts: Of the batches that are clean, by batch number.
        taken_over: How many documents were made by an earlier run.
        progress: How far the cleaning is.
        isolation: What cleans the batches of the plan.
    """

    def __init__(
        self, raw: Path, staging: Path, settings: Settings, pool: Pool, *, full: bool = False
    ) -> None:
        """Keep where the run reads and works, and start from nothing."""
        self.raw, self.staging, self.settings, self.pool = raw, staging, settings, pool
        self.full = full
        self.plan = Plan(raw, ())
        self.accounts: dict[int, BatchAccount] = {}
        self.taken_over = 0
        self.progress = Progress("clean")
        self.isolation = Isolation(self.plan, staging, settings, pool, full=full)
        self._lock = threading.Lock()

    def begin(self, plan: Plan) -> None:
        """Take in the plan."""
        self.plan = plan
        self.isolation = Isolation(plan, self.staging, self.settings, self.pool, full=self.full)
        total = sum(source.size for source in plan.sources)
        self.progress = replace(self.progress, total_bytes=total)

    def groups(self) -> Iterator[range]:
        """Yield the batches that one task cleans, by number."""
        batches = len(self.plan.batches)
        size = max(1, -(-batches // (_TASKS_PER_WORKER * self.pool.workers)))
        return (range(at, min(at + size, batches)) for at in range(0, batches, size))

    def keep(self, number: int, cleaned: CleanedBatch) -> None:
        """Take in the account of a batch, and tell whoever listens how far the run is."""
        account = cleaned.account
        with self._lock:
            self.accounts[number] = account
            self.taken_over += cleaned.taken_over
            self.progress = replace(
                self.progress,
                done_bytes=self.progress.done_bytes + account.source_bytes,
                documents=self.progress.documents + account.documents,
                rejected=self.progress.rejected + len(account.rejections),
            )
            announce(self.progress)

    def accounts_in_order(self) -> list[BatchAccount]:
        """Return the accounts of all batches, in the order of the plan."""
        return [self.accounts[batch.number] for batch in self.plan.batches]


def _lies_with_the_machine(_task: object, _run: object, state: Any) -> bool:  # noqa: ANN401 - Prefect's generic state
    """Tell whether the same task may pass if it is tried again."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, StorageError)


@task(name="plan", cache_policy=NO_CACHE)
def plan(run: Run) -> int:
    """List the inputs and cut them into batches; return how many batches there are."""
    run.begin(plan_run(run.raw, run.staging, run.settings))
    batches = run.plan.batches
    files = sum(len(batch.sources) for batch in batches)
    logger = get_run_logger()
    logger.info("%d files in %d batches; %d left out", files, len(batches), run.plan.left_out)
    if not files:
        logger.warning("nothing to clean below %s", visible(str(run.raw)))
    return len(batches)


@task(
    name="clean batches",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=_lies_with_the_machine,
)
def clean_batches(run: Run, numbers: range) -> int:
    """Clean these batches in worker processes; return how many documents they gave."""
    logger = get_run_logger()
    documents = 0
    for number in numbers:
        if number in run.accounts:  # clean before this task was tried again
            continue
        batch = run.plan.batches[number]
        cleaned = run.isolation.clean(batch)
        run.keep(number, cleaned)
        account = cleaned.account
        documents += account.documents
        logger.info(
            "batch %d: %d documents, %d rejected, %d edits in %.1f MB",
            number,
            account.documents,
            len(account.rejections),
            account.edits,
            account.source_bytes / 1e6,
        )
    return documents


@task(
    name="settle repeats",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=_lies_with_the_machine,
)
def settle_repeats(run: Run) -> int:
    """Decide which paragraphs repeat one in another document; return how many."""
    announce(replace(run.progress, phase="settle"))
    settled = settle_batches(run.plan, run.staging, run.accounts_in_order(), run.settings)
    get_run_logger().info(
        "%d of %d paragraphs repeat one in another document", settled.repeats, settled.paragraphs
    )
    return settled.repeats


@task(
    name="publish",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=_lies_with_the_machine,
)
def publish_version(run: Run, clean: Path) -> Publication:
    """Make the staged batches the current version of ``clean``, whole or not at all."""
    announce(replace(run.progress, phase="publish"))
    publication = publish(run.plan, clean, run.staging, run.accounts_in_order(), run.settings)
    get_run_logger().info(
        "version %s: %d documents, %d rejected",
        publication.version,
        publication.manifest.documents,
        publication.manifest.rejected,
    )
    return publication


@task(name="report", cache_policy=NO_CACHE)
def show_report(report: RunReport) -> None:
    """Leave the report on Prefect's page of the run: a table of the rules, and all in words."""
    create_table_artifact(table=list(artifact_rows(report)), key="rules")
    create_markdown_artifact(markdown=markdown_summary(report), key="report")


def run_tasks(run: Run, clean: Path) -> Publication:
    """Plan, clean, settle and publish, inside a flow; the progress artifact follows the cleaning."""
    plan(run)
    artifact = cast("UUID", create_progress_artifact(progress=0.0, key="progress"))
    cleaning = [
        clean_batches.submit(run, numbers)  # pyright: ignore[reportUnknownMemberType] - Prefect's
        for numbers in run.groups()
    ]
    for done, future in enumerate(as_completed(cleaning), start=1):
        future.result()
        update_progress_artifact(artifact, progress=100.0 * done / len(cleaning))
    settle_repeats(run)
    return publish_version(run, clean)


def report_of(
    run: Run, clean: Path | None, publication: Publication, watch: Stopwatch
) -> RunReport:
    """Return the report of a run; ``clean`` is None for one that leaves nothing behind."""
    return make_report(
        raw=run.raw,
        clean=clean,
        accounts=run.accounts_in_order(),
        taken_over=run.taken_over,
        publication=publication,
        watch=watch,
        workers=run.pool.workers,
    )


@flow(name="clean-corpus")
def clean_corpus(  # noqa: PLR0913 - one parameter an option
    raw: Path = RAW,
    clean: Path = CLEAN,
    settings: Settings = SETTINGS,
    workers: int = 0,
    *,
    full: bool = False,
    runner: str = LOCAL,
) -> RunReport:
    """Clean every document below a folder and publish the result as one version.

    Args:
        raw: Folder of the documents; its subfolders count.
        clean: Folder of the published versions; made if it is not there.
        settings: What each step may do.
        workers: Processes that clean; 0 for one a processor. The result is the same with any.
        full: Read and clean every file, also those that did not change since the last run.
        runner: Where batches are cleaned: ``local``; ``dask`` or ``ray`` for a cluster that is
            started on this machine; or the address of a cluster, ``tcp://...`` for Dask or
            ``ray://...`` for Ray. The result is the same with any.

    Returns:
        What the run did.

    Raises:
        StorageError: If a folder cannot be read or written; then the old version stays.
        LockedError: If another run writes to ``clean``.
        ConfigurationError: If there is no such runner, or its library is not installed.
    """
    watch = Stopwatch()
    with hold(clean, raw) as staging:
        with open_pool(runner, workers) as pool:
            run = Run(raw, staging, settings, pool, full=full)
            publication = run_tasks(run, clean)
        report = report_of(run, clean, publication, watch)
        write_reports(clean, report, html_report(report))
    show_report(report)
    return report


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(
            "python -m flows.clean_corpus takes no arguments and cleans raw/ into clean/; for other folders and settings: jiaokan run"
        )
    clean_corpus()
