import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from flows.corpus import manifests, publishing, versions
from flows.corpus.names import document_id
from flows.corpus.output import current_version
from flows.corpus.pool import WorkerPool
from flows.errors import StorageError
from schemas.settings import InputSettings, OutputSettings, Settings

SMALL_SHARDS = Settings(
    input=InputSettings(batch_bytes=4096), output=OutputSettings(shard_bytes=600, keep_versions=2)
)
NO_WORK = Settings(output=OutputSettings(keep_work=False))


def rows(clean, pattern):
    version = current_version(clean)
    paths = sorted(version.glob(pattern))
    return [json.loads(line) for path in paths for line in path.read_bytes().splitlines()]


def test_a_version_is_named_by_its_manifest_and_read_through_a_stable_path(raw, tmp_path, run):
    clean = tmp_path / "clean"
    published = run(raw, clean)
    assert (clean / "current").readlink() == Path("versions", published.version)
    assert [path.name for path in sorted((clean / "current").iterdir())] == [
        "documents-00000.jsonl",
        "edits-00000.jsonl",
        "manifest.json",
        "rejected.jsonl",
        "removed-00000.jsonl",
    ]
    assert sorted(path.name for path in clean.iterdir()) == [
        ".lock",
        ".staging",
        "current",
        "versions",
    ]


def test_the_manifest_adds_up(raw, tmp_path, run):
    manifest = run(raw, tmp_path / "clean").manifest
    assert manifest.inputs == manifest.documents + manifest.rejected == 12
    for kind in ("documents", "edits", "removed", "rejected"):
        counted = len(rows(tmp_path / "clean", f"{kind}*.jsonl"))
        assert counted == getattr(manifest, kind)
        assert counted == sum(file.rows for file in manifest.files if file.kind == kind)


def test_the_same_input_gives_the_same_bytes_in_any_order_with_any_workers(
    raw, tmp_path, run, snapshot
):
    run(raw, tmp_path / "one")
    other = tmp_path / "other"
    for path in sorted(raw.rglob("*"), reverse=True):
        if path.is_file() and not path.is_symlink():
            target = other / path.relative_to(raw)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, ns=(0, 0))
    (other / "link.txt").symlink_to("/dev/null")
    os.mkfifo(other / "pipe")
    with WorkerPool(2) as pool:
        run(other, tmp_path / "two", call=pool.call)
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")


def test_publishing_again_changes_nothing(raw, tmp_path, run):
    clean = tmp_path / "clean"
    first = run(raw, clean)
    files = {path: path.stat().st_ino for path in current_version(clean).iterdir()}
    assert run(raw, clean) == first
    assert {path: path.stat().st_ino for path in current_version(clean).iterdir()} == files


def test_publishing_again_mends_a_damaged_file(raw, tmp_path, run, snapshot):
    clean = tmp_path / "clean"
    run(raw, clean)
    before = snapshot(clean)
    (current_version(clean) / "documents-00000.jsonl").write_bytes(b"")
    (current_version(clean) / "edits-00000.jsonl").unlink()
    run(raw, clean)
    assert snapshot(clean) == before


def test_the_last_versions_stay_and_older_ones_go(raw, tmp_path, run, write):
    clean = tmp_path / "clean"
    (clean / "versions" / "somebody's own").mkdir(parents=True)
    versions = []
    for turn in range(4):
        write(raw, "turn.txt", f"第{turn}次修订的稿子放在抽屉里。")
        versions.append(run(raw, clean, SMALL_SHARDS).version)
        os.utime(clean / "versions" / versions[-1], ns=(turn, turn))
    kept = {path.name for path in (clean / "versions").iterdir()}
    assert kept == {*versions[-2:], "somebody's own"}


def test_a_version_published_again_counts_as_new(raw, tmp_path, run, write):
    clean = tmp_path / "clean"
    versions = []
    for word in "甲乙甲丙":
        write(raw, "turn.txt", f"稿子{word}放在抽屉里，没有人再动过它。")
        versions.append(run(raw, clean, SMALL_SHARDS).version)
    assert {path.name for path in (clean / "versions").iterdir()} == {versions[0], versions[3]}


def test_shards_hold_all_records_in_order(raw, tmp_path, run):
    run(raw, tmp_path / "whole")
    run(raw, tmp_path / "cut", SMALL_SHARDS)
    assert len(list(current_version(tmp_path / "cut").glob("documents-*"))) > 1
    for kind in ("documents", "edits", "removed"):
        assert rows(tmp_path / "whole", f"{kind}*") == rows(tmp_path / "cut", f"{kind}*")


def test_an_empty_folder_publishes_an_empty_version(tmp_path, run):
    (tmp_path / "raw").mkdir()
    manifest = run(tmp_path / "raw", tmp_path / "clean").manifest
    assert (manifest.inputs, manifest.documents) == (0, 0)
    assert (current_version(tmp_path / "clean") / "documents-00000.jsonl").read_bytes() == b""


def test_a_paragraph_of_another_document_goes_and_is_on_record(raw, tmp_path, run):
    clean = tmp_path / "clean"
    run(raw, clean)
    documents = {row["source_path"]: row for row in rows(clean, "documents*")}
    keeper = documents["letters/1.txt"]
    shortened = documents["letters/2.txt"]
    assert shortened["text"] == "第二封信\n\n水退了，船还在。"
    assert shortened["stats"]["shared_repeats_removed"] == 1
    (removal,) = (row for row in rows(clean, "removed*") if row["document_id"] == shortened["id"])
    kept = keeper["text"].split("\n\n")[removal["kept_paragraph"]]
    assert removal["kept_document_id"] == keeper["id"]
    assert removal["removed_text"].strip() == kept


def test_a_repeat_whose_keeper_went_names_the_copy_that_stayed(tmp_path, run, write):
    entry = "收到棉布二十四匹，染坊的伙计当面点过，少一匹，记在下回的账上，由掌柜签字。"
    write(tmp_path / "raw", "1.txt", f"旧账簿\n\n前面的几页已经撕掉了。\n\n{entry}")
    write(tmp_path / "raw", "2.txt", f"{entry}\n\n夜里有雨，早早关了店门。\n\n{entry}")
    run(tmp_path / "raw", tmp_path / "clean")
    removed = rows(tmp_path / "clean", "removed*")
    assert [row["rule"].partition(".")[0] for row in removed] == ["repeats", "shared_repeats"]
    assert {(row["kept_document_id"], row["kept_paragraph"]) for row in removed} == {
        (document_id(b"1.txt"), 2)
    }


@pytest.mark.parametrize("call", ["fsync", "symlink", "rename"])
def test_a_disk_that_is_full_while_publishing_leaves_the_old_version(
    raw, tmp_path, run, monkeypatch, call
):
    clean = tmp_path / "clean"
    run(raw, clean)
    before = rows(clean, "*.json*")
    (raw / "new.txt").write_text("新来的信还没有拆开。")
    real = publishing.CountedFile.__enter__

    def refusing(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def filling(file):
        monkeypatch.setattr(os, call, refusing)
        return real(file)

    monkeypatch.setattr(publishing.CountedFile, "__enter__", filling)
    with pytest.raises(StorageError, match="free some space"):
        run(raw, clean)
    assert rows(clean, "*.json*") == before
    monkeypatch.undo()
    run(raw, clean)
    assert "new.txt" in {row["source_path"] for row in rows(clean, "documents*")}


def test_a_crash_while_staged_work_is_removed_leaves_nothing_that_passes_for_whole(
    raw, tmp_path, run, monkeypatch
):
    clean = tmp_path / "clean"

    def dying(path):
        if path.name == ".trash" and path.exists():
            next(path.rglob("edits.jsonl")).unlink()
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(versions, "remove", dying)
        with pytest.raises(KeyboardInterrupt):
            run(raw, clean, NO_WORK)
    before = rows(clean, "*.json*")
    run(raw, clean, NO_WORK)
    assert rows(clean, "*.json*") == before
    assert sorted(path.name for path in clean.iterdir()) == [".lock", "current", "versions"]


def test_accounts_that_do_not_add_up_are_never_published(raw, tmp_path, run, monkeypatch):
    monkeypatch.setattr(manifests, "disagreements", lambda _: iter(["one is missing"]))
    with pytest.raises(RuntimeError, match="one is missing"):
        run(raw, tmp_path / "clean")
    assert not (tmp_path / "clean" / "current").exists()
