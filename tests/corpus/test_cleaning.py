import errno
import json
import os
from pathlib import Path

import pytest

from flows.corpus import cleaning
from flows.corpus.cleaning import Barred, clean_batch
from flows.corpus.plan import plan_corpus
from flows.corpus.staging import staged_lines
from flows.errors import StorageError
from schemas.manifest import FileKind
from schemas.rejection import Reason
from schemas.settings import InputSettings, Settings

ONE_BATCH = Settings(input=InputSettings(batch_bytes=2**30))


@pytest.fixture
def staging(tmp_path):
    return tmp_path / "staging"


def only_batch(raw, settings=ONE_BATCH):
    (batch,) = plan_corpus(raw, settings).batches
    return batch


def clean(raw, staging, settings=ONE_BATCH):
    return clean_batch(raw, only_batch(raw, settings), staging, settings).account


def lines(staging, account, kind):
    content = staged_lines(staging, account, kind).read_bytes()
    return [json.loads(line) for line in content.splitlines()]


def test_every_input_is_a_document_or_a_rejection_with_its_reason(raw, staging):
    account = clean(raw, staging)
    assert account.inputs == account.documents + len(account.rejections) == 12
    assert {row.source_path: row.reason for row in account.rejections} == {
        "blank.txt": Reason.BLANK,
        "empty.txt": Reason.EMPTY,
        "link.txt": Reason.SYMBOLIC_LINK,
        "picture.bin": Reason.BINARY,
        "pipe": Reason.NOT_A_FILE,
    }
    documents = lines(staging, account, FileKind.DOCUMENTS)
    assert [document["source_path"] for document in documents] == [
        "ledger.txt",
        "letters/1.txt",
        "letters/2.txt",
        "letters/10.txt",
        "notice.txt",
        r"odd\u000a\u001b[2J.txt",
        r"\xd3\xe6.txt",
    ]


def test_the_evidence_of_decoding_is_on_record_and_its_flags_are_counted(tmp_path, write):
    first, second = "渡口的灯亮了又灭，摆渡人走了。\n", "她从阁楼里翻出一本账册，封皮已经发脆。\n"
    mixed = (first * 3).encode() + (second * 3).encode("gb18030") + b"\0\n"
    write(tmp_path, "raw/mixed.txt", mixed)
    account = clean(tmp_path / "raw", tmp_path / "staging")
    (document,) = lines(tmp_path / "staging", account, FileKind.DOCUMENTS)
    border = len((first * 3).encode())
    assert (
        document["metadata"]["encoding_spans"] == f"utf-8:0-{border} gb18030:{border}-{len(mixed)}"
    )
    assert document["stats"]["chars_nul"] == 1
    counted = {count.flag: count.documents for count in account.flags}
    assert counted == dict.fromkeys(document["flags"].split(), 1)
    assert {"mixed_encodings", "control_characters"} <= counted.keys()


def test_a_finished_batch_is_taken_as_it_is(raw, staging, monkeypatch):
    batch = only_batch(raw)
    first = clean_batch(raw, batch, staging, ONE_BATCH)
    assert first.taken_over == 0

    def refusing(*_):
        raise AssertionError("cleaned again")

    monkeypatch.setattr(cleaning, "clean_texts", refusing)
    second = clean_batch(raw, batch, staging, ONE_BATCH)
    assert (second.account, second.taken_over) == (first.account, first.account.documents)
    with pytest.raises(AssertionError, match="cleaned again"):
        clean_batch(raw, batch, staging, ONE_BATCH, full=True)


@pytest.mark.parametrize("change", ["content", "settings", "code"])
def test_a_batch_is_cleaned_again_when_anything_it_depends_on_changed(
    raw, staging, monkeypatch, change
):
    first = clean(raw, staging)
    settings = ONE_BATCH
    match change:
        case "content":  # of the same size, at the same time
            before = (raw / "notice.txt").stat()
            content = (raw / "notice.txt").read_bytes()
            (raw / "notice.txt").write_bytes(content[3:] + content[:3])
            os.utime(raw / "notice.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
        case "settings":
            settings = Settings(input=InputSettings(source="other", batch_bytes=2**30))
        case "code":
            monkeypatch.setattr("flows.corpus.fingerprint.code_sha256", lambda: "0" * 64)
    assert clean(raw, staging, settings).key != first.key


def test_a_record_that_fits_no_schema_is_rejected_and_the_others_go_on(raw, staging, monkeypatch):
    def confused(text):
        return "klingon" if "棉布" in text else "hans"

    monkeypatch.setattr("flows.corpus.records.label_script", confused)
    account = clean(raw, staging)
    (rejection,) = (row for row in account.rejections if row.reason is Reason.INVALID_RECORD)
    assert rejection.source_path == "ledger.txt"
    assert rejection.place == "script_in"
    assert account.documents == 6


def test_a_document_of_which_no_text_is_left_is_rejected_as_blank(tmp_path, write):
    write(tmp_path, "raw/scan.txt", "\N{ZERO WIDTH SPACE}\n")
    account = clean(tmp_path / "raw", tmp_path / "staging")
    (rejection,) = account.rejections
    assert (rejection.reason, rejection.step) == (Reason.BLANK, "record")
    assert "page furniture" in rejection.found
    assert (account.documents, account.edits, account.removed) == (0, 0, 0)


def test_a_bug_stops_the_run(raw, staging, monkeypatch):
    def buggy(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(cleaning, "clean_texts", buggy)
    with pytest.raises(ZeroDivisionError):
        clean(raw, staging)


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "free some space"), (errno.EROFS, "mount it"), (errno.EIO, "check the disk")],
)
def test_a_disk_that_refuses_is_one_clear_error_and_nothing_is_staged(
    raw, staging, monkeypatch, number, advice
):
    def refusing(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refusing)
    with pytest.raises(StorageError, match=advice) as caught:
        clean(raw, staging)
    assert caught.value.exit_code == 74
    assert not [path for path in staging.iterdir() if path.name[0] != "."]


def test_a_text_over_the_limit_is_too_long(raw, staging):
    account = clean(raw, staging, Settings(input=InputSettings(batch_bytes=2**30, max_chars=20)))
    reasons = {row.source_path: row.reason for row in account.rejections}
    assert reasons["ledger.txt"] is Reason.TOO_LONG
    assert r"\xd3\xe6.txt" not in reasons


def test_a_barred_document_is_rejected_untried_and_tried_again_by_the_next_run(raw, staging):
    batch = only_batch(raw)
    culprit = next(source for source in batch.sources if source.path == b"ledger.txt")
    barred = {culprit.number: Barred(Reason.CRASHED, "its worker was ended by SIGKILL")}
    account = clean_batch(raw, batch, staging, ONE_BATCH, barred).account
    (rejection,) = (row for row in account.rejections if row.source_path == "ledger.txt")
    assert (rejection.reason, rejection.retryable) == (Reason.CRASHED, True)
    assert rejection.source_bytes == culprit.size
    again = clean(raw, staging)
    assert again.documents == account.documents + 1
