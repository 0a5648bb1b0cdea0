"""Why text is gone: each removed passage meets its kept copy again, from the published files alone."""

import json
import shutil

import pytest

from flows.corpus.explaining import explain
from flows.corpus.names import document_id
from flows.corpus.output import current_version
from flows.corpus.serial import DamagedError
from flows.errors import StorageError
from flows.text.paragraphs import paragraph_spans
from schemas.rejection import Reason
from tests.corpus.conftest import NOTICE

TWICE = "请各船在入夜以前靠岸系牢，舱里的火要熄净，缆绳由两个人一同查看，查过的在簿子上画一个圈。"


@pytest.fixture
def clean(raw, tmp_path, write, run):
    night = "夜里起了风，岸上的灯灭了两盏，守夜的人提着马灯来回走了几趟，到天亮也没有合眼。"
    write(raw, "twice.txt", f"{TWICE}\n\n{night}\n\n{TWICE}\n\n天亮以后又开船了。")
    run(raw, tmp_path / "clean")
    shutil.rmtree(raw)
    return tmp_path / "clean"


def rows(clean, kind):
    for path in sorted(current_version(clean).glob(f"{kind}*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def damage(clean, kind, before, after):
    for path in current_version(clean).glob(f"{kind}*.jsonl"):
        path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))


def test_a_repeat_stands_beside_the_copy_in_the_other_document(clean):
    explanation = explain(clean, "letters/2.txt")
    (removal,) = explanation.removals
    assert explanation.rejection is None
    assert removal.rule == "shared_repeats.exact"
    assert removal.removed_text.strip() == removal.kept_text == NOTICE
    assert removal.kept_source_path == "letters/1.txt"
    assert (removal.kept_document_id, removal.kept_paragraph) == (document_id(b"letters/1.txt"), 2)


def test_a_repeat_stands_beside_the_copy_in_the_same_document(clean):
    (removal,) = explain(clean, "twice.txt").removals
    assert removal.rule == "repeats.exact"
    assert removal.kept_source_path == removal.source_path == "twice.txt"
    assert removal.kept_text == TWICE


def test_a_copy_is_explained_though_it_is_no_document(clean):
    explanation = explain(clean, "notice.txt")
    assert explanation.rejection.reason is Reason.REPEATED
    assert [row.kept_source_path for row in explanation.removals] == ["letters/1.txt"]


@pytest.mark.parametrize("name", ["empty.txt", "picture.bin", "link.txt"])
def test_another_rejected_file_has_a_reason_and_nothing_removed(clean, name):
    explanation = explain(clean, name)
    assert explanation.source_path == explanation.rejection.source_path == name
    assert explanation.rejection.advice
    assert explanation.removals == ()


@pytest.mark.parametrize("name", ["letters/1.txt", "ledger.txt", r"odd\u000a\u001b[2J.txt"])
def test_a_document_that_lost_nothing_is_there(clean, name):
    explanation = explain(clean, name)
    assert explanation.source_path == name
    assert explanation.rejection is None
    assert explanation.removals == ()


def test_an_id_asks_what_its_path_asks(clean):
    for row in [*rows(clean, "documents"), *rows(clean, "rejected")]:
        own_id = row.get("id") or row["document_id"]
        assert explain(clean, own_id) == explain(clean, row["source_path"])


def test_every_removed_row_is_explained_as_it_is_published(clean):
    removed = list(rows(clean, "removed"))
    explained = [
        row.model_dump(exclude={"kept_source_path", "kept_text"})
        for path in dict.fromkeys(row["source_path"] for row in removed)
        for row in explain(clean, path).removals
    ]
    assert explained == removed


def test_every_kept_text_is_the_paragraph_that_is_named(clean):
    texts = {row["id"]: row["text"] for row in rows(clean, "documents")}
    for path in ("letters/2.txt", "twice.txt", "notice.txt"):
        for row in explain(clean, path).removals:
            text = texts[row.kept_document_id]
            start, end = paragraph_spans(text)[row.kept_paragraph]
            assert row.kept_text == text[start:end]


@pytest.mark.parametrize(
    "name",
    ["", "no.txt", "letters", "1.txt", "/letters/1.txt", "doc_", f"doc_{'0' * 32}", "\ud800", "\0"],
)
def test_what_was_no_input_has_no_explanation(clean, name):
    assert explain(clean, name) is None


def test_rows_of_other_documents_are_not_read(clean):
    damage(clean, "documents", '"title":"第二封信"', '"title":2')
    assert explain(clean, "twice.txt").removals


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("removed", '"similarity":', '"likeness":'),
        ("removed", '"document_id":"doc_', '"document_id":"'),
        ("removed", '"kept_paragraph":2', '"kept_paragraph":3'),
        ("documents", '"title":"渡口的灯"', '"title":2'),
        ("documents", document_id(b"letters/1.txt"), f"doc_{'0' * 32}"),
    ],
)
def test_a_damaged_row_or_a_lost_copy_is_an_error(clean, kind, before, after):
    damage(clean, kind, before, after)
    with pytest.raises(DamagedError):
        explain(clean, "letters/2.txt")


def test_a_missing_file_is_an_error_of_storage(clean):
    (current_version(clean) / "rejected.jsonl").unlink()
    with pytest.raises(StorageError, match="cannot read"):
        explain(clean, "letters/2.txt")


def test_a_folder_without_a_version_explains_nothing(tmp_path):
    with pytest.raises(StorageError, match="no published version"):
        explain(tmp_path, "letters/2.txt")
