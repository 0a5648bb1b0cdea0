"""The report of a run in a few lines: for the terminal, and for Prefect's page of the run.

All of it is drawn from the ``RunReport`` alone, so the terminal, the artifacts and ``report.html``
cannot disagree.
"""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from flows.text.display import counted, visible
from schemas.rejection import Rejection
from schemas.report import RunReport, SharedParagraph

OPENING_CHARS = 20
"""Code points of a shared paragraph that the terminal shows: half a line of Chinese prose."""

SHOWN_REJECTIONS = 20
"""Rejected files listed; the count names all of them, and so does the published list."""


def counts(report: RunReport) -> dict[str, str]:
    """Return what a run came to, each figure ready to show under its name.

    Names and order are the same wherever a report is shown.
    """
    manifest = report.manifest
    megabytes = report.input_bytes / 1e6
    return {
        "Files": f"{manifest.inputs:,}",
        "Documents": f"{manifest.documents:,}",
        "Taken over unchanged": f"{report.taken_over:,}",
        "Rejected": _rejected_count(report),
        "Paragraphs": f"{manifest.paragraphs:,}",
        "Edits": f"{manifest.edits:,}",
        "Passages removed": f"{manifest.removed:,}",
        "Input": f"{megabytes:,.2f} MB",
        "Time": f"{report.seconds:,.1f} s with {counted(report.workers, 'worker')}",
        "Peak memory": f"{report.peak_memory_bytes / 1e6:,.0f} MB",
        "Version": report.version or "none: a dry run publishes nothing",
    }


def _rejected_count(report: RunReport) -> str:
    copies = sum(rejection.is_copy for rejection in report.rejections)
    of_these = f", of which {copies:,} as copies of others" if copies else ""
    return f"{report.manifest.rejected:,}{of_these}"


def rejections_to_show(report: RunReport, most: int) -> list[Rejection]:
    """Return the first ``most`` rejections; those that want a person's look come before copies."""
    return sorted(report.rejections, key=lambda rejection: rejection.is_copy)[:most]


def summary_tables(report: RunReport) -> Iterator[Table]:
    """Yield the tables a person sees after a run: counts, then rules, flags, shared text, rejections."""
    yield _count_table(report)
    if report.rules:
        yield _rule_table(report)
    if report.flags:
        yield _flag_table(report)
    if report.shared_paragraphs:
        yield _shared_table(report)
    if report.rejections:
        yield _rejection_table(report)


def _count_table(report: RunReport) -> Table:
    table = Table("", "", title=title(report), title_justify="left", show_header=False)
    for name, figure in counts(report).items():
        table.add_row(name, Text(visible(figure)))
    return table


def title(report: RunReport) -> str:
    """Return the heading of a report: a dry run only says what would be done."""
    return "What a run would do" if not report.version else "What the run did"


def _rule_table(report: RunReport) -> Table:
    table = Table("Rule", title="What was changed", title_justify="left")
    for heading in ("Documents", "Edits", "Characters taken out"):
        table.add_column(heading, justify="right")
    for rule in report.rules:
        table.add_row(rule.rule, f"{rule.documents:,}", f"{rule.edits:,}", f"{rule.chars:,}")
    return table


def _flag_table(report: RunReport) -> Table:
    table = Table("Flag", title="What to look at", title_justify="left")
    table.add_column("Documents", justify="right")
    for count in report.flags:
        table.add_row(count.flag, f"{count.documents:,}")
    return table


def _shared_table(report: RunReport) -> Table:
    table = Table(title="What documents share", title_justify="left")
    table.add_column("Documents", justify="right", no_wrap=True)
    for heading in ("Paragraph", "Kept in"):
        table.add_column(heading)
    for documents, opening, place in _shared(report):
        start = opening[:OPENING_CHARS] + "…" * (len(opening) > OPENING_CHARS)
        table.add_row(documents, Text(visible(start)), Text(visible(place)))
    return table


def _shared(report: RunReport) -> list[tuple[str, str, str]]:
    return [
        (f"{shared.documents:,}", shared.opening, kept_in(shared))
        for shared in report.shared_paragraphs
    ]


def kept_in(shared: SharedParagraph) -> str:
    """Return where a shared paragraph is published, as in ``letters/1.txt, paragraph 2``."""
    return f"{shared.kept_source_path}, paragraph {shared.kept_paragraph:,}"


def _rejection_table(report: RunReport) -> Table:
    table = Table("File", "Why", "Advice", title="Rejected files", title_justify="left")
    for rejection in rejections_to_show(report, SHOWN_REJECTIONS):
        cells = (rejection.source_path, rejection_reason(rejection), rejection.advice)
        table.add_row(*(Text(visible(cell)) for cell in cells))
    if hidden := len(report.rejections) - SHOWN_REJECTIONS:
        table.caption = f"{hidden:,} more are not shown" if hidden > 0 else None
    return table


def rejection_reason(rejection: Rejection) -> str:
    """Return why and where a file was rejected, as in ``undecodable at byte 12: found 0xff``."""
    place = f" at {rejection.place}" if rejection.place else ""
    found = f": {rejection.found}" if rejection.found else ""
    return f"{rejection.reason.value.replace('_', ' ')}{place}{found}"


def markdown_summary(report: RunReport) -> str:
    """Return the report as Markdown, for the artifact on Prefect's page of the run."""
    parts = [f"# {title(report)}", _markdown_table(("", ""), list(counts(report).items()))]
    if report.rules:
        rows = [
            (rule.rule, f"{rule.documents:,}", f"{rule.edits:,}", f"{rule.chars:,}")
            for rule in report.rules
        ]
        heads = ("Rule", "Documents", "Edits", "Characters taken out")
        parts += ["## What was changed", _markdown_table(heads, rows)]
    if report.flags:
        flags = [(count.flag, f"{count.documents:,}") for count in report.flags]
        parts += ["## What to look at", _markdown_table(("Flag", "Documents"), flags)]
    if report.shared_paragraphs:
        columns = ("Documents", "Paragraph", "Kept in")
        parts += ["## What documents share", _markdown_table(columns, _shared(report))]
    if report.rejections:
        parts += [
            "## Rejected files",
            _markdown_table(("File", "Why", "Advice"), _rejected(report)),
        ]
        if (hidden := len(report.rejections) - SHOWN_REJECTIONS) > 0:
            parts.append(f"{hidden:,} more are not shown.")
    return "\n\n".join(parts) + "\n"


def _rejected(report: RunReport) -> list[tuple[str, str, str]]:
    return [
        (rejection.source_path, rejection_reason(rejection), rejection.advice)
        for rejection in rejections_to_show(report, SHOWN_REJECTIONS)
    ]


def _markdown_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_markdown_cell(cell) for cell in line)} |" for line in lines)


def _markdown_cell(text: str) -> str:
    """Return ``text`` so that Markdown neither splits the row nor reads markup in it."""
    safe = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{mark}" if mark in "\\`*_[]|~#" else mark for mark in safe)


def artifact_rows(report: RunReport) -> list[dict[str, str | int]]:
    """Return one row a rule, for a table artifact."""
    return [
        {
            "rule": rule.rule,
            "documents": rule.documents,
            "edits": rule.edits,
            "characters taken out": rule.chars,
        }
        for rule in report.rules
    ]
