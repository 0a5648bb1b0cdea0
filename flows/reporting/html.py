"""The report of a run as one HTML page that needs nothing else.

No script, no font, no picture from elsewhere: the page can be mailed, archived, or opened from a
disk, and its content security policy forbids it to load anything. File names and passages come
from outside, so every value is made visible (``flows.text.display``) and then escaped.
"""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from flows.reporting.summary import counts, kept_in, rejection_reason, rejections_to_show, title
from flows.text.display import visible
from schemas.report import RunReport

SHOWN_REJECTIONS = 1000
"""Rejected files listed on the page, so that a browser can still show it."""


def html_report(report: RunReport) -> str:
    """Return the page for ``report``, complete, to be written in UTF-8."""
    documents = max(1, report.manifest.documents)
    return _template().render(
        report=report,
        title=title(report),
        counts=counts(report),
        kept_in=kept_in,
        shares=[round(100 * rule.documents / documents, 1) for rule in report.rules],
        rejections=[
            (entry, rejection_reason(entry))
            for entry in rejections_to_show(report, SHOWN_REJECTIONS)
        ],
        hidden=max(0, len(report.rejections) - SHOWN_REJECTIONS),
    )


@cache
def _template() -> Template:
    source = files("flows.reporting").joinpath("data/report.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_displayed,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(source)


def _displayed(value: object) -> object:
    """Return what Jinja is to escape: text without characters that act, all else as it is."""
    return visible(value) if isinstance(value, str) else value
