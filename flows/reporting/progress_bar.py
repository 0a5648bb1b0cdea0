"""A progress bar for a person at a terminal, fed by what the flow announces."""

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from flows.reporting.progress import Progress, listening


@contextmanager
def progress_bar(console: Console) -> Generator[None, None, None]:
    """Show on ``console`` how far the run inside the block is; where nobody looks, show nothing."""
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[documents]:,} documents, {task.fields[rejected]:,} rejected"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        shown = bar.add_task("start", total=None, documents=0, rejected=0)

        def show(progress: Progress) -> None:
            bar.update(
                shown,
                description=progress.phase,
                completed=progress.done_bytes,
                total=progress.total_bytes or None,
                documents=progress.documents,
                rejected=progress.rejected,
            )

        with listening(show):
            yield
