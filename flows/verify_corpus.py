"""Whether what was published is still whole: made to be run by the clock.

Disks and people damage files. The flow checks every checksum, count, schema and sum of the current
version and undoes every edit; a version that is not whole fails the flow, so that whoever watches
Prefect hears of it.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

import sys
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows.corpus.verifying import Verification, verify_version
from flows.errors import StorageError
from flows.text.display import visible

CLEAN = Path("clean")


@task(name="verify", cache_policy=NO_CACHE)
def verify(clean: Path) -> Verification:
    """Check the current version, down to every row."""
    return verify_version(clean)


@task(name="report findings", cache_policy=NO_CACHE)
def show_findings(found: Verification) -> None:
    """Leave what is wrong as a table on Prefect's page of the run."""
    rows = [
        {"file": visible(finding.file), "row": finding.row, "problem": visible(finding.problem)}
        for finding in found.findings
    ]
    create_table_artifact(table=rows, key="findings")


@flow(name="verify-corpus")
def verify_corpus(clean: Path = CLEAN) -> Verification:
    """Check the published version of a folder.

    Args:
        clean: Folder of the published versions.

    Returns:
        What was looked at; nothing was found wrong with it.

    Raises:
        StorageError: If nothing is published there, or it is damaged.
    """
    found = verify(clean)
    get_run_logger().info("version %s: %d findings", found.version, len(found.findings))
    if not found.is_whole:
        show_findings(found)
        first = found.findings[0]
        raise StorageError(
            f"version {found.version} in {clean} has {len(found.findings)} faults, the first in "
            f"{first.file}: {first.problem}; restore it from a backup, or run again"
        )
    return found


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(
            "python -m flows.verify_corpus takes no arguments and checks clean/; for another folder: jiaokan verify"
        )
    verify_corpus()
