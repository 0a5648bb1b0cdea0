"""Show what each threshold of decoding and of mojibake repair decides, on sentences written here.

Every threshold is halved, then raised by half, all others staying as they are, and files and lines
that come out right are counted again: ``python -m benchmarks.encoding_thresholds``. A row of equal
figures says that nothing here hangs on the exact value. The files are short on purpose, so that
the readings come close to each other: two to eight characters, damaged ones, hanzi in English, and
random bytes, which are right where they are declined.
"""

import random
from collections.abc import Iterator
from importlib import import_module

from benchmarks.adapters import decode, repair_mojibake
from benchmarks.encoding_quality import (
    FRENCH,
    SIMPLIFIED,
    TRADITIONAL,
    Sample,
    damaged_samples,
    misread_lines,
)

THRESHOLDS = {
    "certainty": ("WORD_PAIR_BITS", "_LONE_LINE_BITS"),
    "costs": ("RARE_BITS", "RARE_RUN_BITS"),
    "candidates": (
        *("ALPHABET_BITS", "CUT_BITS", "OTHER_PRIOR_BITS", "CHARDET_LEAD_BITS"),
        *("CHARDET_LEAD_BITS_PER_CHAR", "CLEAR_MEAN_BITS", "SURE_MEAN_BITS", "CLEAR_LEAD_BITS"),
    ),
    "proofs": ("_SHORT_LEAD_BITS", "SHORT_BYTES"),
    "evidence": ("TEXT_BITS_PER_BYTE", "SHORT_TEXT_BITS"),
    "damage": ("IN_STEP_GAIN_BITS", "_MIN_DISTINCT"),
    "cut_ends": ("HEAD_BITS",),
    "weighing": ("_HEAD_SHARE", "HEAD_BITS"),
    "mixed_files": ("ACCIDENT_BITS", "SHORT_LINE_BYTES"),
    "mojibake": (
        *("MIN_GAIN_BITS", "_ORDINARY_WESTERN_BITS", "ORDINARY_BITS", "IMPOSSIBLE_BITS"),
        *("_MIN_DROP_BITS", "_RARE_BITS", "_MIN_DISTINCT", "_MOST"),
    ),
    "word_scripts": ("SWITCH_BITS",),
}
"""By module below ``flows.decoding``, where each is looked up."""
DRAWS = 60
_PIECE_BYTES = 64


def short_files(draw: random.Random) -> Iterator[Sample]:
    """Yield files of a few characters in every encoding that is compared."""
    for length in (2, 4, 8):
        for bank, encodings in (
            (SIMPLIFIED, ("utf-8", "gb18030")),
            (TRADITIONAL, ("utf-8", "big5", "gb18030")),
        ):
            for encoding in encodings:
                text = draw.choice(bank)[:length]
                yield Sample(text.encode(encoding), text)
    for encoding in ("utf-16-le", "utf-16-be"):
        text = draw.choice(SIMPLIFIED)
        yield Sample(text.encode(encoding), text)
    text = draw.choice(FRENCH)
    yield Sample(text.encode("cp1252"), text)


def count_right(files: list[Sample], pieces: list[bytes], lines: list[tuple[str, str]]) -> str:
    """Return how many files and lines come out right and how many pieces are declined."""
    read = sum(sample.is_met(decode(sample.source)[0]) for sample in files)
    declined = sum(decode(piece)[0] is None for piece in pieces)
    repaired = sum(repair_mojibake(line) == meant for line, meant in lines)
    return f"{read} | {declined} | {repaired}"


def main() -> None:
    """Print the table."""
    draw = random.Random(21)  # noqa: S311 - repeatable draws, no secrets
    files = [sample for _ in range(DRAWS) for sample in short_files(draw)]
    files += [sample for _ in range(DRAWS) for _, sample in damaged_samples(draw)]
    pieces = [draw.randbytes(_PIECE_BYTES) for _ in range(DRAWS)]
    lines = [(line, meant) for _, line, meant in misread_lines()]
    print(f"| {len(files)} files right, {len(pieces)} pieces declined, {len(lines)} lines right |")
    print(f"as they stand: {count_right(files, pieces, lines)}")
    for name, thresholds in THRESHOLDS.items():
        module = import_module(f"flows.decoding.{name}")
        for threshold in thresholds:
            value = getattr(module, threshold)
            for factor in (0.5, 1.5):
                setattr(module, threshold, type(value)(value * factor))
                print(f"{name}.{threshold} x {factor}: {count_right(files, pieces, lines)}")
            setattr(module, threshold, value)


if __name__ == "__main__":
    main()
