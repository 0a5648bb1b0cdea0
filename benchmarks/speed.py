"""How fast jiaokan is beside a plain script, on one core, on the same corpus, in one run.

    python -m benchmarks.speed --megabytes 20
    python -m benchmarks.speed --megabytes 4 --repeat 3 --guard benchmarks/speed_ratios.json
    python -m benchmarks.speed --megabytes 4 --repeat 3 --json benchmarks/speed_ratios.json

Times on shared machines mean little, ratios more: all figures are CPU seconds of this process, and
the last column says how often the script would have run meanwhile. The script does far less: see
``benchmarks.plain_script``. The guard is for continuous integration: it fails where a step, or the
whole run, has lost more than a third of the ratio that was written down when it was last measured.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
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

LEAST_SHARE = 2 / 3
"""Of the ratio written down; repeated runs on a busy machine differed by up to a fifth."""

TOO_FAST_TO_GUARD = 0.02
"""A step's share of the script's time below which its ratio is mostly noise."""


def main() -> None:
    """Make the corpus, run everything once, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raw", type=Path, help="time this folder in place of a generated one")
    parser.add_argument("--repeat", type=int, default=1, help="measure so often; the least counts")
    parser.add_argument("--json", type=Path, help="write the ratios there")
    parser.add_argument("--guard", type=Path, help="fail where a ratio is far below those there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = given.raw or Path(folder, "raw")
        if not given.raw:
            write_corpus(raw, given.megabytes, given.seed)
        seconds = _least(measure(raw, Path(folder, str(n))) for n in range(given.repeat))
        _print(seconds, plan_corpus(raw, SETTINGS))
    if given.json:
        given.json.write_text(json.dumps(ratios(seconds), indent=2) + "\n")
    if given.guard:
        lost = regressions(ratios(seconds), json.loads(given.guard.read_text()))
        sys.exit("\n".join(lost))


def _least(runs: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the least time of each part: what is more was taken by something else."""
    parts: dict[str, list[float]] = defaultdict(list)
    for run in runs:
        for name, spent in run.items():
            parts[name].append(spent)
    return {name: min(times) for name, times in parts.items()}


def ratios(seconds: dict[str, float]) -> dict[str, float]:
    """Return how often the script could have run in the time of each step worth guarding."""
    script = seconds["plain script"]
    return {
        name: round(script / spent, 2)
        for name, spent in seconds.items()
        if spent > TOO_FAST_TO_GUARD * script
    }


def regressions(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """Return, in words, each ratio that is far below what it was; a new step has none.

    >>> regressions({"decode": 4.0, "script": 9.0}, {"decode": 9.0, "script": 9.5})
    ['decode: 4.00 times the plain script, it was 9.00']
    """
    return [
        f"{name}: {now[name]:.2f} times the plain script, it was {ratio:.2f}"
        for name, ratio in before.items()
        if name in now and now[name] < ratio * LEAST_SHARE
    ]


def measure(raw: Path, folder: Path) -> dict[str, float]:
    """Return the CPU seconds of the script, of each step, and of a whole run in one process."""
    folder.mkdir()
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
            watch("whole run", clean_batch, plan.raw, batch, staging, SETTINGS).account
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
