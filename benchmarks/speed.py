"""How fast jiaokan is beside a plain script, on one core, on the same corpus, in one run.

    python -m benchmarks.speed --megabytes 20

Times on shared machines mean little, ratios more: all figures are CPU seconds of this process, and
the last column says how often the script would have run meanwhile. The script does far less: see
``benchmarks.plain_script``.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_corpus
from benchmarks.plain_script import clean_folder
from flows.corpus.accounts import BatchAccount
from flows.corpus.cleaning import clean_batch
from flows.corpus.output import hold
from flows.corpus.plan import Plan, plan_corpus
from flows.corpus.publishing import publish
from flows.corpus.reading import read_source
from flows.corpus.settling import settle_batches
from flows.decoding.ladder import decode
from flows.pipeline import STEPS
from schemas.settings import Settings

SETTINGS = Settings()


def main() -> None:
    """Make the corpus, run everything once, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raw", type=Path, help="time this folder in place of a generated one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = given.raw or Path(folder, "raw")
        if not given.raw:
            write_corpus(raw, given.megabytes, given.seed)
        _print(measure(raw, Path(folder)), plan_corpus(raw, SETTINGS))


def measure(raw: Path, folder: Path) -> dict[str, float]:
    """Return the CPU seconds of the script, of each step, and of a whole run in one process."""
    watch = _Watch()
    watch("plain script", clean_folder, raw, folder / "script.jsonl")
    plan = plan_corpus(raw, SETTINGS)
    _warm_up(plan)
    for batch in plan.batches:
        contents = [read_source(raw, source, source.size + 1) for source in batch.sources]
        texts = watch("decode", lambda: [decode(each, SETTINGS.decoding).text for each in contents])  # noqa: B023 - called at once
        for step in STEPS:
            texts = [text for text, _ in watch(step.name, step.run, texts, SETTINGS)]
    _publish(watch, plan, folder / "clean")
    return watch.seconds


def _warm_up(plan: Plan) -> None:
    """Load tables and models, which a run does once however long it is."""
    source = plan.batches[0].sources[0]
    texts = [decode(read_source(plan.raw, source, source.size + 1), SETTINGS.decoding).text]
    for step in STEPS:
        step.run(texts, SETTINGS)


def _publish(watch: "_Watch", plan: Plan, clean: Path) -> None:
    with hold(clean) as staging:
        accounts: list[BatchAccount] = [
            watch("whole run", clean_batch, plan.raw, batch, staging, SETTINGS)
            for batch in plan.batches
        ]
        watch("whole run", settle_batches, plan, staging, accounts, SETTINGS)
        watch("whole run", publish, plan, clean, staging, accounts, SETTINGS)


class _Watch:
    """Adds up the CPU seconds of calls by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(self, name: str, function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - whatever the function returns
        before = time.process_time()
        result = function(*arguments)
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - before
        return result


def _print(seconds: dict[str, float], plan: Plan) -> None:
    megabytes = sum(source.size for source in plan.sources) / 1e6
    print(f"{megabytes:.1f} MB in {sum(1 for _ in plan.sources)} files\n")
    print("| | MB per CPU second | times the plain script |\n|---|---|---|")
    for name, spent in seconds.items():
        speed = megabytes / max(spent, 1e-9)
        print(f"| {name} | {speed:.1f} | {seconds['plain script'] / max(spent, 1e-9):.2f} |")


if __name__ == "__main__":
    main()
