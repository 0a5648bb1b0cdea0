"""Which documents are copies of others, what stays in spite of it, and what goes on record."""

import json

import pytest

from flows.corpus.names import document_id
from flows.corpus.output import current_version
from flows.corpus.verifying import verify_version
from schemas.manifest import FileKind
from schemas.settings import Settings

BODY = (
    "开江以后头一班渡船照例不收船钱，镇上的人天不亮就在石阶上排起了队，谁也不愿意落在后面。",
    "摆渡的老周已经七十岁了，他说自己只管掌舵，收钱和系缆绳的事都交给了从省城回来的小儿子。",
    "那年的水比往年来得早，渡口下面的三级石阶一直泡到端午，等水退了，上面全是细细的河泥。",
    "学堂里的先生带着孩子们来看水，叫每个人记下石阶还剩几级，回去写成一篇短短的日记交给他。",
    "到了秋天，桥终于修好了，最后一班渡船上只坐了四个人，都是特地从对岸过来看一眼的老人。",
    "缆绳和船桨后来收进了镇上的陈列室，灯却一直没有找到，有人说是老周自己带到坟里去了。",
)
NOISY = tuple(paragraph.replace("，", "。，", 1) for paragraph in BODY)
"""The same paragraphs as a bad scan reads them."""
HEADING = "渡口旧事"


def settings(**shared):
    return Settings.model_validate({"shared_repeats": shared})


@pytest.fixture
def publish(tmp_path, run, write):
    """Return a function that cleans texts, given by name, and returns what is published."""

    def clean(texts, **shared):
        for name, text in texts.items():
            whole = text if isinstance(text, str) else "\n\n".join(text)
            write(tmp_path / "raw", name, whole)
        run(tmp_path / "raw", tmp_path / "clean", settings(**shared))
        assert verify_version(tmp_path / "clean").findings == ()
        return rows(tmp_path / "clean")

    return clean


def rows(clean):
    version = current_version(clean)
    return {
        kind: [
            json.loads(line)
            for path in sorted(version.glob(f"{kind.value}*.jsonl"))
            for line in path.read_bytes().splitlines()
        ]
        for kind in FileKind
    }


def texts(published):
    return {row["source_path"]: row["text"] for row in published[FileKind.DOCUMENTS]}


def found(published):
    return {row["source_path"]: row["found"] for row in published[FileKind.REJECTED]}


def on_record(published, name):
    """Return what shared repeats took out of a document, in order."""
    return [
        row
        for row in published[FileKind.REMOVED]
        if row["source_path"] == name and row["rule"].startswith("shared_repeats.")
    ]


def test_a_copy_is_rejected_and_names_where_its_text_stands(publish):
    published = publish({"1.txt": BODY, "2.txt": [HEADING, *BODY]})
    assert list(texts(published)) == ["1.txt"]
    (rejection,) = published[FileKind.REJECTED]
    chars = len("".join(BODY))
    assert rejection["document_id"] == document_id(b"2.txt")
    assert rejection["source_bytes"] == len("\n\n".join([HEADING, *BODY]).encode())
    assert (rejection["reason"], rejection["step"]) == ("repeated", "shared_repeats")
    assert (rejection["retryable"], rejection["place"]) == (False, "")
    assert rejection["found"] == (
        f"all but 4 of {chars + 4} characters stand in {document_id(b'1.txt')}"
    )
    assert "removed-*.jsonl" in rejection["advice"]


def test_all_text_of_a_copy_is_on_record_and_nothing_else_of_it(publish):
    parts = [*BODY[:3], HEADING, *BODY[3:]]
    published = publish({"1.txt": BODY, "2.txt": parts})
    record = on_record(published, "2.txt")
    assert "".join(row["removed_text"] for row in record) == "\n\n".join(parts)
    (remainder,) = (row for row in record if row["rule"] == "shared_repeats.remainder")
    assert remainder["removed_text"].strip() == HEADING
    kept = (remainder["kept_document_id"], remainder["kept_paragraph"], remainder["similarity"])
    assert kept == ("", -1, 0.0)
    assert published[FileKind.EDITS] == []


def test_a_copy_without_remainder_has_no_row_for_one(publish):
    published = publish({"1.txt": [HEADING, *BODY], "2.txt": BODY[2]})
    assert found(published) == {
        "2.txt": f"all of its {len(BODY[2])} characters stand in {document_id(b'1.txt')}"
    }
    assert [row["rule"] for row in on_record(published, "2.txt")] == ["shared_repeats.exact"]


def test_a_copy_of_several_documents_names_the_one_that_holds_most(publish):
    published = publish({"1.txt": BODY[:2], "2.txt": BODY[2:], "3.txt": BODY})
    assert found(published)["3.txt"].endswith(f"stand in {document_id(b'2.txt')} (and 1 other)")


def test_a_letter_with_a_fifth_of_its_own_text_stays(publish):
    own = "这一份是照着报上抄给你的，你看了以后不必寄回来。" * 3
    assert 0.2 < len(own) / len(own + "".join(BODY)) < 0.25
    published = publish({"1.txt": BODY, "2.txt": ["母亲：", own, *BODY]})
    assert texts(published)["2.txt"] == f"母亲：\n\n{own}"
    assert found(published) == {}


@pytest.mark.parametrize("shared", [1, 3])
def test_a_poem_with_a_prologue_that_others_have_too_stays(publish, shared):
    poem = "石阶三级\n水来两级\n\n灯还亮着\n船在对岸\n\n等水退去\n我们再说"
    published = publish({"1.txt": BODY, "2.txt": [*BODY[:shared], poem]})
    assert texts(published)["2.txt"].endswith(poem)
    assert found(published) == {}


def test_a_document_from_which_nothing_was_taken_stays_however_short(publish):
    published = publish({"1.txt": BODY, "2.txt": HEADING, "3.txt": [HEADING, HEADING]})
    assert found(published) == {}


def test_of_a_chain_of_copies_one_is_published(publish):
    published = publish({f"{number}.txt": BODY for number in range(4)})
    assert list(texts(published)) == ["0.txt"]
    keepers = {row["kept_document_id"] for row in published[FileKind.REMOVED]}
    assert keepers == {document_id(b"0.txt")}


def test_a_copy_of_a_near_copy_names_the_document_that_stays(publish):
    published = publish({"1.txt": BODY, "2.txt": [HEADING, *NOISY], "3.txt": NOISY})
    (stays,) = texts(published)
    keepers = {row["kept_document_id"] for row in published[FileKind.REMOVED]}
    assert keepers - {""} == {document_id(stays.encode())}


def test_a_document_that_keeps_a_copy_for_another_stays_however_little_is_left(publish):
    only_here = "这本小册子由镇文化站印行，共印三百册，每户一册，不另出售，欢迎借给邻村的亲友传看。"
    published = publish(
        {"1.txt": BODY * 2, "2.txt": [*BODY, only_here], "3.txt": only_here}, remainder_share=0.3
    )
    assert texts(published)["2.txt"] == only_here
    assert found(published) == {
        "3.txt": f"all of its {len(only_here)} characters stand in {document_id(b'2.txt')}"
    }


def test_a_repeat_inside_a_copy_names_the_copy_that_is_published(publish):
    published = publish({"1.txt": BODY, "2.txt": [*BODY, BODY[1]]})
    inner, *_ = (row for row in published[FileKind.REMOVED] if row["rule"] == "repeats.exact")
    assert (inner["kept_document_id"], inner["kept_paragraph"]) == (document_id(b"1.txt"), 1)


def test_a_repeat_of_the_remainder_names_no_copy_since_none_is_published(publish):
    note = "原件存镇档案室第三号柜，抄件两份。"
    published = publish({"1.txt": BODY, "2.txt": [*BODY, note, note]}, remainder_share=0.2)
    (inner,) = (row for row in published[FileKind.REMOVED] if row["rule"] == "repeats.exact")
    assert (inner["kept_document_id"], inner["kept_paragraph"]) == ("", -1)
    assert inner["similarity"] == 0.0
    assert on_record(published, "2.txt")[-1]["removed_text"].strip() == note


@pytest.mark.parametrize(
    ("shared", "rejected"),
    [({}, True), ({"remainder_share": 0.0}, False), ({"enabled": False}, False)],
    ids=["by default", "with no remainder allowed", "switched off"],
)
def test_the_settings_say_what_a_copy_is(publish, shared, rejected):
    published = publish({"1.txt": BODY, "2.txt": [HEADING, *BODY]}, **shared)
    assert bool(found(published)) == rejected


def test_an_empty_remainder_is_a_copy_whatever_the_settings(publish):
    published = publish({"1.txt": BODY, "2.txt": BODY}, remainder_share=0.0)
    assert list(found(published)) == ["2.txt"]


def test_rejections_of_both_sorts_stand_in_path_order_and_are_all_reported(tmp_path, run, write):
    for name in ("2.txt", "10.txt", "a/1.txt"):
        write(tmp_path / "raw", name, "\n\n".join(BODY))
    for name in ("1.txt", "3.txt", "a/2.txt"):
        write(tmp_path / "raw", name, b"")
    published = run(tmp_path / "raw", tmp_path / "clean")
    rejected = rows(tmp_path / "clean")[FileKind.REJECTED]
    paths = ["1.txt", "2.txt", "3.txt", "10.txt", "a/1.txt", "a/2.txt"]
    assert [row["source_path"] for row in rejected] == [path for path in paths if path != "2.txt"]
    assert [entry.model_dump(mode="json") for entry in published.rejections] == rejected


def test_the_rules_are_counted_in_what_is_published(tmp_path, run, write):
    wrapped = [f"{paragraph[:20]}\n{paragraph[20:]}" for paragraph in BODY]
    for name in ("1.txt", "2.txt", "3.txt"):
        write(tmp_path / "raw", name, "\n\n".join([*wrapped, HEADING * (name == "3.txt")]))
    published = run(tmp_path / "raw", tmp_path / "clean")
    assert published.manifest.documents == 1
    assert sum(rule.edits for rule in published.rules) == published.manifest.edits > 0
    assert {rule.documents for rule in published.rules} == {1}
