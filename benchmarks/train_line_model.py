"""Train the two models of the line steps and write their weights into ``flows/lines/data/``.

    python -m benchmarks.train_line_model DATA.jsonl ... [--leave-out NAME] [--output FOLDER]

Each line of the input is one document:

- ``noisy``: its text as extracted, with wrapped lines, cut sentences and page furniture;
- ``clean``: the text as its author wrote it; any line feed in it is a break that stays;
- ``furn``: spans of furniture in ``noisy``, as ``[start, end]`` in code points (may be missing);
- ``skip``: gaps of ``clean`` that are not learnt from, as numbers of its characters that are no
  white space (may be missing);
- ``genre`` and ``extractor``: names, used to leave a group out; a document with an extractor is
  real output of an extraction tool and weighs four times as much as one laid out by a generator;
  documents of ``benchmarks.make_line_examples`` weigh a quarter.

``noisy`` and ``clean`` are aligned by their longest common subsequence; a gap is learnt from if
the characters on both sides are neighbours in ``clean`` as well. Documents are also learnt from in
pieces of two to eight lines, so that the model knows what a short text looks like, and in their
clean form with every break kept, so that it knows what needs no repair.
No text of the input enters the weights: they hold feature names, small numbers and leaf values.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from benchmarks.symmetric_trees import Column, Fit, Reals, fit_trees
from flows.edits import apply_edits
from flows.lines import furniture_features, gap_features
from flows.lines.layout import Layout, lay_out
from flows.steps.furniture import RUNNING_HEAD, take_out
from flows.steps.furniture import Found as FurnitureLine

UNKNOWN, KEPT, JOINED = -1, 0, 1
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}\ufffe\x02"
REAL_WEIGHT = 4.0
MADE_WEIGHT = 0.25  # at 0.5 sentences cut by blank lines in real novels were judged worse
CLEAN_WEIGHT = 0.15  # some sources have cut sentences themselves
PIECES_A_DOCUMENT = 4
GAP_FIT = Fit(rounds=300)
FURNITURE_FIT = Fit(rounds=120, depth=5)
DATA = Path(__file__).parent.parent / "flows" / "lines" / "data"

Labels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One document to learn from.

    Attributes:
        text: As extracted.
        is_furniture: For each of its lines that hold something.
        body: The text without its furniture.
        joins: For each code point of ``body`` that begins a line, whether the line belongs to the
            one before.
        genre: Name of its genre.
        extractor: Name of the tool it was extracted with; empty for made documents.
        weight: How much each of its cases counts.
        clean: The text as its author wrote it.
    """

    text: str
    is_furniture: npt.NDArray[np.bool_]
    body: str
    joins: Labels
    genre: str
    extractor: str
    weight: float = 1.0
    clean: str = ""


def read_example(line: str) -> Example:
    """Return the document of one line of the input."""
    row: dict[str, Any] = json.loads(line)
    text: str = row["noisy"]
    layout = lay_out([text])
    is_furniture = _furniture_lines(layout, row.get("furn") or [])
    found = [FurnitureLine(int(at), RUNNING_HEAD, 1.0) for at in np.flatnonzero(is_furniture)]
    body = apply_edits(text, take_out(layout, 0, found))
    joins = _label(body, row["clean"], set(row.get("skip") or ()))
    extractor = row.get("extractor", "")
    made = MADE_WEIGHT if row["genre"].startswith("made_") else 1.0
    weight = REAL_WEIGHT if extractor else made
    return Example(
        text, is_furniture, body, joins, row["genre"], extractor, weight, clean=row["clean"]
    )


def _furniture_lines(layout: Layout, spans: list[list[int]]) -> npt.NDArray[np.bool_]:
    """Return for each line whether more than half of its ink is furniture."""
    covered = np.zeros(len(layout.points) + 1, np.int64)
    for start, end in spans:
        covered[start + 1 : end + 1] = 1
    ink = np.append(0, (layout.classes != 1) & (layout.classes != 2))  # noqa: PLR2004 - white space
    covered, ink = np.cumsum(covered * ink), np.cumsum(ink)
    first, last = layout.lines.start, layout.lines.end
    share: npt.NDArray[np.bool_] = (covered[last] - covered[first]) * 2 > ink[last] - ink[first]
    return share


def _label(body: str, clean: str, skipped: set[int]) -> Labels:
    """Return for each code point of ``body`` whether the line it begins is joined in ``clean``."""
    body_at = [at for at, char in enumerate(body) if not char.isspace()]
    clean_at = [at for at, char in enumerate(clean) if not char.isspace()]
    partner = _align("".join(body[at] for at in body_at), "".join(clean[at] for at in clean_at))
    joins = np.full(len(body) + 1, UNKNOWN, np.int8)
    for left in range(len(body_at) - 1):
        right = partner[left + 1]
        start, end = body_at[left] + 1, body_at[left + 1]
        if right < 1 or not any(char in "\n\f" for char in body[start:end]) or right in skipped:
            continue
        last = left
        while last > left - 2 and last > 0 and partner[last] < 0 and body[body_at[last]] in HYPHENS:
            last -= 1
        if partner[last] == right - 1:
            gap = clean[clean_at[right - 1] : clean_at[right]]
            joins[end] = KEPT if "\n" in gap or "\f" in gap else JOINED
    return joins


def _align(left: str, right: str) -> list[int]:
    """Return for each character of ``left`` its partner in ``right``; -1 for none."""
    partner = [-1] * len(left)
    for block in Indel.opcodes(left, right):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                partner[block.src_start + step] = block.dest_start + step
    return partner


def cut_pieces(examples: list[Example], seed: int) -> Iterator[Example]:
    """Yield pieces of two to eight lines, as short documents."""
    draw = np.random.default_rng(seed)
    nothing = np.zeros(0, np.bool_)
    for one in examples:
        starts = [0, *(at + 1 for at, char in enumerate(one.body) if char in "\n\f")]
        if len(starts) < 12:  # noqa: PLR2004 - short already
            continue
        for _ in range(PIECES_A_DOCUMENT):
            first = int(draw.integers(0, len(starts) - 9))
            low, high = starts[first], starts[first + int(draw.integers(2, 9))]
            joins = one.joins[low : high + 1]
            yield replace(one, text="", is_furniture=nothing, body=one.body[low:high], joins=joins)


def clean_forms(examples: list[Example]) -> Iterator[Example]:
    """Yield the clean text of documents, as it is and with blank lines, with every break kept."""
    for one in examples:
        for body in {one.clean, re.sub(r"\n+", "\n\n", one.clean)}:
            joins = np.full(len(body) + 1, KEPT, np.int8)
            yield replace(one, body=body, joins=joins, weight=CLEAN_WEIGHT)


def train_gaps(examples: list[Example]) -> list[dict[str, Any]]:
    """Return the trees that decide whether two lines are one."""
    everything = [*examples, *cut_pieces(examples, seed=5), *clean_forms(examples)]
    features, labels, weights, _ = gap_cases(everything)
    return fit_trees(features, labels, weights, gap_features.CLASS_FEATURES, GAP_FIT)


def gap_cases(
    examples: list[Example],
) -> tuple[dict[str, Column], npt.NDArray[np.bool_], Reals, npt.NDArray[np.int64]]:
    """Return features, labels, weights and document number of every gap with a known answer."""
    gaps = gap_features.find_gaps(lay_out([one.body for one in examples]))
    after = gaps.before + 1
    joins = np.concatenate([np.append(one.joins[: len(one.body)], UNKNOWN) for one in examples])
    label = joins[gaps.layout.lines.start[after]]
    known = label != UNKNOWN
    text = gaps.layout.lines.document[after][known]
    weights = np.array([one.weight for one in examples])[text]
    features = {name: column[known] for name, column in gaps.features.items()}
    return features, label[known] == JOINED, weights, text


def train_furniture(examples: list[Example]) -> list[dict[str, Any]]:
    """Return the trees that decide whether a line is page furniture."""
    layout = lay_out([one.text for one in examples])
    found = furniture_features.find_candidates(layout)
    labels = np.concatenate([one.is_furniture for one in examples])[found.line]
    weights = np.array([one.weight for one in examples])[layout.lines.document[found.line]]
    return fit_trees(
        found.features, labels, weights, furniture_features.CLASS_FEATURES, FURNITURE_FIT
    )


def write_model(path: Path, trees: list[dict[str, Any]], provenance: str) -> None:
    """Write a model as JSON, one tree a line."""
    rows = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    head = json.dumps(provenance, ensure_ascii=False)
    path.write_text(f'{{"provenance":{head},\n"trees":[\n{rows}\n]}}\n', "utf-8")


def read_examples(paths: list[Path], processes: int) -> list[Example]:
    """Return all documents of the input files, in order."""
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    with Pool(processes) as pool:
        return pool.map(read_example, lines, 8)


def is_left_out(example: Example, name: str) -> bool:
    """Return whether the document's genre, its genre's family, or its extractor has the name."""
    family = "_".join(example.genre.split("_")[:2])
    return bool(name) and name in (example.genre, family, example.extractor)


def main() -> None:
    """Train both models on the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--leave-out", default="", help="genre or extractor not to learn from")
    parser.add_argument("--output", type=Path, default=DATA)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    examples = [
        one
        for one in read_examples(options.data, options.processes)
        if not is_left_out(one, options.leave_out)
    ]
    provenance = (
        f"benchmarks/train_line_model.py, {len(examples)} documents, "
        f"{sum(len(one.text) for one in examples)} code points"
    )
    write_model(options.output / "gap_model.json", train_gaps(examples), provenance)
    write_model(options.output / "furniture_model.json", train_furniture(examples), provenance)


if __name__ == "__main__":
    main()
