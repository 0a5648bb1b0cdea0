"""How the tests run: no deadlines on shared machines, the same examples on every CI run.

And a report of a run, for whatever shows one.
"""

import os
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

from schemas.manifest import Manifest
from schemas.rejection import Reason, Rejection
from schemas.report import FlagCount, RuleCount, RunReport, SharedParagraph

settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

HOSTILE = "<script>alert(1)</script>|\x1b[31m\u202e\udcff.txt"


@pytest.fixture
def make_report():
    """Return a maker of reports with as many of each thing as it is told."""

    def make(rejected=0, version="version-1", rules=2, copies=0, shared=0):
        return RunReport(
            schema_version="1.0",
            version=version,
            raw="raw",
            clean="clean",
            started=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
            seconds=2.5,
            peak_memory_bytes=150_000_000,
            workers=4,
            batches=3,
            taken_over=1100,
            input_bytes=2_500_000,
            manifest=Manifest(
                schema_version="1.0",
                code_version="0.1.0",
                settings_sha256="0" * 64,
                inputs_sha256="1" * 64,
                inputs=1200 + copies + rejected,
                documents=1200,
                rejected=copies + rejected,
                paragraphs=40_000,
                edits=9_000,
                removed=12,
                files=(),
            ),
            rules=tuple(
                RuleCount(rule=f"line_breaks.rule_{n}", edits=500, documents=300, chars=1000 + n)
                for n in range(rules)
            ),
            flags=(FlagCount(flag="cut_characters", documents=3),),
            shared_paragraphs=tuple(_shared(number) for number in range(shared)),
            rejections=(
                *(_rejection(n, Reason.REPEATED) for n in range(copies)),
                *(_rejection(n, Reason.UNDECODABLE) for n in range(rejected)),
            ),
        )

    return make


def _shared(number):
    return SharedParagraph(
        documents=4000 - number,
        kept_document_id=f"doc_{number:032x}",
        kept_source_path=HOSTILE,
        kept_paragraph=7,
        opening=f"{number}请各位读者互相转告。{HOSTILE}",
    )


def _rejection(number, reason):
    return Rejection(
        schema_version="1.0",
        document_id=f"doc_{number:032x}",
        source_path=f"{number}{HOSTILE if number else '第一.txt'}",
        source_path_base64="",
        source_bytes=10,
        step="decoding",
        reason=reason,
        place="byte 12",
        found="0xff",
        advice="convert the file to UTF-8",
        retryable=False,
    )
