"""Handing the published version on by the clock: to another folder or an object store.

The same work as ``jiaokan export``, as a flow that can be deployed and scheduled after the main
one, with retries for networks that fail.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows.corpus.exporting import Export, export_version
from schemas.manifest import Form

CLEAN = Path("clean")


@task(name="export", cache_policy=NO_CACHE, retries=3, retry_delay_seconds=[1, 10, 60])
def export(clean: Path, to: str, form: Form) -> Export:
    """Hand the current version on; what has arrived before is not sent again."""
    return export_version(clean, to, form)


@flow(name="export-corpus")
def export_corpus(to: str, clean: Path = CLEAN, form: Form = Form.JSONL) -> Export:
    """Hand the published version of a folder on.

    Args:
        to: A folder, or a URL such as ``s3://bucket/corpus``.
        clean: Folder of the published versions.
        form: In which the rows are to be written there.

    Returns:
        What is there now.

    Raises:
        ConfigurationError: If the form or the address needs a library that is not installed.
        StorageError: If nothing is published, it is damaged, or the target cannot be written.
    """
    exported = export(clean, to, form)
    get_run_logger().info(
        "version %s: %d files to %s", exported.version, len(exported.manifest.files), to
    )
    return exported
