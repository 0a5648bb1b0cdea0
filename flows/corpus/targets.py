"""Places a version can be handed on to: another folder, or an object store such as S3.

Both follow the same protocol: the files of a version first, its manifest last, then one small
object named `current` that says which version counts. A file gets its name only when it is whole.
Names hold the checksum of the manifest, and the manifest those of the files, so what is there
already under a name is what would be written, and whoever is interrupted may simply begin again.

A folder gives names by renaming. An object store cannot rename, but shows an object only when its
upload is complete, and puts one only where there is none if asked to. That is asked of finished
local files: an upload that is written to bit by bit would be closed, and so shown, by an error too.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import fsspec.core

from flows.corpus.output import CURRENT, MANIFEST, VERSIONS
from flows.corpus.writing import (
    copy_synced,
    remove,
    rename_folder,
    storage_errors,
    temporary_folder,
    write_whole,
)
from flows.errors import ConfigurationError, StorageError

_open: Callable[..., tuple[Any, str]] = fsspec.core.url_to_fs  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types

Delivered = Callable[[int], None]
"""Is told the bytes of every file that has arrived."""


class Target(Protocol):
    """Takes whole versions."""

    def deliver(self, folder: Path, version: str, delivered: Delivered) -> None:
        """Make the files of ``folder`` the current version, under this name.

        Raises:
            StorageError: If the target cannot be written; then its current version stays.
        """


def target_of(address: str) -> Target:
    """Return the target at an address: a folder, or a URL such as ``s3://bucket/corpus``.

    Raises:
        ConfigurationError: If no installed library knows the protocol of the URL.
    """
    if "://" not in address:
        return _Folder(Path(address))
    try:
        store, root = _open(address, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise ConfigurationError(
            f"{address} cannot be written to: {error}; for S3 install jiaokan[s3]"
        ) from error
    return _Store(address, store, root)


class _Folder:
    """A folder of a file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, folder: Path, version: str, delivered: Delivered) -> None:
        final = self._folder / VERSIONS / version
        with storage_errors("write to", self._folder):
            final.parent.mkdir(parents=True, exist_ok=True)
            if not (final / MANIFEST).exists():
                with temporary_folder(final.parent) as temporary:
                    for file in _manifest_last(folder):
                        copy_synced(file, temporary / file.name)
                        delivered(file.stat().st_size)
                    remove(final)
                    rename_folder(temporary, final)
            write_whole(self._folder / CURRENT, f"{version}\n".encode())


class _Store:
    """An object store, through a file system of fsspec."""

    def __init__(self, address: str, store: Any, root: str) -> None:  # noqa: ANN401 - fsspec has no types
        self._address, self._store, self._root = address, store, root

    def deliver(self, folder: Path, version: str, delivered: Delivered) -> None:
        with self._errors():
            for file in _manifest_last(folder):
                self._put(file, f"{self._root}/{VERSIONS}/{version}/{file.name}")
                delivered(file.stat().st_size)
            self._store.pipe_file(f"{self._root}/{CURRENT}", f"{version}\n".encode())

    def _put(self, file: Path, name: str) -> None:
        """Put an object unless it is there."""
        size = file.stat().st_size
        try:
            if self._store.exists(name) and self._store.size(name) == size:
                return
            self._store.put_file(str(file), name, mode="create")
        except FileExistsError as error:
            there = self._store.size(name)
            if there != size:  # else another export has just put the same object
                raise StorageError(
                    f"{name} is there already and has {there} bytes in place of {size}; "
                    "something else writes there: name another target"
                ) from error

    @contextmanager
    def _errors(self) -> Generator[None]:
        try:
            yield
        except StorageError:
            raise
        except Exception as error:  # every store has exceptions of its own
            raise StorageError(
                f"cannot write to {self._address}: {error}; "
                "check the address, the network and the credentials"
            ) from error


def _manifest_last(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda file: (file.name == MANIFEST, file.name))
