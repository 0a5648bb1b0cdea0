"""What there is to clean: every file below the raw folder, in natural order, cut into batches.

Names that begin with a dot are no documents (editors, version control and synchronisers keep
their state in them), nor are files that the settings leave out. Everything else below the folder
is an input and has to end as a document or as a rejection, so symbolic links, pipes, sockets,
devices and folders that cannot be listed are inputs too; reading them says what is wrong.
Symbolic links are never followed.

The order depends on the paths alone, never on the order in which the file system lists them:
digits count as numbers (``2.txt`` before ``10.txt``), and a folder's files stand together.
"""

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xxhash import xxh3_64_intdigest

from flows.errors import StorageError
from schemas.settings import InputSettings, Settings

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
    selection = _Selection(settings.input)
    sizes = dict(gone)
    sizes.update(_walk(raw, selection))
    found = sorted(sizes, key=natural_order)
    sources = [Source(path, sizes[path], number) for number, path in enumerate(found)]
    batches = _cut(sources, settings.input.batch_bytes)
    return Plan(raw, tuple(batches), selection.left_out)


def require_listable(raw: Path) -> None:
    """Refuse a raw folder of which nothing can be known.

    Raises:
        StorageError: If ``raw`` does not exist, is no folder, or cannot be listed.
    """
    _list_root(raw)


def natural_order(path: bytes) -> tuple[list[list[bytes | int]], bytes]:
    """Return a sort key by which digits count as numbers and a folder's files stand together.

    >>> sorted([b"page10.txt", b"page9.txt", b"page/2.txt"], key=natural_order)
    [b'page/2.txt', b'page9.txt', b'page10.txt']
    """
    return [_split_numbers(name) for name in path.split(b"/")], path


def _split_numbers(name: bytes) -> list[bytes | int]:
    pieces = _DIGITS.split(name)
    return [int(piece) if place % 2 else piece for place, piece in enumerate(pieces)]


class _Selection:
    """Tells inputs from what is none, and counts the latter."""

    def __init__(self, settings: InputSettings) -> None:
        self.left_out = 0
        self._wanted = _one_of(settings.patterns)
        self._ignored = _one_of(settings.ignore)

    def takes(self, path: bytes, *, is_folder: bool) -> bool:
        text = os.fsdecode(path)
        taken = not path.rpartition(b"/")[2].startswith(b".")
        if taken and not is_folder:
            taken = bool(self._wanted.match(text)) and not self._ignored.match(text)
        self.left_out += not taken
        return taken


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern that matches a whole path where any of ``patterns`` does."""
    return re.compile("|".join(map(fnmatch.translate, patterns)) or r"(?!)")


def _walk(raw: Path, selection: _Selection) -> Iterator[tuple[bytes, int]]:
    """Yield path and size of every input below ``raw``, in no particular order."""
    folders = [(b"", _list_root(raw))]
    while folders:
        prefix, entries = folders.pop()
        for entry in entries:
            path = prefix + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if not selection.takes(path, is_folder=is_folder):
                continue
            if not is_folder:
                yield path, _size(entry)
                continue
            try:
                folders.append((path + b"/", _list(entry.path)))
            except OSError:
                yield path, 0  # the folder itself becomes the rejected input


def _list_root(raw: Path) -> list[os.DirEntry[bytes]]:
    try:
        return _list(os.fsencode(raw))
    except OSError as error:
        raise StorageError(
            f"the raw folder {raw} cannot be listed ({error.strerror}); "
            "name an existing folder of documents that may be read"
        ) from error


def _list(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _size(entry: os.DirEntry[bytes]) -> int:
    try:
        is_file = entry.is_file(follow_symlinks=False)
        return entry.stat(follow_symlinks=False).st_size if is_file else 0
    except OSError:
        return 0


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
