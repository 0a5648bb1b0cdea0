"""The bar a person watches, and its absence where nobody does."""

import io

from rich.console import Console

from flows.reporting.progress import Progress, announce
from flows.reporting.progress_bar import progress_bar


def watched(*, terminal):
    """Return what a console shows of a short run."""
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120)
    with progress_bar(console):
        announce(Progress("clean", 500_000, 1_000_000, documents=12, rejected=3))
    return console.file.getvalue()


def test_the_bar_shows_phase_bytes_and_documents():
    shown = watched(terminal=True)
    for expected in ("clean", "0.5/1.0 MB", "12 documents", "3 rejected"):
        assert expected in shown


def test_no_bar_is_drawn_into_a_file():
    assert watched(terminal=False).strip() == ""
