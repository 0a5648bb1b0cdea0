"""The report of the latest run, beside the versions: it tells times, which no version may."""

from pathlib import Path

from flows.corpus.serial import to_line
from flows.corpus.writing import storage_errors, write_whole
from schemas.report import RunReport

REPORT, PAGE = "report.json", "report.html"


def write_reports(clean: Path, report: RunReport, page: str) -> None:
    """Put the report for programs and the page for people in place of those of the last run.

    Raises:
        StorageError: If ``clean`` cannot be written.
    """
    with storage_errors("write the report to", clean):
        write_whole(clean / REPORT, to_line(report))
        write_whole(clean / PAGE, page.encode())
