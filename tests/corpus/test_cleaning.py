import errno
import os

import pytest

from flows.corpus import cleaning, writing
from flows.corpus.cleaning import clean_batch, inspect_batch
from flows.corpus.plan import plan_corpus
from flows.errors import StorageError
from schemas.rejection import Reason
from schemas.settings import InputSettings, Settings

ONE_BATCH = Settings()


def only_batch(raw, settings=ONE_BATCH):
    (batch,) = plan_corpus(raw, settings).batches
    return batch


def test_every_input_is_a_document_or_a_rejection_with_its_reason(raw):
    batch = only_batch(raw)
    cleaned = inspect_batch(raw, batch, ONE_BATCH)
    account = cleaned.account
    assert account.inputs == account.documents + len(account.rejections) == len(batch.sources)
    assert {row.source_path: row.reason for row in account.rejections} == {
        "blank.txt": Reason.BLANK,
        "empty.txt": Reason.EMPTY,
        "link.txt": Reason.SYMBOLIC_LINK,
        "picture.bin": Reason.BINARY,
        "pipe": Reason.NOT_A_FILE,
    }
    assert [made.document.source_path for made in cleaned.records] == [
        "ledger.txt",
        "letters/1.txt",
        "letters/2.txt",
        "letters/10.txt",
        "notice.txt",
        r"odd\u000a\u001b[2J.txt",
        r"\xd3\xe6.txt",
    ]


def test_the_account_of_every_document_adds_up(raw):
    for made in inspect_batch(raw, only_batch(raw), ONE_BATCH).records:
        stats = made.document.stats
        assert stats.chars_text == len(made.document.text)
        assert stats.chars_text == stats.chars_decoded - stats.chars_deleted + stats.chars_inserted
        assert stats.edits == len(made.edits)
        assert stats.chars_removed == sum(len(row.removed_text) for row in made.removals)


def test_a_finished_batch_is_taken_as_it_is(raw, tmp_path, monkeypatch):
    batch = only_batch(raw)
    first = clean_batch(raw, batch, tmp_path / "staging", ONE_BATCH)

    def refusing(*_):
        raise AssertionError("cleaned again")

    monkeypatch.setattr(cleaning, "clean_texts", refusing)
    assert clean_batch(raw, batch, tmp_path / "staging", ONE_BATCH) == first


@pytest.mark.parametrize("change", ["content", "settings", "code"])
def test_a_batch_is_cleaned_again_when_anything_it_depends_on_changed(
    raw, tmp_path, monkeypatch, change
):
    staging = tmp_path / "staging"
    first = clean_batch(raw, only_batch(raw), staging, ONE_BATCH)
    settings = ONE_BATCH
    match change:
        case "content":  # of the same size, at the same time
            before = (raw / "notice.txt").stat()
            content = (raw / "notice.txt").read_bytes()
            (raw / "notice.txt").write_bytes(content[3:] + content[:3])
            os.utime(raw / "notice.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
        case "settings":
            settings = Settings(input=InputSettings(source="other"))
        case "code":
            monkeypatch.setattr(cleaning, "code_sha256", lambda: "0" * 64)
    assert clean_batch(raw, only_batch(raw), staging, settings).key != first.key


def test_a_record_that_fits_no_schema_is_rejected_and_the_others_go_on(raw, monkeypatch):
    def confused(text):
        return "klingon" if "棉布" in text else "hans"

    monkeypatch.setattr("flows.corpus.records.label_script", confused)
    account = inspect_batch(raw, only_batch(raw), ONE_BATCH).account
    (rejection,) = (row for row in account.rejections if row.reason is Reason.INVALID_RECORD)
    assert rejection.source_path == "ledger.txt"
    assert rejection.place == "script_in"
    assert account.documents == 6


def test_a_document_of_which_no_text_is_left_is_rejected_as_blank(tmp_path, write):
    write(tmp_path, "scan.txt", "\N{ZERO WIDTH SPACE}\n")
    account = inspect_batch(tmp_path, only_batch(tmp_path), ONE_BATCH).account
    (rejection,) = account.rejections
    assert (rejection.reason, rejection.step) == (Reason.BLANK, "record")
    assert "page furniture" in rejection.found
    assert (account.documents, account.edits, account.removed) == (0, 0, 0)


def test_a_bug_stops_the_run(raw, monkeypatch):
    def buggy(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(cleaning, "clean_texts", buggy)
    with pytest.raises(ZeroDivisionError):
        inspect_batch(raw, only_batch(raw), ONE_BATCH)


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "free some space"), (errno.EROFS, "mount it"), (errno.EIO, "check the disk")],
)
def test_a_disk_that_refuses_is_one_clear_error_and_nothing_is_staged(
    raw, tmp_path, monkeypatch, number, advice
):
    def refusing(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writing.os, "fsync", refusing)
    with pytest.raises(StorageError, match=advice) as caught:
        clean_batch(raw, only_batch(raw), tmp_path / "staging", ONE_BATCH)
    assert caught.value.exit_code == 74
    assert not [path for path in (tmp_path / "staging").iterdir() if path.name[0] != "."]


def test_inspecting_writes_nothing(raw, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    inspect_batch(raw, only_batch(raw), ONE_BATCH)
    assert sorted(tmp_path.rglob("*")) == before
