"""What a result depends on, as checksums: the settings, the code, the input.

Work that is already staged may be used again only if it would come out the same. The version
number is not enough for that, since code changes between releases while it is worked on; so the
checksum of the code covers the very files of this program and the versions of the libraries that
decide on text.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from schemas.settings import Settings

_LIBRARIES = ("chardet", "numpy", "opencc", "orjson", "pydantic", "rapidfuzz", "xxhash")
_PACKAGES = ("flows", "schemas")


@cache
def code_version() -> str:
    """Return the version of jiaokan; ``unreleased`` where it runs without being installed."""
    return _installed("jiaokan") or "unreleased"


@cache
def code_sha256() -> str:
    """Return the checksum of every file of this program and of its libraries' versions."""
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library}=={_installed(library)}\n".encode())
    for package in _PACKAGES:
        for part in _parts(files(package), package):
            digest.update(part)
    return digest.hexdigest()


def settings_sha256(settings: Settings) -> str:
    """Return the checksum of the settings that decide what is published.

    What is kept beside a version changes no byte of any version.
    """
    decisive = settings.model_dump_json(exclude={"output": {"keep_versions", "keep_work"}})
    return hashlib.sha256(decisive.encode()).hexdigest()


def recipe_sha256(settings: Settings) -> str:
    """Return the checksum of all that decides what is staged of a content: settings and code.

    Which files there are, in what batches they are cleaned, and how the version is laid out decide
    nothing about one of them.
    """
    decisive = settings.model_dump_json(
        exclude={"input": {"patterns", "ignore", "batch_bytes"}, "output": True}
    )
    return hashlib.sha256(f"{code_sha256()} {decisive}".encode()).hexdigest()


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _parts(folder: Traversable, name: str) -> Iterator[bytes]:
    """Yield the name, size and content of every file below ``folder``."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _parts(entry, path)
        elif entry.is_file():
            content = entry.read_bytes()
            yield f"{path} {len(content)}\n".encode()
            yield content
