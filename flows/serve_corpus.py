"""Keeping a corpus clean on one machine: the main flow, run by the clock until it is stopped.

For a team, ``prefect.yaml`` deploys the same flow to a work pool instead.
"""

import flows.prefect_environment as _  # isort: skip  # noqa: F401 - before Prefect is imported

from pathlib import Path

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

from flows.clean_corpus import clean_corpus
from schemas.settings import Settings

DEPLOYMENT = "clean-corpus"


def serve_corpus(raw: Path, clean: Path, settings: Settings, workers: int, cron: str) -> None:
    """Run ``clean_corpus`` whenever ``cron`` says so, until the process is stopped.

    Args:
        raw: Folder of the documents.
        clean: Folder of the published versions.
        settings: What each step may do.
        workers: Processes that clean.
        cron: When to run, in the five fields of cron.
    """
    # A run that is still at work when the next is due makes the next one superfluous: it would
    # only wait for the lock on the output folder.
    one_at_a_time = ConcurrencyLimitConfig(
        limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
    )
    clean_corpus.serve(
        name=DEPLOYMENT,
        cron=cron,
        global_limit=one_at_a_time,
        limit=1,
        parameters={
            # The runs are started from another folder.
            "raw": str(raw.absolute()),
            "clean": str(clean.absolute()),
            "settings": settings.model_dump(mode="json"),
            "workers": workers,
        },
    )
