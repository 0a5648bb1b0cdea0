"""What finding repeats across documents costs as the corpus grows, beside rensa in the same run.

Paragraphs of some 115 characters are put together from a pool of made-up sentences, half of them
shuffled, half cut; a tenth are copies: exact, with 3 % of the characters misread, or cut at the end.
So each sentence stands in hundreds of paragraphs, as formulas do. The characters are those of
GB 2312's first level, some far more frequent than others.

Each tool runs in a process of its own and starts from texts in memory. rensa's flow is the one of
its documentation (128 permutations, 16 bands, its estimate checked), over sets of 5 characters.
jiaokan makes prints of 10,000 paragraphs at a time, stores them as a run does, and settles them;
the last stage adds a table of 10,000 paragraphs to the others, whose refused pairs are remembered.

    python -m benchmarks.repeat_scale 100000 1000000 --rensa-up-to 100000
"""

import argparse
import json
import multiprocessing
import random
import re
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

SENTENCES, PER_PARAGRAPH, PER_DOCUMENT, PER_TABLE = 8000, 4, 20, 10_000
SHUFFLED, COPIED, MISREAD, CUT, SEED = 0.5, 0.1, 0.03, 0.7, 5
PERMUTATIONS, BANDS, SHINGLE, THRESHOLD = 128, 16, 5, 0.8
_SPACES = re.compile(r"\s+")


def make_paragraphs(count: int, seed: int = SEED) -> list[str]:
    """Return paragraphs; the first ones are the same for every ``count``."""
    pick = random.Random(seed)  # noqa: S311 - a benchmark, not a secret
    characters = [
        bytes((high, low)).decode("gb2312")
        for high in range(0xB0, 0xD7)
        for low in range(0xA1, 0xFF)
    ]
    pick.shuffle(characters)
    weights = [1 / (rank + 40) for rank in range(len(characters))]
    pool = [
        "".join(pick.choices(characters, weights, k=pick.randint(13, 60))) + "。"
        for _ in range(SENTENCES)
    ]
    made: list[str] = []
    for _ in range(count):
        if len(made) > PER_DOCUMENT and pick.random() < COPIED:
            made.append(_copied(pick.choice(made), pick, characters))
        else:
            made.append("".join(_varied(each, pick) for each in pick.sample(pool, PER_PARAGRAPH)))
    return made


def _varied(sentence: str, pick: random.Random) -> str:
    if pick.random() < SHUFFLED:
        return "".join(pick.sample(sentence, len(sentence)))
    return sentence[: pick.randint(8, len(sentence))]


def _copied(paragraph: str, pick: random.Random, characters: Sequence[str]) -> str:
    kind = pick.randrange(3)
    if kind == 0:
        return paragraph
    if kind == 1:
        return "".join(
            pick.choice(characters) if pick.random() < MISREAD else one for one in paragraph
        )
    return paragraph[: max(30, int(len(paragraph) * CUT))]


def documents_of(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs as documents of 20."""
    return [
        "\n\n".join(paragraphs[start : start + PER_DOCUMENT])
        for start in range(0, len(paragraphs), PER_DOCUMENT)
    ]


def by_rensa(paragraphs: Sequence[str], _folder: Path) -> Iterator[tuple[str, int]]:
    """Index all paragraphs, query each, and check the estimate; yield how many go."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - one tool a process

    plain = [_SPACES.sub(" ", text.lower()) for text in paragraphs]
    sets = [
        list({text[at : at + SHINGLE] for at in range(max(1, len(text) - SHINGLE + 1))})
        for text in plain
    ]
    sketches = RMinHash.from_token_sets(sets, num_perm=PERMUTATIONS, seed=SEED)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    gone = 0
    for number, sketch in enumerate(sketches):
        gone += any(sketch.jaccard(sketches[other]) >= THRESHOLD for other in index.query(sketch))
        index.insert(number, sketch)
    yield "rensa", gone


def by_jiaokan(paragraphs: Sequence[str], folder: Path) -> Iterator[tuple[str, int]]:
    """Make prints and settle them; yield how many go, from scratch and with verdicts remembered."""
    import numpy as np  # noqa: PLC0415

    from flows.repeats.prints import PrintTable, paragraph_prints  # noqa: PLC0415
    from flows.repeats.refusals import Refusals  # noqa: PLC0415
    from flows.repeats.settlement import settle  # noqa: PLC0415
    from schemas.settings import SharedRepeatSettings  # noqa: PLC0415

    settings = SharedRepeatSettings()
    (folder / "prints").mkdir()

    class Tables:
        def __init__(self, names: Sequence[Path]) -> None:
            self.names = names

        def __iter__(self) -> Iterator[PrintTable]:
            for name in self.names:
                with np.load(name) as columns:
                    yield PrintTable.of(dict(columns))

    names: list[Path] = []
    for start in range(0, len(paragraphs), PER_TABLE):
        texts = documents_of(paragraphs[start : start + PER_TABLE])
        names.append(folder / "prints" / f"{start:09d}.npz")
        np.savez(names[-1], **paragraph_prints(texts, settings).columns())
    yield "prints", 0
    refusals = Refusals()
    yield "settle", len(settle(Tables(names), settings, refusals).documents)
    part = Refusals()
    settle(Tables(names[:-1]), settings, part)
    texts = documents_of(paragraphs[-max(PER_TABLE, len(paragraphs) % PER_TABLE) :])
    known = Refusals(part.of_this_run())
    np.save(folder / "refused.npy", known.known)
    yield "(all but the last table, not counted)", 0
    np.savez(names[-1], **paragraph_prints(texts, settings).columns())
    yield "add the last table", len(settle(Tables(names), settings, known).documents)


TOOLS: dict[str, Callable[[Sequence[str], Path], Iterator[tuple[str, int]]]] = {
    "rensa": by_rensa,
    "jiaokan": by_jiaokan,
}


def _resident() -> float:
    """Return the memory of this process (megabytes)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


class _Peak:
    """Watches the memory of this process."""

    def __init__(self) -> None:
        self.megabytes = _resident()
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self.megabytes = max(self.megabytes, _resident())


def run_tool(tool: str, count: int) -> None:
    """Print a line for each stage of a tool: CPU seconds, extra memory, files, what goes."""
    paragraphs = make_paragraphs(count)
    size = sum(len(text.encode()) for text in paragraphs) / 1e6
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, peak, begun = _resident(), _Peak(), time.process_time()
        for stage, gone in TOOLS[tool](paragraphs, folder):
            row = {
                "stage": stage,
                "paragraphs": count,
                "megabytes": round(size, 1),
                "cpu": round(time.process_time() - begun, 2),
                "extra_megabytes": round(peak.megabytes - before),
                "gone": gone,
                "files": {
                    path.name: round(
                        sum(file.stat().st_size for file in (path, *path.rglob("*"))) / 1e6, 1
                    )
                    for path in sorted(folder.iterdir())
                },
            }
            print(json.dumps(row), flush=True)
            begun = time.process_time()


def main() -> None:
    """Run every tool at every size, one process each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--rensa-up-to", type=int, default=100_000)
    given = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    for count in given.counts:
        for tool in TOOLS:
            if tool == "jiaokan" or count <= given.rensa_up_to:
                process = spawn.Process(target=run_tool, args=(tool, count))
                process.start()
                process.join()


if __name__ == "__main__":
    main()
