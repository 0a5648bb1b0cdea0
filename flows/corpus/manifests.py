"""The manifest of a version: what it must add up to, and the name it gives the version."""

import hashlib
from collections.abc import Iterator, Sequence

from flows.corpus.accounts import BatchAccount
from flows.corpus.fingerprint import code_version, settings_sha256
from flows.corpus.sharing import Growth
from schemas.manifest import FileKind, Manifest, PublishedFile
from schemas.record import SCHEMA_VERSION
from schemas.settings import Settings

_VERSION_CHARS = 16


def make_manifest(
    accounts: Sequence[BatchAccount],
    files: Sequence[PublishedFile],
    growth: Growth,
    rejected: int,
    settings: Settings,
) -> Manifest:
    """Return the manifest of a version.

    Args:
        accounts: Of every batch, in the order of the plan.
        files: All other files of the version.
        growth: What shared repeats change of the accounts.
        rejected: How many inputs did not become documents, copies included.
        settings: Those the batches were cleaned with.

    Raises:
        RuntimeError: If the accounts do not add up: then there is a bug.
    """
    inputs = "".join(account.inputs_sha256 for account in accounts)
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        code_version=code_version(),
        settings_sha256=settings_sha256(settings),
        inputs_sha256=hashlib.sha256(inputs.encode()).hexdigest(),
        inputs=sum(account.inputs for account in accounts),
        documents=sum(account.documents for account in accounts) + growth.documents,
        rejected=rejected,
        paragraphs=sum(account.paragraphs for account in accounts) + growth.paragraphs,
        edits=sum(account.edits for account in accounts) + growth.edits,
        removed=sum(account.removed for account in accounts) + growth.removed,
        files=tuple(sorted(files, key=lambda file: file.name)),
    )
    for problem in disagreements(manifest):
        raise RuntimeError(f"nothing is published, for the accounts do not add up: {problem}")
    return manifest


def version_name(manifest: bytes) -> str:
    """Return the name of the version whose manifest has these bytes."""
    return hashlib.sha256(manifest).hexdigest()[:_VERSION_CHARS]


def disagreements(manifest: Manifest) -> Iterator[str]:
    """Yield each sum of a manifest that does not add up, in words."""
    ended = manifest.documents + manifest.rejected
    if manifest.inputs != ended:
        yield f"{manifest.inputs} inputs, but {ended} documents and rejected files"
    counts = {
        FileKind.DOCUMENTS: manifest.documents,
        FileKind.EDITS: manifest.edits,
        FileKind.REMOVED: manifest.removed,
        FileKind.REJECTED: manifest.rejected,
    }
    for kind, count in counts.items():
        rows = sum(file.rows for file in manifest.files if file.kind is kind)
        if rows != count:
            yield f"{count} {kind.value}, but {rows} rows in the files"
