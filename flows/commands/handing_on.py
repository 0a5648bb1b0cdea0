"""The command that hands a published version on."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.progress import Progress

from flows.commands.options import Switch
from flows.text.display import counted, visible
from schemas.manifest import Form


def export(
    clean: Path = Path("clean"),
    /,
    *,
    to: Annotated[str, Parameter(metavar="FOLDER_OR_URL")],
    form: Form = Form.JSONL,
    quiet: Switch = False,
) -> None:
    """Hand the published version in CLEAN on, to another folder or an object store.

    Files arrive before the manifest, and the manifest before the name of the version in `current`,
    so that whoever reads there meets a whole version, the old or the new. What is there already
    is not sent again. To do the same by the clock, deploy the flow in flows/export_corpus.py.

    S3 takes its credentials, region and endpoint from the usual variables of the environment.

    For example:

        jiaokan export --to /srv/exchange --form parquet
        jiaokan export clean --to s3://bucket/corpus --form zstd

    Args:
        clean: Folder of the published versions.
        to: A folder, or a URL such as s3://bucket/corpus.
        form: jsonl; zstd for compressed lines (needs jiaokan[zstd]); parquet (needs jiaokan[parquet]).
        quiet: Print errors only.
    """
    from flows.corpus.exporting import export_version

    console = Console(stderr=True, quiet=quiet)
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("export", total=None)
        exported = export_version(clean, to, form, lambda size: progress.advance(bar, size))
    if not quiet:
        files = counted(len(exported.manifest.files) + 1, "file")
        sys.stdout.write(f"Version {exported.version}: {files} in {visible(to)}\n")
