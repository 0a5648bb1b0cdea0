"""What is taken over from an earlier run, and what is read or cleaned again."""

import json
import os

import pytest

from flows.corpus import cleaning, surveying
from flows.corpus.names import document_id
from flows.corpus.output import current_version
from flows.corpus.verifying import verify_version
from flows.errors import DocumentError, StorageError
from schemas.rejection import Reason
from schemas.settings import InputSettings, OutputSettings, Settings
from tests.runs import snapshot

KEEP = Settings(input=InputSettings(batch_bytes=4096), output=OutputSettings(deleted="keep"))
NEW = "新来的信还没有拆开，放在门房的木格子里。"


@pytest.fixture
def worked(monkeypatch):
    """Return what is read and cleaned from now on; files written a moment ago are not young."""
    seen = {"read": [], "cleaned": []}
    read, clean = surveying.read_source, cleaning.clean_texts

    def reading(raw, source, limit):
        seen["read"].append(source.path)
        return read(raw, source, limit)

    def cleaning_texts(texts, settings):
        seen["cleaned"] += texts
        return clean(texts, settings)

    monkeypatch.setattr(surveying, "read_source", reading)
    monkeypatch.setattr(cleaning, "clean_texts", cleaning_texts)
    monkeypatch.setattr(surveying, "now_ns", lambda: 2**62)

    def told():
        told = {what: sorted(names) for what, names in seen.items()}
        seen["read"].clear()
        seen["cleaned"].clear()
        return told

    return told


NO_FILES = [b"link.txt", b"pipe"]
"""What cannot be read has no content to be known by, so it is tried each time."""


def rows(clean, kind):
    (file,) = current_version(clean).glob(f"{kind}*.jsonl")
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_files_that_did_not_change_are_not_read(raw, tmp_path, run, worked):
    run(raw, tmp_path / "clean")
    worked()
    run(raw, tmp_path / "clean")
    assert worked() == {"read": NO_FILES, "cleaned": []}


def test_files_that_are_young_when_they_are_read_are_read_once_more(
    raw, tmp_path, run, worked, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(surveying, "now_ns", lambda: 0)
        run(raw, tmp_path / "clean")
    assert len(worked()["read"]) == 12
    for expected in (12, len(NO_FILES)):
        run(raw, tmp_path / "clean")
        told = worked()
        assert (len(told["read"]), told["cleaned"]) == (expected, [])


def test_a_file_that_was_touched_is_read_but_not_cleaned(raw, tmp_path, run, worked):
    run(raw, tmp_path / "clean")
    worked()
    os.utime(raw / "notice.txt", ns=(5, 5))
    for read in ([*NO_FILES, b"notice.txt"], NO_FILES):
        run(raw, tmp_path / "clean")
        assert worked() == {"read": sorted(read), "cleaned": []}


def test_a_file_that_changed_is_cleaned_and_its_neighbours_are_not(raw, tmp_path, run, worked):
    run(raw, tmp_path / "clean")
    worked()
    (raw / "notice.txt").write_text(NEW)
    run(raw, tmp_path / "clean")
    assert worked() == {"read": [*NO_FILES[:1], b"notice.txt", *NO_FILES[1:]], "cleaned": [NEW]}


@pytest.mark.parametrize("old", ["ledger.txt", "blank.txt", "letters/2.txt"])
def test_a_renamed_file_is_read_but_not_cleaned(raw, tmp_path, run, worked, old):
    run(raw, tmp_path / "clean")
    worked()
    (raw / old).rename(raw / "0 renamed.txt")
    run(raw, tmp_path / "clean")
    assert worked()["cleaned"] == []
    run(raw, tmp_path / "other")
    assert snapshot(tmp_path / "clean") == snapshot(tmp_path / "other")


def test_a_second_file_of_the_same_content_is_not_cleaned(raw, tmp_path, run, worked):
    run(raw, tmp_path / "clean")
    worked()
    (raw / "copy.txt").write_bytes((raw / "ledger.txt").read_bytes())
    run(raw, tmp_path / "clean")
    assert worked()["cleaned"] == []
    assert "copy.txt" in {row["source_path"] for row in rows(tmp_path / "clean", "documents")}


@pytest.mark.parametrize("name", ["documents.jsonl", "edits.jsonl", "sources.jsonl", "prints.npz"])
@pytest.mark.parametrize("damage", ["gone", "cut", "other", "one character"])
def test_damaged_work_is_done_again(raw, tmp_path, run, name, damage):
    clean = tmp_path / "clean"
    run(raw, clean)
    (raw / "notice.txt").write_text(NEW)
    (raw / "new.txt").write_text(NEW * 2)
    for path in (clean / ".staging").rglob(name):
        match damage:
            case "gone":
                path.unlink()
            case "cut":
                path.write_bytes(path.read_bytes()[:-20])
            case "other":
                path.write_bytes(b"[" * path.stat().st_size)
            case "one character":  # still JSON that fits every schema
                path.write_bytes(path.read_bytes().replace("雾".encode(), "雪".encode()))
    run(raw, clean)
    run(raw, tmp_path / "other")
    assert snapshot(clean) == snapshot(tmp_path / "other")


def test_an_index_that_cannot_be_used_is_one_clear_error(tmp_path):
    (tmp_path / "index.sqlite").write_bytes(b"no database" * 100)
    with (
        pytest.raises(StorageError, match="remove it, and run again"),
        surveying.Index.opened(tmp_path) as index,
    ):
        index.last_of(b"1.txt")


def test_deleted_files_are_kept_where_it_is_wanted(raw, tmp_path, run, worked):
    clean = tmp_path / "clean"
    before = run(raw, clean, KEEP)
    texts = {row["id"]: row["text"] for row in rows(clean, "documents")}
    (raw / "letters" / "1.txt").unlink()
    (raw / "blank.txt").unlink()
    worked()
    after = run(raw, clean, KEEP)
    assert worked()["cleaned"] == []
    assert after.manifest.documents == before.manifest.documents
    assert {row["id"]: row["text"] for row in rows(clean, "documents")} == texts
    assert verify_version(clean).is_whole
    other = KEEP.model_copy(update={"input": InputSettings(source="other", batch_bytes=4096)})
    run(raw, clean, other, full=True)
    kept = {row["id"]: row for row in rows(clean, "documents")}
    assert kept.keys() == texts.keys()
    sources = {row["source_path"]: row["source"] for row in kept.values()}
    assert (sources["letters/1.txt"], sources["letters/2.txt"]) == ("raw", "other")


def test_a_kept_document_gives_way_when_its_file_is_back(raw, tmp_path, run):
    clean = tmp_path / "clean"
    run(raw, clean, KEEP)
    (raw / "ledger.txt").unlink()
    run(raw, clean, KEEP)
    (raw / "ledger.txt").write_text(NEW)
    run(raw, clean, KEEP)
    texts = {row["id"]: row["text"] for row in rows(clean, "documents")}
    assert texts[document_id(b"ledger.txt")] == NEW


def test_what_may_pass_next_time_is_tried_again(raw, tmp_path, run, monkeypatch):
    clean = tmp_path / "clean"

    def hurried(*_):
        raise DocumentError(
            Reason.UNDECODABLE, step="decoding", found="no time", advice="wait", retryable=True
        )

    with monkeypatch.context() as patched:
        patched.setattr(cleaning, "decode", hurried)
        assert run(raw, clean).manifest.documents == 0
    assert run(raw, clean).manifest.documents == 6


def test_work_is_dropped_where_it_is_not_wanted(raw, tmp_path, run):
    run(raw, tmp_path / "clean", Settings(output=OutputSettings(keep_work=False)))
    assert not (tmp_path / "clean" / ".staging").exists()


def test_work_that_no_file_needs_any_more_is_removed(raw, tmp_path, run):
    staging = tmp_path / "clean" / ".staging"
    run(raw, tmp_path / "clean")
    (staging / ".new-left-by-a-crash").mkdir()
    before = set(staging.iterdir())
    for path in raw.glob("letters/*"):
        path.unlink()
    run(raw, tmp_path / "clean")
    assert len(list(staging.iterdir())) < len(before)
    assert not list(staging.glob(".new*"))
