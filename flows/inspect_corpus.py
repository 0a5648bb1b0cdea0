"""What a run would do: the same tasks on the same files, with nothing left behind.

Repeats across documents can only be settled when every document is clean, so the batches are
staged and even published, in a temporary folder that is gone when the flow ends. What is reported
is therefore what a run with the same settings will do, to the last edit.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from prefect import flow

from flows.clean_corpus import RAW, SETTINGS, Run, report_of, run_tasks, show_report
from flows.corpus.output import hold
from flows.corpus.pool import WorkerPool
from flows.reporting.run_report import Stopwatch
from schemas.report import RunReport
from schemas.settings import Settings


@flow(name="inspect-corpus")
def inspect_corpus(raw: Path = RAW, settings: Settings = SETTINGS, workers: int = 0) -> RunReport:
    """Say what cleaning a folder would do, and publish nothing.

    Args:
        raw: Folder of the documents; its subfolders count.
        settings: What each step may do.
        workers: Processes that clean; 0 for one a processor.

    Returns:
        What a run would do; its version is empty.

    Raises:
        StorageError: If ``raw`` cannot be listed, or there is no room for temporary files.
    """
    watch = Stopwatch()
    with TemporaryDirectory(prefix="jiaokan-") as folder, hold(Path(folder)) as staging:
        with WorkerPool(workers) as pool:
            run = Run(raw, staging, settings, pool)
            publication = run_tasks(run, Path(folder))
        report = report_of(run, None, publication, watch)
    show_report(report)
    return report


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(
            "python -m flows.inspect_corpus takes no arguments and tells what cleaning raw/ would do; for another folder: jiaokan run --dry-run"
        )
    inspect_corpus()
