"""How fast a whole cleaning is beside other tools, per core, on one corpus, in one run.

    python -m benchmarks.peers --megabytes 20
    python -m benchmarks.peers --raw FOLDER --datatrove PYTHON --data-juicer DJ_PROCESS --json FILE

PYTHON is an interpreter that has datatrove and opencc, DJ_PROCESS the command of Data-Juicer; the
two cannot be installed together. Every tool runs as a process of its own on one core, its start
included, and is charged the CPU time of all its processes. The peers read no bytes, so they are
given decoded text, for nothing. What each of them does differs a lot; see the table in
``docs/quality.md``.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import write_corpus
from flows.corpus.plan import plan_corpus
from flows.corpus.reading import read_source
from flows.decoding.ladder import decode
from flows.errors import DocumentError
from schemas.settings import Settings

RECIPE = {
    "project_name": "peers",
    "np": 1,
    "text_keys": "text",
    "open_monitor": False,
    "use_cache": False,
    "process": [
        {"fix_unicode_mapper": None},
        {"whitespace_normalization_mapper": None},
        {"chinese_convert_mapper": {"mode": "t2s"}},
        {"remove_repeat_sentences_mapper": {"min_repeat_sentence_length": 20}},
        {"document_deduplicator": None},
    ],
}
"""For Data-Juicer, whose recipes are YAML, of which JSON is a part."""


def main() -> None:
    """Make the corpus, run everything in turn, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2, help="the least time of each counts")
    parser.add_argument("--raw", type=Path, help="clean this folder in place of a generated one")
    parser.add_argument("--datatrove", metavar="PYTHON", help="an interpreter that has datatrove")
    parser.add_argument("--data-juicer", metavar="DJ_PROCESS", help="the command of Data-Juicer")
    parser.add_argument("--json", type=Path, help="write the figures there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = given.raw or Path(folder, "raw")
        if not given.raw:
            write_corpus(raw, given.megabytes, given.seed)
        commands = _commands(raw, Path(folder), given.datatrove, given.data_juicer)
        seconds = {
            name: min(_cpu_seconds(command) for _ in range(given.rounds))
            for name, command in commands.items()
        }
        size = sum(path.stat().st_size for path in raw.rglob("*") if path.is_file()) / 1e6
    rates = {name: size / spent for name, spent in seconds.items()}
    _print(size, rates)
    if given.json:
        given.json.write_text(json.dumps({"megabytes": size, "rates": rates}, indent=2) + "\n")


def _commands(
    raw: Path, folder: Path, datatrove: str | None, data_juicer: str | None
) -> dict[str, Sequence[str]]:
    """Return what to run; every command may be run again and then starts from nothing."""
    python = sys.executable
    commands: dict[str, Sequence[str]] = {
        "plain script": (python, "-m", "benchmarks.plain_script", str(raw), f"{folder}/plain"),
        "jiaokan": (python, "-m", "benchmarks.whole_run", str(raw), f"{folder}/clean"),
        "jiaokan, no repeats across documents": (
            *(python, "-m", "benchmarks.whole_run", str(raw), f"{folder}/apart"),
            "shared_repeats.enabled=false",
        ),
    }
    decoded = folder / "decoded" / "documents.jsonl"
    if datatrove or data_juicer:
        _write_decoded(raw, decoded)
    if datatrove:
        script = str(Path(__file__).with_name("peer_datatrove.py"))
        commands["datatrove"] = (datatrove, script, str(decoded.parent), f"{folder}/datatrove")
    if data_juicer:
        recipe = folder / "recipe.yaml"
        places = {"dataset_path": str(decoded), "export_path": f"{folder}/juicer/final.jsonl"}
        recipe.write_text(json.dumps(RECIPE | places))
        commands["Data-Juicer"] = (data_juicer, "--config", str(recipe))
    return commands


def _write_decoded(raw: Path, target: Path) -> None:
    settings = Settings()
    target.parent.mkdir()
    with target.open("w", encoding="utf-8") as lines:
        for source in plan_corpus(raw, settings).sources:
            try:
                text = decode(read_source(raw, source, source.size + 1), settings.decoding).text
            except DocumentError:
                continue
            record = {"id": os.fsdecode(source.path), "text": text}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def _cpu_seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - the user's own commands
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _print(size: float, rates: dict[str, float]) -> None:
    print(f"{size:.1f} MB\n\n| | MB per CPU second | times the plain script |\n|---|---|---|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:.2f} | {rate / rates['plain script']:.2f} |")


if __name__ == "__main__":
    main()
