"""What is found wrong with a published version, and reading its rows past what is wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from flows.corpus.serial import RecordT, describe

MOST_FINDINGS = 1000
"""After so many, no more are listed; the version is broken beyond reading a list."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        file: Name of the file in the version.
        row: Its row, counted from 1; 0 for the file as a whole.
        problem: What is wrong, in words.
    """

    file: str
    row: int
    problem: str


class Findings:
    """Collects what is wrong.

    Attributes:
        listed: So far, up to `MOST_FINDINGS`.
        row: How many rows were read of each file.
    """

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self.listed: list[Finding] = []
        self.row: Counter[str] = Counter()

    def add(self, file: str, problem: str) -> None:
        """Note what is wrong with a file as a whole."""
        self._add(Finding(file, 0, problem))

    def add_at_row(self, file: str, problem: str) -> None:
        """Note what is wrong with the row of a file that was read last."""
        self._add(Finding(file, self.row[file], problem))

    def rows(self, path: Path, model: type[RecordT]) -> Iterator[RecordT]:
        """Yield the rows of a file that fit the schema; note the others.

        A file that cannot be read has no rows; that is found with the file as a whole.
        """
        try:
            with path.open("rb") as lines:
                for line in lines:
                    self.row[path.name] += 1
                    try:
                        yield model.model_validate_json(line, strict=True)
                    except ValidationError as error:
                        self.add_at_row(path.name, describe(error))
        except OSError:
            return

    def _add(self, finding: Finding) -> None:
        if len(self.listed) < MOST_FINDINGS:
            self.listed.append(finding)
