"""What there is to clean: every file below the raw folder, in natural order, cut into batches.

The order depends on the paths alone, never on the order in which the file system lists them:
digits count as numbers (``2.txt`` before ``10.txt``), and a folder's files stand together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xxhash import xxh3_64_intdigest

from flows.corpus.listing import Selection, files_below
from schemas.settings import Settings

_BYTES_OF_AN_EMPTY_FILE = 1024
"""What a file counts for at least, so that a batch of tiny files stays bounded too."""

_CHECKSUMS = 1 << 64

_DIGITS = re.compile(rb"(\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """One input.

    Attributes:
        path: Relative to the raw folder, POSIX, byte for byte.
        size: Bytes when it was listed; 0 for what is no regular file.
        number: Its place in the whole plan, counted from 0.
    """

    path: bytes
    size: int
    number: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs that one worker cleans together."""

    number: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All inputs of a run.

    Attributes:
        raw: The raw folder.
        batches: In order; together they hold every input once.
        left_out: Files and folders that are no inputs: hidden ones and those of the settings.
    """

    raw: Path
    batches: tuple[Batch, ...]
    left_out: int = 0

    @property
    def sources(self) -> Iterator[Source]:
        """All inputs, in order."""
        return (source for batch in self.batches for source in batch.sources)


def plan_corpus(raw: Path, settings: Settings, gone: Iterable[tuple[bytes, int]] = ()) -> Plan:
    """List what is below ``raw`` and cut it into batches.

    Args:
        raw: The raw folder; it may itself be a symbolic link.
        settings: Which files are inputs, and how many bytes make a batch.
        gone: Path and size of documents that are inputs even if there is no such file any more.

    Returns:
        The plan; equal for equal paths and sizes, in whatever order they were created.

    Raises:
        StorageError: If ``raw`` does not exist, is no folder, or cannot be listed.
    """
    selection = Selection(settings.input)
    sizes = dict(gone)
    sizes.update(files_below(raw, selection))
    found = sorted(sizes, key=natural_order)
    sources = [Source(path, sizes[path], number) for number, path in enumerate(found)]
    batches = _cut(sources, settings.input.batch_bytes)
    return Plan(raw, tuple(batches), selection.left_out)


def natural_order(path: bytes) -> tuple[list[list[bytes | int]], bytes]:
    """Return a sort key by which digits count as numbers and a folder's files stand together.

    >>> sorted([b"page10.txt", b"page9.txt", b"page/2.txt"], key=natural_order)
    [b'page/2.txt', b'page9.txt', b'page10.txt']
    """
    return [_split_numbers(name) for name in path.split(b"/")], path


def _split_numbers(name: bytes) -> list[bytes | int]:
    pieces = _DIGITS.split(name)
    return [int(piece) if place % 2 else piece for place, piece in enumerate(pieces)]


def _cut(sources: Sequence[Source], batch_bytes: int) -> Iterator[Batch]:
    """Yield batches of neighbours that reach no more than ``batch_bytes``, or hold one file."""
    held: list[Source] = []
    number = weight = 0
    for source in sources:
        own = max(source.size, _BYTES_OF_AN_EMPTY_FILE)
        if held and (weight + own > batch_bytes or _begins_batch(source.path, own / batch_bytes)):
            yield Batch(number, tuple(held))
            held, number, weight = [], number + 1, 0
        held.append(source)
        weight += own
    if held:
        yield Batch(number, tuple(held))


def _begins_batch(path: bytes, share: float) -> bool:
    """Return whether a batch begins with this file, whatever stands before it.

    Were batches only filled up one after the other, one new file would shift all that follow, and
    none would be what it was. So the name of a file tells, by a checksum, whether it begins one:
    of files that make up a ``share`` of a batch, twice that share do, and a batch is half full.
    """
    return xxh3_64_intdigest(path) < share * 2 * _CHECKSUMS
