"""A whole run in this process, without pool or orchestrator."""

import os
from pathlib import Path

from flows.corpus.cleaning import clean_batch
from flows.corpus.output import current_version, hold
from flows.corpus.publishing import publish
from flows.corpus.resuming import plan_run
from flows.corpus.settling import settle_batches
from schemas.settings import InputSettings, Settings

SMALL_BATCHES = Settings(input=InputSettings(batch_bytes=4096))
"""Three or four files a batch, so that a handful of files crosses batches."""


def write(folder: Path, name: str | bytes, content: str | bytes) -> None:
    """Write one file, its folders included."""
    path = folder / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def run(raw: Path, clean: Path, settings: Settings = SMALL_BATCHES, call=None, *, full=False):
    """Clean ``raw`` into ``clean`` and return what was published."""
    call = call or (lambda function, *args, **named: function(*args, **named))
    with hold(clean, raw) as staging:
        plan = plan_run(raw, staging, settings)
        accounts = [
            call(clean_batch, raw, batch, staging, settings, full=full).account
            for batch in plan.batches
        ]
        settle_batches(plan, staging, accounts, settings)
        return publish(plan, clean, staging, accounts, settings)


def snapshot(clean: Path) -> dict[str, bytes]:
    """Return every file of the current version."""
    return {path.name: path.read_bytes() for path in sorted(current_version(clean).iterdir())}
