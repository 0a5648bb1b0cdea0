"""Write documents for the line models to learn from, made of our own words.

    python -m benchmarks.make_line_examples OUTPUT.jsonl [--documents 1500] [--seed 1]

Each is composed by ``benchmarks.line_genres``, laid out by ``benchmarks.line_layouts`` in a style of
its own, and written with its truth, one JSON object a line, in the form that
``benchmarks.train_line_model`` reads. Their genres are called ``made_GENRE``. A seventh is not
wrapped: half of these have their longest paragraphs cut by blank lines.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.line_genres import GENRES, compose
from benchmarks.line_layouts import Damaged, lay_out
from benchmarks.line_styles import choose_style

_UNWRAPPED_SHARE = 1 / 7
_HALF_WIDTH_SHARE = 0.06
_HALF_WIDTH = str.maketrans("，。；：？！（）", ",.;:?!()")
_WIDE_MARK = re.compile("(?<=[\u3400-\u9fff])[，。；：？！（）]")
_UNWRAPPED_COLUMNS = 100_000


def documents(count: int, seed: int) -> Iterator[tuple[str, str, Damaged]]:
    """Yield the genre, the clean text and the laid-out text of ``count`` documents."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    genres = tuple(GENRES)
    for number in range(count):
        genre = genres[number % len(genres)]
        language = chance.choice(("chinese", "english"))
        style = choose_style(chance, is_chinese=language == "chinese")
        if chance.random() < _UNWRAPPED_SHARE:
            cut_at = chance.choice((_UNWRAPPED_COLUMNS, chance.randint(200, 800)))
            style = replace(style, columns=cut_at, is_loose=False, cut_share=1.0)
        clean = compose(language, genre, chance)
        if chance.random() < _HALF_WIDTH_SHARE:  # as scanners write them
            clean = _WIDE_MARK.sub(lambda mark: mark[0].translate(_HALF_WIDTH), clean)
        yield genre, clean, lay_out(clean, style, chance)


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Write documents for the line models.")
    parser.add_argument("output", type=Path)
    parser.add_argument("--documents", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rows = (
        {"noisy": laid.text, "clean": clean, "furn": laid.spans, "genre": f"made_{genre}"}
        for genre, clean, laid in documents(given.documents, given.seed)
    )
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    given.output.write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
