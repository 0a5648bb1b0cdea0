"""Which files there are below the raw folder.

Names that begin with a dot are no documents (editors, version control and synchronisers keep
their state in them), nor are files that the settings leave out. Everything else below the folder
is an input and has to end as a document or as a rejection, so symbolic links, pipes, sockets,
devices and folders that cannot be listed are inputs too; reading them says what is wrong.
Symbolic links are never followed.
"""

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.errors import StorageError
from schemas.settings import InputSettings


def require_listable(raw: Path) -> None:
    """Refuse a raw folder of which nothing can be known.

    Raises:
        StorageError: If ``raw`` does not exist, is no folder, or cannot be listed.
    """
    _list_root(raw)


class Selection:
    """Tells inputs from what is none.

    Attributes:
        left_out: How much was none so far.
    """

    def __init__(self, settings: InputSettings) -> None:
        """Choose by the patterns of the settings."""
        self.left_out = 0
        self._wanted = _one_of(settings.patterns)
        self._ignored = _one_of(settings.ignore)

    def takes(self, path: bytes, *, is_folder: bool) -> bool:
        """Return whether a file is an input, or a folder may hold some."""
        text = os.fsdecode(path)
        taken = not path.rpartition(b"/")[2].startswith(b".")
        if taken and not is_folder:
            taken = bool(self._wanted.match(text)) and not self._ignored.match(text)
        self.left_out += not taken
        return taken


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return one pattern that matches a whole path where any of ``patterns`` does."""
    return re.compile("|".join(map(fnmatch.translate, patterns)) or r"(?!)")


def files_below(raw: Path, selection: Selection) -> Iterator[tuple[bytes, int]]:
    """Yield path and size of every input below ``raw``, in no particular order.

    Raises:
        StorageError: If ``raw`` does not exist, is no folder, or cannot be listed.
    """
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
