"""How well sentences cut by layout are made whole, measured on texts that anybody may have.

    python -m benchmarks.line_quality [--documents 200] [--seed 7]

Clean texts of our own, those in ``benchmarks/line_texts`` and the samples of the test suite, are
laid out by ``benchmarks.line_layouts`` and repaired by jiaokan's line steps, by two rules that
people write themselves, and by ``unstructured`` where it is installed. What each did to every
gap is compared with what was done to it. Prints a Markdown table of F1 in percent.

A join with the wrong thing between the two characters counts as a miss and as a false join. A
line of furniture counts as found if nothing of it is left; each stretch of text that is missing
counts as falsely found. The texts were written by those who wrote the rules, and the layouts are
neater than those of the world: read the figures as a comparison, not as a promise.
"""

import argparse
import importlib
import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from rapidfuzz.distance import Indel

from benchmarks.adapters import repair_lines
from benchmarks.line_layouts import Damaged, Gap, collections, lay_out
from benchmarks.line_styles import choose_style

Repair = Callable[[str], str]

_ROOT: Final = Path(__file__).parent
_SAMPLES: Final = _ROOT.parent / "tests" / "samples"
_CLEAN_SAMPLES: Final = (
    *("novel", "diary", "letters", "minutes", "news", "notices", "poems", "mixed", "tables"),
    "english",
)
_TASKS: Final = {
    "wrapped": "wrapped line",
    "cut": "cut by a blank line",
    "across": "cut by a page",
    "hyphen": "hyphen",
    "furniture": "furniture",
    "stray": "stray space",
}
_JOINS: Final = ("wrapped", "cut", "across")
_HYPHENS: Final = "-\N{HYPHEN}"
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_UNSPACED: Final = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uff00-\uffef]")
_ENDS: Final = tuple('。！？；：…”」』）》.!?;:")')


def join_single_line_feeds(text: str) -> str:
    """Return ``text`` with every single line feed joined, as many do before anything else."""
    paragraphs = re.split(r"[\n\f]\s*\n|\f", text)
    return "\n\n".join(_join(paragraph.split("\n")) for paragraph in paragraphs)


def join_unless_closed(text: str) -> str:
    """Return ``text`` with each line joined to the one before that ends in no closing mark."""
    paragraphs: list[list[str]] = []
    for line in re.split(r"[\n\f]+", text):
        if not line.strip():
            continue
        if paragraphs and not paragraphs[-1][-1].rstrip().endswith(_ENDS):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "\n\n".join(_join(lines) for lines in paragraphs)


def _join(lines: list[str]) -> str:
    """Return the lines as one, with a space unless Chinese stands on one side."""
    joined = ""
    for line in filter(None, map(str.strip, lines)):
        is_spaced = joined and not (_UNSPACED.match(joined[-1]) or _UNSPACED.match(line[0]))
        joined += f" {line}" if is_spaced else line
    return joined


def repairs() -> Iterator[tuple[str, Repair]]:
    """Yield the names of what is compared, and what does it."""
    yield "jiaokan", repair_lines
    yield "join single line feeds", join_single_line_feeds
    yield "join unless a mark closes the line", join_unless_closed
    try:
        peer = importlib.import_module("unstructured.cleaners.core")
    except ImportError:
        return
    yield "unstructured `group_broken_paragraphs`", peer.group_broken_paragraphs


class Score:
    """What one repair did, by task."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self.right: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.false: Counter[str] = Counter()

    def f1(self, task: str) -> float:
        """Return the harmonic mean of precision and recall, 0 to 1."""
        right = self.right[task]
        return 2 * right / max(2 * right + self.missed[task] + self.false[task], 1)

    def recall(self, task: str) -> float:
        """Return the share of its cases that came out right."""
        return self.right[task] / max(self.right[task] + self.missed[task], 1)

    def add(self, damaged: Damaged, repaired: str) -> None:
        """Compare what became of a document with what was done to it."""
        places = _places(damaged, repaired)
        for character, gap in damaged.gaps.items():
            before, here = places[character - 1], places[character]
            if gap.join == "-":  # the author's hyphen, which a repair takes for the line's
                self.false["hyphen"] += before < 0
            elif before >= 0 and here >= 0:
                self._add_gap(gap, repaired[before + 1 : here])
        left = _left_over(damaged, repaired, places)
        self.missed["furniture"] += left
        self.right["furniture"] += len(damaged.furniture) - left
        lost = [
            place < 0 and char not in _HYPHENS
            for place, char in zip(places, damaged.ink, strict=True)
        ]
        self.false["furniture"] += sum(
            here and not before for before, here in zip([False, *lost], lost, strict=False)
        )

    def _add_gap(self, gap: Gap, between: str) -> None:
        is_break = "\n" in between or "\f" in between
        if gap.task == "kept":
            (self.right if is_break else self.missed)["kept"] += 1
            self.false[gap.look] += not is_break
        elif gap.task == "space":
            self.false["stray"] += not between
        elif between == gap.join:
            self.right[gap.task] += 1
        else:
            self.missed[gap.task] += 1
            self.false[gap.task] += not is_break and gap.task in _JOINS


def _places(damaged: Damaged, repaired: str) -> list[int]:
    """Return for each clean character its place in ``repaired``; -1 if it is not there."""
    ink = [at for at, char in enumerate(repaired) if not char.isspace()]
    places = [-1] * len(damaged.ink)
    for step in Indel.opcodes("".join(damaged.ink), "".join(repaired.split())):
        if step.tag == "equal":
            places[step.src_start : step.src_end] = ink[step.dest_start : step.dest_end]
    return places


def _left_over(damaged: Damaged, repaired: str, places: list[int]) -> int:
    """Return how many lines of furniture still stand where they were put.

    The characters on both sides may have been matched with some of the furniture's own, so the
    look goes beyond them by as much as was put in.
    """
    ink = "".join(repaired.split())
    written = [at for at, char in enumerate(repaired) if not char.isspace()]
    left = 0
    for character, line in damaged.furniture:
        size = sum(len(other) for at, other in damaged.furniture if at == character)
        low = bisect_left(written, places[character - 1]) if character else -1
        high = bisect_left(written, places[character]) if character < len(places) else low + 1
        left += line in ink[max(0, min(low, high) + 1 - size) : max(low, high) + size]
    return left


def clean_texts() -> list[str]:
    """Return the clean texts, in the order of their names."""
    files = [
        *_ROOT.glob("line_texts/*.txt"),
        *(file for name in _CLEAN_SAMPLES for file in (_SAMPLES / "expected" / name).glob("*.txt")),
        *_SAMPLES.glob("written/traditional/*.txt"),
    ]
    return [file.read_text("utf-8").strip() for file in sorted(files)]


def damaged_documents(documents: int, seed: int) -> Iterator[Damaged]:
    """Yield laid-out documents, half of them Chinese; the same for the same seed."""
    texts = clean_texts()
    chinese = [text for text in texts if _HAN.search(text)]
    english = [text for text in texts if not _HAN.search(text)]
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    for group in (chinese, english):
        for clean in collections(group, documents // 2, chance):
            yield lay_out(clean, choose_style(chance, is_chinese=group is chinese), chance)


def table(scores: dict[str, Score]) -> Iterator[str]:
    """Yield the lines of the Markdown table."""
    yield "| | " + " | ".join(_TASKS.values()) + " | breaks kept |"
    yield "|---|" + "---|" * (len(_TASKS) + 1)
    first = next(iter(scores.values()))
    cases = [first.right[task] + first.missed[task] for task in (*_TASKS, "kept")]
    yield "| *cases* | " + " | ".join(f"*{count}*" for count in cases) + " |"
    for name, score in scores.items():
        figures = [*(score.f1(task) for task in _TASKS), score.recall("kept")]
        yield f"| {name} | " + " | ".join(f"{100 * figure:.1f}" for figure in figures) + " |"


def main() -> None:
    """Lay out, repair, compare, print."""
    parser = argparse.ArgumentParser(description="Measure the repair of lines.")
    parser.add_argument("--documents", type=int, default=200, help="how many are laid out")
    parser.add_argument("--seed", type=int, default=7, help="of the random numbers")
    chosen = parser.parse_args()
    scores: dict[str, Score] = {}
    for damaged in damaged_documents(chosen.documents, chosen.seed):
        for name, repair in repairs():
            scores.setdefault(name, Score()).add(damaged, repair(damaged.text))
    print("\n".join(table(scores)))


if __name__ == "__main__":
    main()
