"""Commands for a whole corpus. Prefect is imported by those that run a flow, when they run it."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console

from flows.commands.options import DEFAULTS, Runner, SettingsGiven, Switch, Workers
from flows.commands.terminal import DAMAGED, REJECTED, USAGE, choose_log, complain
from flows.text.display import counted, visible


def run(  # noqa: PLR0913 - one parameter an option
    raw: Path = Path("raw"),
    clean: Path = Path("clean"),
    /,
    *,
    given: SettingsGiven = DEFAULTS,
    workers: Workers = 0,
    full: Switch = False,
    runner: Runner = "local",
    dry_run: Switch = False,
    quiet: Switch = False,
    log: Switch = False,
) -> int:
    """Clean every document below RAW and publish the result in CLEAN.

    A version is published whole or not at all, and the same input gives the same bytes. Files that
    did not change since the last run are not read again. A file that cannot be cleaned is rejected
    with a reason, and the run goes on (exit code 3). A copy of other documents is rejected too, but
    wants nobody's look (exit code 0).

    For example:

        jiaokan run
        jiaokan run scans out --workers 4 --set script.enabled=false
        jiaokan run scans out --dry-run
        jiaokan run /shared/scans /shared/out --runner tcp://scheduler:8786

    Args:
        raw: Folder of the documents; its subfolders count.
        clean: Folder of the published versions; made if it is not there.
        given: See ``SettingsGiven``.
        workers: Processes that clean; 0 for one a processor. The result is the same with any.
        full: Read and clean every file, also those that did not change since the last run.
        runner: local; dask or ray for a cluster started on this machine; or the address of one,
            tcp://... (Dask) or ray://... (Ray). The result is the same with any.
        dry_run: Only say what would be done; write nothing.
        quiet: Print errors only.
        log: Print the log of the run in place of a progress bar.
    """
    from flows.corpus.output import hold
    from flows.reporting.progress_bar import progress_bar
    from flows.reporting.summary import summary_tables

    settings = given.load()
    choose_log(shown=log)
    with progress_bar(Console(stderr=True, quiet=quiet or log)):
        if dry_run:
            from flows.inspect_corpus import inspect_corpus

            report = inspect_corpus(raw, settings, workers)
        else:
            with hold(clean, raw):
                pass  # a folder that cannot be used is told now, not when Prefect has started
            from flows.clean_corpus import clean_corpus

            report = clean_corpus(raw, clean, settings, workers, full=full, runner=runner)
    if not quiet:
        for table in summary_tables(report):
            Console().print(table)
        if not dry_run:
            Console(highlight=False).print(
                f"The report is in {clean / 'report.html'}", markup=False
            )
    return 0 if all(rejection.is_copy for rejection in report.rejections) else REJECTED


def serve(
    raw: Path = Path("raw"),
    clean: Path = Path("clean"),
    /,
    *,
    cron: str,
    given: SettingsGiven = DEFAULTS,
    workers: Workers = 0,
) -> None:
    """Clean RAW into CLEAN whenever CRON says so, until it is stopped.

    Never more than one run is at work. Point PREFECT_API_URL at a server to see the runs there.

    For example, every night at three:

        jiaokan serve scans out --cron "0 3 * * *"

    Args:
        raw: Folder of the documents.
        clean: Folder of the published versions.
        cron: Minute, hour, day of the month, month, day of the week.
        given: See ``SettingsGiven``.
        workers: Processes that clean; 0 for one a processor.
    """
    settings = given.load()
    from flows.serve_corpus import serve_corpus

    serve_corpus(raw, clean, settings, workers, cron)


def verify(clean: Path = Path("clean"), /) -> int:
    """Check the published version in CLEAN, down to every row.

    Files are compared with the manifest, rows with their schemas, sums with what they sum up, and
    every document with its source by undoing its edits. What is wrong is listed (exit code 74).
    To do the same by the clock, schedule the flow in flows/verify_corpus.py.

    For example:

        jiaokan verify clean

    Args:
        clean: Folder of the published versions.
    """
    from flows.corpus.verifying import verify_version

    verification = verify_version(clean)
    for finding in verification.findings:
        row = f" row {finding.row}" if finding.row else ""
        sys.stdout.write(visible(f"{finding.file}{row}: {finding.problem}") + "\n")
    manifest = verification.manifest
    verdict = (
        "is whole"
        if verification.is_whole
        else f"has {counted(len(verification.findings), 'fault')}"
    )
    sys.stdout.write(
        f"Version {verification.version} {verdict}: "
        f"{counted(manifest.documents, 'document')}, {manifest.rejected:,} rejected\n"
    )
    return 0 if verification.is_whole else DAMAGED


def restore(
    clean: Path = Path("clean"),
    /,
    *,
    to: Annotated[Path, Parameter(metavar="DIRECTORY")],
    only: Annotated[str, Parameter(metavar="ID_OR_PATH", show_default=False)] = "",
) -> int:
    """Write the sources of the published documents into another folder.

    Where decoding was reversible these are the very bytes, checked by their checksum; elsewhere it
    is the decoded text in UTF-8. No file that is there already is overwritten.

    For example:

        jiaokan restore clean --to restored
        jiaokan restore clean --to restored --only letters/1.txt

    Args:
        clean: Folder of the published versions.
        to: Folder for the sources; made if it is not there.
        only: The one document wanted, by its id or its source_path.
    """
    from flows.corpus.restoring import restore_version

    restored = restore_version(clean, to, only or None)
    if only and not restored:
        return complain(f"{clean} has no document {only}", USAGE)
    exact = sum(source.is_exact for source in restored)
    sys.stdout.write(
        f"{counted(len(restored), 'source')} restored: {exact:,} byte for byte, "
        f"{len(restored) - exact:,} as decoded text\n"
    )
    return 0
