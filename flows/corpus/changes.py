"""What changed from one published version to the next, for whoever follows the corpus.

A version is the same whatever was published before it, so what changed cannot be part of it. It
lies beside the versions, in a file named after both: a follower who holds the old one reads the
file and is up to date, one who holds another finds no file and reads the new version whole.

Both versions stand in the same order and most lines are equal, so they are read side by side, and
only lines that differ are looked into.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import Final

import orjson

from flows.corpus.names import path_of
from flows.corpus.output import VERSIONS, manifest_of
from flows.corpus.plan import natural_order
from flows.corpus.serial import DamagedError, to_line
from flows.corpus.writing import make_folder, remove, sync_folder, sync_new_file
from flows.errors import StorageError
from schemas.change import Change, ChangeKind
from schemas.manifest import FileKind
from schemas.record import SCHEMA_VERSION

CHANGES: Final = "changes"
_FEED = re.compile(r"([0-9a-f]{16})-since-([0-9a-f]{16})\.jsonl")
"""Name of a feed: the version it leads to, and the one it starts from."""


def feed_path(clean: Path, version: str, previous: str) -> Path:
    """Return where the changes from ``previous`` to ``version`` lie."""
    return clean / CHANGES / f"{version}-since-{previous}.jsonl"


def write_changes(feed: Path, temporary: Path, old: Path, new: Path) -> None:
    """Write what changed from one version to another, whole or not at all.

    If the old version is damaged, there is no telling what changed, and no feed either.

    Args:
        feed: From :func:`feed_path`.
        temporary: Where it may be written before it gets its name.
        old: Folder of the version before.
        new: Folder of the version to come.

    Raises:
        OSError: If the feed cannot be written.
    """
    make_folder(feed.parent)
    try:
        with sync_new_file(temporary) as file:
            file.writelines(to_line(change) for change in changes_between(old, new))
    except DamagedError:
        remove(temporary)
        return
    temporary.replace(feed)
    sync_folder(feed.parent)


def changes_between(old: Path, new: Path) -> Iterator[Change]:
    """Yield what changed from the version in one folder to that in another, in path order.

    Raises:
        DamagedError: If one of them cannot be read.
    """
    before, after = _Reader(old), _Reader(new)
    while before.line or after.line:
        if before.line == after.line:
            before.advance()
            after.advance()
        elif not before.line or (after.line and after.order < before.order):
            yield after.change(ChangeKind.ADDED)
            after.advance()
        elif not after.line or before.order < after.order:
            yield before.change(ChangeKind.REMOVED)
            before.advance()
        else:
            yield after.change(ChangeKind.CHANGED)
            before.advance()
            after.advance()


def feeds_by_version(clean: Path) -> dict[str, list[Path]]:
    """Return all feeds, by the version they lead to."""
    folder = clean / CHANGES
    feeds: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        if named := _FEED.fullmatch(path.name):
            feeds[named[1]].append(path)
    return feeds


def tells_what_changed(clean: Path, feed: Path) -> bool:
    """Return whether a feed is what it should be; where a version is gone, nobody can tell.

    Raises:
        OSError: If the feed cannot be read.
    """
    new, old = (clean / VERSIONS / name for name in feed.stem.split("-since-"))
    if not old.exists():
        return True
    with feed.open("rb") as lines, suppress(DamagedError):
        fresh = map(to_line, changes_between(old, new))
        return all(said == made for said, made in zip_longest(lines, fresh))
    return True


class _Reader:
    """Goes through the documents of a version.

    Attributes:
        line: The line it has come to; empty after the last.
    """

    def __init__(self, version: Path) -> None:
        self._version = version
        self._lines = self._read()
        self.advance()

    def advance(self) -> None:
        self.line = next(self._lines, b"")
        self._head: tuple[str, str] | None = None

    @property
    def order(self) -> tuple[list[list[bytes | int]], bytes]:
        """Place of the document among all: a sort key."""
        try:
            return natural_order(path_of(self._id_and_path()[1]))
        except ValueError as error:
            raise self._damaged() from error

    def change(self, kind: ChangeKind) -> Change:
        document_id, source_path = self._id_and_path()
        return Change(
            schema_version=SCHEMA_VERSION,
            document_id=document_id,
            source_path=source_path,
            change=kind,
        )

    def _id_and_path(self) -> tuple[str, str]:
        if self._head is None:
            try:
                row = orjson.loads(self.line)
                self._head = str(row["id"]), str(row["source_path"])
            except (ValueError, TypeError, KeyError) as error:
                raise self._damaged() from error
        return self._head

    def _read(self) -> Iterator[bytes]:
        try:
            for file in manifest_of(self._version).files:
                if file.kind is FileKind.DOCUMENTS:
                    with (self._version / file.name).open("rb") as lines:
                        yield from lines
        except (OSError, StorageError) as error:
            raise self._damaged() from error

    def _damaged(self) -> DamagedError:
        return DamagedError(f"{self._version} is damaged; run again with --full")
