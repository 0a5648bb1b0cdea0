import hashlib
import json

import pytest

from flows.corpus.output import current_version
from flows.corpus.serial import to_line
from flows.corpus.verifying import verify_version
from flows.errors import StorageError
from schemas.manifest import Manifest, PublishedFile


@pytest.fixture
def clean(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    return tmp_path / "clean"


def problems(clean):
    return [f"{one.file}:{one.row}: {one.problem}" for one in verify_version(clean).findings]


def spoil(path):
    content = path.read_bytes()
    path.write_bytes(b"[" + content[1:])


def edit_row(row, **changes):
    """Return the row with some values replaced; ``stats__edits`` names an inner one."""
    for name, value in changes.items():
        *outer, last = name.split("__")
        target = row
        for part in outer:
            target = target[part]
        target[last] = value(target[last]) if callable(value) else value
    return row


def forge(clean, name, change):
    """Change the rows of a file and let the manifest agree, as a faulty writer would."""
    version = current_version(clean)
    rows = [json.loads(line) for line in (version / name).read_bytes().splitlines()]
    content = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in change(rows))
    (version / name).write_bytes(content)
    manifest = Manifest.model_validate_json((version / "manifest.json").read_bytes())
    files = [
        PublishedFile(
            name=file.name,
            kind=file.kind,
            rows=(lines := (version / file.name).read_bytes()).count(b"\n"),
            bytes=len(lines),
            sha256=hashlib.sha256(lines).hexdigest(),
        )
        for file in manifest.files
    ]
    line = to_line(manifest.model_copy(update={"files": tuple(files)}))
    (version / "manifest.json").write_bytes(line)
    forged = version.with_name(hashlib.sha256(line).hexdigest()[:16])
    version.rename(forged)
    (clean / "current").unlink()
    (clean / "current").symlink_to(forged)


def test_a_version_as_it_was_published_is_whole(clean):
    verification = verify_version(clean)
    assert verification.is_whole
    assert verification.manifest.documents == 6


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda version: (version / "edits-00000.jsonl").unlink(), "cannot be read"),
        (lambda version: (version / "rejected.jsonl").write_bytes(b""), "has 0 bytes"),
        (lambda version: (version / "notes.txt").touch(), "notes.txt:0: is not in the manifest"),
        (
            lambda version: spoil(version / "documents-00000.jsonl"),
            "another checksum",
        ),
    ],
    ids=["a missing file", "an emptied file", "a file too many", "a changed byte"],
)
def test_damage_to_a_file_is_found(clean, damage, found):
    damage(current_version(clean))
    assert any(found in problem for problem in problems(clean))


DOCUMENTS, EDITS = "documents-00000.jsonl", "edits-00000.jsonl"
REMOVED, REJECTED = "removed-00000.jsonl", "rejected.jsonl"


@pytest.mark.parametrize(
    ("file", "change", "found"),
    [
        (DOCUMENTS, lambda rows: rows[::-1], "stands out of order"),
        (DOCUMENTS, lambda rows: rows[1:], "6 documents, but 5 rows"),
        (DOCUMENTS, lambda rows: [*rows, rows[-1]], "its id is there twice"),
        (DOCUMENTS, lambda rows: [edit_row(rows[0], text="改过"), *rows[1:]], "checksum"),
        (DOCUMENTS, lambda rows: [edit_row(rows[0], id="7"), *rows[1:]], "1: id: "),
        (DOCUMENTS, lambda rows: [edit_row(rows[0], more=1), *rows[1:]], "1: more: "),
        (
            DOCUMENTS,
            lambda rows: [edit_row(rows[0], source_path="a.txt"), *rows[1:]],
            "its id is not that of its path",
        ),
        (
            DOCUMENTS,
            lambda rows: [edit_row(rows[0], source_path=r"\U99999999"), *rows[1:]],
            "U99999999: its id is not that of its path",
        ),
        (
            DOCUMENTS,
            lambda rows: [edit_row(rows[0], stats__chars_decoded=lambda n: n + 1), *rows[1:]],
            "by its account",
        ),
        (
            DOCUMENTS,
            lambda rows: [edit_row(rows[0], stats__chars_removed=lambda n: n + 1), *rows[1:]],
            "removed text on record",
        ),
        (
            DOCUMENTS,
            lambda rows: [edit_row(rows[0], metadata__source_sha256="0" * 64), *rows[1:]],
            "encoded again, it is not the source",
        ),
        (EDITS, lambda rows: rows[1:], "cannot be undone"),
        (
            EDITS,
            lambda rows: [edit_row(rows[0], document_id=f"doc_{'0' * 32}"), *rows[1:]],
            "follow no document",
        ),
        (EDITS, lambda rows: [edit_row(rows[0], end=lambda n: n + 1), *rows[1:]], "what it covers"),
        (REMOVED, lambda rows: rows[1:], "removed text on record"),
        (REMOVED, lambda rows: [edit_row(rows[0], kept_paragraph=99), *rows[1:]], "not published"),
        (REMOVED, lambda rows: rows[::-1], "stands out of order"),
        (
            REMOVED,
            lambda rows: [edit_row(rows[0], document_id=f"doc_{'0' * 32}"), *rows[1:]],
            "neither published nor a copy",
        ),
        (
            REMOVED,
            lambda rows: [edit_row(row, start=lambda n: n + 1) for row in rows],
            "the text before it is not on record",
        ),
        (
            REMOVED,
            lambda rows: [row for row in rows if row["source_path"] != "notice.txt"],
            "by the removed text on record, all of its 0 characters",
        ),
        (
            REMOVED,
            lambda rows: [edit_row(row, removed_text=lambda text: text + "多") for row in rows],
            "by the removed text on record, all of its",
        ),
        (
            REJECTED,
            lambda rows: [row for row in rows if row["reason"] != "repeated"],
            "neither published nor a copy",
        ),
        (REJECTED, lambda rows: [*rows, rows[0]], "accounted for twice"),
        (REJECTED, lambda rows: [edit_row(rows[0], reason="mood"), *rows[1:]], "1: reason: "),
    ],
)
def test_damage_that_checksums_do_not_show_is_found(clean, file, change, found):
    forge(clean, file, change)
    assert any(found in problem for problem in problems(clean)), problems(clean)


def test_a_manifest_of_another_version_is_found(clean):
    version = current_version(clean)
    other = version.with_name("0" * 16)
    version.rename(other)
    (clean / "current").unlink()
    (clean / "current").symlink_to(other)
    assert problems(clean) == [f"manifest.json:0: not the manifest of version {'0' * 16}"]


@pytest.mark.parametrize("change", [b"", b"{}\n", b"more"])
def test_changes_that_are_not_what_changed_are_found(clean, raw, run, change):
    (raw / "new.txt").write_text("新来的信还没有拆开。")
    (raw / "notice.txt").unlink()
    run(raw, clean)
    (feed,) = (clean / "changes").iterdir()
    assert problems(clean) == []
    feed.write_bytes(feed.read_bytes() + change if change == b"more" else change)
    assert problems(clean) == [f"{feed.name}:0: is not what changed between these versions"]


def test_a_folder_without_a_version_is_an_error(tmp_path):
    with pytest.raises(StorageError):
        verify_version(tmp_path)
