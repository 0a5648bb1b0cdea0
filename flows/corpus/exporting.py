"""The published version once more: in another form, or where others read it.

The files are checked against the manifest as they are read, so that damage is never handed on. An
exported version has a manifest of its own, which names the files as they are there; in the form of
JSON lines it is the very manifest of the published version, and so has the same version name.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from flows.corpus.forms import require, write_form
from flows.corpus.manifests import version_name
from flows.corpus.output import MANIFEST, current_version, manifest_of
from flows.corpus.serial import DamagedError, to_line
from flows.corpus.targets import Delivered, target_of
from flows.corpus.writing import file_sha256, storage_errors
from schemas.manifest import Form, Manifest, PublishedFile


@dataclass(frozen=True, slots=True)
class Export:
    """What was handed on.

    Attributes:
        version: Its name at the target.
        manifest: What it holds there.
    """

    version: str
    manifest: Manifest


def export_version(
    clean: Path, address: str, form: Form = Form.JSONL, delivered: Delivered = lambda _: None
) -> Export:
    """Hand the published version on.

    Args:
        clean: The output folder.
        address: A folder, or a URL such as ``s3://bucket/corpus``.
        form: In which the rows are to be written there.
        delivered: Is told the bytes of every file that has arrived.

    Returns:
        What is at the target now; whoever reads `current` there is led to it.

    Raises:
        ConfigurationError: If the form or the address needs a library that is not installed.
        StorageError: If nothing is published, it is damaged, or the target cannot be written;
            then the target's current version stays.
    """
    require(form)
    target = target_of(address)
    version = current_version(clean)
    manifest = manifest_of(version)
    if form is Form.JSONL:
        _require_whole(version, manifest)
        target.deliver(version, version.name, delivered)
        return Export(version.name, manifest)
    with tempfile.TemporaryDirectory(prefix="jiaokan-export-") as made:
        folder = Path(made)
        with storage_errors(f"export {version} by way of", folder):
            _require_whole(version, manifest)
            manifest = _write_forms(version, manifest, folder, form)
        name = version_name((folder / MANIFEST).read_bytes())
        target.deliver(folder, name, delivered)
    return Export(name, manifest)


def _require_whole(version: Path, manifest: Manifest) -> None:
    for file in manifest.files:
        if file_sha256(version / file.name) != file.sha256:
            raise DamagedError(f"{version / file.name} is not what was published; run again")


def _write_forms(version: Path, manifest: Manifest, folder: Path, form: Form) -> Manifest:
    """Write every file in another form, and a manifest that says so; return that manifest."""
    files: list[PublishedFile] = []
    for file in manifest.files:
        made = write_form(version / file.name, file.kind, folder, form)
        update = {"name": made.name, "bytes": made.stat().st_size, "sha256": file_sha256(made)}
        files.append(file.model_copy(update=update))
    exported = manifest.model_copy(update={"files": tuple(files)})
    (folder / MANIFEST).write_bytes(to_line(exported))
    return exported
