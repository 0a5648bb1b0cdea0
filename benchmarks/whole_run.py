"""Clean a folder in one process, from bytes to a published version, without the orchestrator.

    python -m benchmarks.whole_run RAW CLEAN [NAME=VALUE ...]

What ``benchmarks.peers`` sets beside other tools: everything that ``jiaokan run`` does, with default
settings unless told, but for Prefect's server and the other processes.
"""

import shutil
import sys
from pathlib import Path

from flows.configuration import load_settings
from flows.corpus.cleaning import clean_batch
from flows.corpus.output import hold
from flows.corpus.publishing import publish
from flows.corpus.resuming import plan_run
from flows.corpus.settling import settle_batches
from flows.corpus.worker import collect_garbage_seldom
from schemas.settings import Settings


def clean(raw: Path, folder: Path, settings: Settings) -> None:
    """Clean ``raw`` into ``folder``, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    with hold(folder, raw) as staging:
        plan = plan_run(raw, staging, settings)
        accounts = [clean_batch(raw, batch, staging, settings).account for batch in plan.batches]
        settle_batches(plan, staging, accounts, settings)
        publish(plan, folder, staging, accounts, settings)


if __name__ == "__main__":
    collect_garbage_seldom()
    clean(Path(sys.argv[1]), Path(sys.argv[2]), load_settings(None, sys.argv[3:]))
