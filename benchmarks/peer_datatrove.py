"""The nearest that datatrove comes to cleaning a folder; run by ``benchmarks.peers``.

    PYTHON benchmarks/peer_datatrove.py DECODED TARGET

PYTHON is one that has datatrove and opencc; nothing of this project is imported. datatrove reads no
bytes, so it is given text. It has no conversion of script; OpenCC is called as a step of its own.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    SentenceDedupFilter,
    SentenceDedupSignature,
    SentenceFindDedups,
)
from datatrove.pipeline.dedup.sentence_dedup import SentDedupConfig
from datatrove.pipeline.formatters import FTFYFormatter, SymbolLinesFormatter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from opencc import OpenCC

ONE_LINE = SentDedupConfig(
    n_sentences=1,
    split_sentences=False,
    only_dedup_in_index=False,
    min_doc_words=0,
    min_num_sentences=0,
)
"""Compare line with line, whatever is left of a document."""


def simplify(documents: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:  # noqa: ARG001 - datatrove's signature
    """Bring every document to simplified Chinese."""
    convert = OpenCC("t2s").convert
    for document in documents:
        document.text = convert(document.text)
        yield document


def main(source: str, target: str) -> None:
    """Repair characters, convert the script, drop lines of symbols and repeated lines."""
    shutil.rmtree(target, ignore_errors=True)  # else its logs say that all is done
    stages = [
        [
            JsonlReader(source),
            FTFYFormatter(),
            simplify,
            SymbolLinesFormatter(),
            JsonlWriter(f"{target}/cleaned", compression=None),
            SentenceDedupSignature(f"{target}/signatures", config=ONE_LINE),
        ],
        [SentenceFindDedups(f"{target}/signatures", f"{target}/repeats", config=ONE_LINE)],
        [
            JsonlReader(f"{target}/cleaned"),
            SentenceDedupFilter(f"{target}/repeats", config=ONE_LINE),
            JsonlWriter(f"{target}/final", compression=None),
        ],
    ]
    for number, steps in enumerate(stages):
        LocalPipelineExecutor(steps, tasks=1, logging_dir=f"{target}/log-{number}").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
