"""Whether a published version is what it says it is.

Files are compared with the manifest, every row with its schema, every sum with what it sums up,
every document with its source by undoing its edits, and what is said to have changed since an
earlier version with that version. What is wrong is listed, not raised, so that one damaged file
does not hide another.
"""

from dataclasses import dataclass
from pathlib import Path

from flows.corpus.changes import feeds_by_version, tells_what_changed
from flows.corpus.findings import Finding, Findings
from flows.corpus.manifests import disagreements, version_name
from flows.corpus.output import MANIFEST, current_version, manifest_of
from flows.corpus.row_check import RowCheck
from flows.corpus.staging import SHARDED
from flows.corpus.writing import file_sha256
from schemas.manifest import FileKind, Manifest, PublishedFile


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what is wrong with it.

    Attributes:
        version: Name of the version.
        manifest: What it says of itself.
        findings: Everything that is wrong; empty for a whole version.
    """

    version: str
    manifest: Manifest
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify_version(clean: Path) -> Verification:
    """Check the published version of an output folder, down to every row.

    Raises:
        StorageError: If nothing is published there, or the manifest itself cannot be read.
    """
    folder = current_version(clean)
    manifest = manifest_of(folder)
    findings = Findings()
    _check_manifest(folder, manifest, findings)
    _check_files(folder, manifest, findings)
    check = RowCheck(folder, findings)
    for documents, edits in zip(
        _of_kind(manifest, FileKind.DOCUMENTS), _of_kind(manifest, FileKind.EDITS), strict=False
    ):
        check.documents(documents, edits)
    for rejected in _of_kind(manifest, FileKind.REJECTED):
        check.rejected(rejected)
    for removed in _of_kind(manifest, FileKind.REMOVED):
        check.removed(removed)
    check.sums(manifest)
    _check_changes(clean, folder.name, findings)
    return Verification(folder.name, manifest, tuple(findings.listed))


def _of_kind(manifest: Manifest, kind: FileKind) -> list[PublishedFile]:
    return [file for file in manifest.files if file.kind is kind]


def _check_manifest(folder: Path, manifest: Manifest, findings: Findings) -> None:
    if version_name((folder / MANIFEST).read_bytes()) != folder.name:
        findings.add(MANIFEST, f"not the manifest of version {folder.name}")
    for problem in disagreements(manifest):
        findings.add(MANIFEST, problem)
    if len({len(_of_kind(manifest, kind)) for kind in SHARDED}) > 1:
        findings.add(MANIFEST, "some shards lack a file")


def _check_files(folder: Path, manifest: Manifest, findings: Findings) -> None:
    named = {MANIFEST, *(file.name for file in manifest.files)}
    for extra in sorted({path.name for path in folder.iterdir()} - named):
        findings.add(extra, "is not in the manifest")
    for file in manifest.files:
        path = folder / file.name
        try:
            size = path.stat().st_size
            if size != file.bytes:
                findings.add(file.name, f"has {size} bytes, the manifest says {file.bytes}")
            elif file_sha256(path) != file.sha256:
                findings.add(file.name, "has another checksum than the manifest says")
        except OSError as error:
            findings.add(file.name, f"cannot be read: {error.strerror}")


def _check_changes(clean: Path, version: str, findings: Findings) -> None:
    for feed in feeds_by_version(clean).get(version, ()):
        try:
            if not tells_what_changed(clean, feed):
                findings.add(feed.name, "is not what changed between these versions")
        except OSError as error:
            findings.add(feed.name, f"cannot be read: {error.strerror}")
