"""Damage the samples at random and see that nothing breaks: ``python -m tests.fuzz --count 100000``.

Every input has to end as a document or as a rejection, whatever was done to it. A document has to
be clean text, its records have to fit their schemas and lead back to the decoded text, and to the
very bytes where the record says so. An input is a function of the seed and its number alone: one
that failed is made again with ``--seed S --first N --count 1``.
"""

import argparse
import hashlib
import random
import sys
import traceback
from collections import Counter
from pathlib import Path

from flows.corpus.records import Origin, make_records
from flows.corpus.restoring import restore_bytes, restore_text
from flows.corpus.serial import to_line, to_lines
from flows.decoding.ladder import decode
from flows.errors import DocumentError
from flows.pipeline import clean_texts
from schemas.settings import Settings
from tests.damages import damaged

SETTINGS = Settings()
RAW = Path(__file__).resolve().parent.parent / "raw"
TOGETHER = 40
"""Inputs that go through the pipeline at once, as the files of a batch do."""


def fuzz(seed: int, numbers: range) -> Counter[str]:
    """Return how many of the inputs ended how; raises for the first that ended otherwise."""
    samples = [path.read_bytes() for path in sorted(RAW.rglob("*")) if path.is_file()]
    outcomes: Counter[str] = Counter()
    for start in range(numbers.start, numbers.stop, TOGETHER):
        lot = range(start, min(start + TOGETHER, numbers.stop))
        contents = {number: damaged(samples, random.Random(f"{seed}/{number}")) for number in lot}
        try:
            outcomes.update(endings(list(contents.values())))
        except Exception:
            _raise_for_one(seed, contents)
            raise
    return outcomes


def endings(contents: list[bytes]) -> list[str]:
    """Clean these files together; return how each ended, having checked that it may end so."""
    decoded, ended = [], []
    for content in contents:
        try:
            decoded.append((content, decode(content, SETTINGS.decoding)))
        except DocumentError as error:
            ended.append(error.reason.value)
    cleaned = clean_texts([found.text for _, found in decoded], SETTINGS)
    for (content, found), clean in zip(decoded, cleaned, strict=True):
        if clean.text.strip():
            check(content, found, clean)
            ended.append("clean")
        else:
            ended.append("blank")
    return ended


def check(content, found, clean) -> None:
    """Require all that is promised of one clean document."""
    text = clean.text
    assert text == text.strip(), "white space around the text"
    assert not {"\f", "\r"} & set(text), "a line end or page mark is left"
    assert "\n\n\n" not in text, "an empty paragraph"
    origin = Origin(b"fuzz.txt", len(content), hashlib.sha256(content).hexdigest(), "fuzz")
    records = make_records(origin, found, clean)
    to_line(records.document), to_lines(records.edits), to_lines(records.removals)
    assert restore_text(records.document, records.edits) == found.text
    if records.document.metadata.bytes_restorable:
        assert restore_bytes(records.document, records.edits) == content


def _raise_for_one(seed: int, contents: dict[int, bytes]) -> None:
    """Find the input that breaks things alone, and say how to make it again."""
    for number, content in contents.items():
        try:
            endings([content])
        except Exception as error:
            again = f"python -m tests.fuzz --seed {seed} --first {number} --count 1"
            raise AssertionError(f"{again}\n{content!r}") from error


def main() -> None:
    """Run as many inputs as the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--count", type=int, default=10_000, help="inputs (default: 10,000)")
    parser.add_argument("--seed", type=int, default=0, help="which inputs (default: 0)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default: 0)")
    asked = parser.parse_args()
    try:
        outcomes = fuzz(asked.seed, range(asked.first, asked.first + asked.count))
    except AssertionError:
        traceback.print_exc()
        sys.exit(1)
    for outcome, count in outcomes.most_common():
        print(f"{count:>9,} {outcome}")  # noqa: T201 - what it is started for
    print(f"{outcomes.total():>9,} inputs, none failed")  # noqa: T201 - the same


if __name__ == "__main__":
    main()
