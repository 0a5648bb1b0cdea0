"""What earlier runs made of which file, so that a run does again only what it must.

Every staged batch lists its sources. The index is all these lists in one table, made anew when a
run starts: so it never disagrees with what is staged, whenever and however the last run ended. It
costs some ten microseconds a file. Workers ask it; until the next run nobody changes it.
"""

import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, Self

from flows.corpus.source_list import Staged
from flows.corpus.writing import remove, storage_errors
from flows.errors import StorageError

INDEX: Final = "index.sqlite"

# Nothing of it is worth a wait for the disk. Of equal rows the first stays the first.
_SCHEMA = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE sources ({", ".join(Staged._fields)});
"""
_INSERT = f"INSERT INTO sources VALUES ({', '.join('?' * len(Staged._fields))})"  # noqa: S608 - only question marks


def make_index(staging: Path, sources: Iterable[Staged]) -> None:
    """Write the index of all that is staged in place of the last one.

    Args:
        staging: The staging folder.
        sources: Of all batches; of two results for one file the first counts.

    Raises:
        StorageError: If ``staging`` cannot be written.
    """
    path = staging / INDEX
    with storage_errors("write", path), _database_errors(path):
        remove(path)
        with closing(sqlite3.connect(path)) as database:
            database.executescript(_SCHEMA)
            database.executemany(_INSERT, sources)
            database.execute("CREATE INDEX by_path ON sources (path)")
            database.execute("CREATE INDEX by_sha256 ON sources (sha256)")
            database.commit()


class Index:
    """Answers what is known of a file."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Ask an open database."""
        self._database = database

    @classmethod
    @contextmanager
    def opened(cls, staging: Path) -> Generator[Self]:
        """Open the index of a run; where none was made, nothing is known.

        Raises:
            StorageError: If it cannot be read.
        """
        path = staging / INDEX
        with (
            _database_errors(path),
            closing(_open(path) if path.exists() else _nothing_known()) as database,
        ):
            yield cls(database)

    def sha256_of(self, path: bytes, size: int, stamp: str) -> str:
        """Return the checksum of a file that still has this size and stamp; else nothing."""
        found = self._first("path = ? AND size = ? AND stamp = ?", path, size, stamp)
        return found.sha256 if found else ""

    def result_of(self, sha256: str, recipe: str) -> Staged | None:
        """Return a source of that content of which the same settings and code made something."""
        return self._first("sha256 = ? AND recipe = ?", sha256, recipe)

    def last_of(self, path: bytes) -> Staged | None:
        """Return the document that had this path."""
        return self._first("path = ? AND rejection = ''", path)

    def documents(self) -> Iterator[tuple[bytes, int]]:
        """Yield path and size of every source that is a document."""
        yield from self._database.execute("SELECT path, size FROM sources WHERE rejection = ''")

    def _first(self, where: str, *values: bytes | int | str) -> Staged | None:
        found = self._database.execute(
            f"SELECT * FROM sources WHERE {where} ORDER BY rowid LIMIT 1",  # noqa: S608 - our own words
            values,
        ).fetchone()
        return Staged._make(found) if found else None


def _open(path: Path) -> sqlite3.Connection:
    # Said to be immutable, it is read without locks, which not every file system has.
    return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)


def _nothing_known() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(_SCHEMA)
    return database


@contextmanager
def _database_errors(path: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(f"cannot use {path}: {error}; remove it, and run again") from error
