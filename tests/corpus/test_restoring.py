import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.corpus.names import document_id
from flows.corpus.output import current_version, manifest_of
from flows.corpus.records import Origin, make_records
from flows.corpus.restoring import (
    published_documents,
    restore_bytes,
    restore_text,
    restore_version,
)
from flows.corpus.serial import DamagedError
from flows.decoding.codecs import encode
from flows.decoding.ladder import decode
from flows.errors import DocumentError, StorageError
from flows.pipeline import clean_text
from schemas.settings import Settings

SENTENCES = (
    "渡口的灯亮了一夜。", "摆渡的人换了班，", "灯还亮着。", "一、缘起", "第 3 页", "她说：“走吧。”",
    "\n", "\n\n", "\r\n", "\f", "\N{IDEOGRAPHIC SPACE}", " ", "ferry-\nman ", "Ａ１", "\N{KANGXI RADICAL ONE}",
    "請問渡口在哪裡", "ありがとう", "\N{ZERO WIDTH SPACE}", "收到棉布二十四匹，染坊的伙计当面点过，少一匹。",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=5), min_size=1, max_size=20).map(
    "".join
)
SETTINGS = Settings()


@given(
    text=TEXTS,
    encoding=st.sampled_from(["utf-8", "gb18030", "big5hkscs", "utf-16-le"]),
    mark=st.booleans(),
)
def test_every_document_restores_to_its_source(text, encoding, mark):
    try:
        content = encode(text, encoding, byte_order_mark=mark and encoding.startswith("utf"))
        decoded = decode(content, SETTINGS.decoding)
    except (UnicodeError, DocumentError):
        return
    origin = Origin(b"a.txt", len(content), hashlib.sha256(content).hexdigest(), "raw")
    clean = clean_text(decoded.text, SETTINGS)
    if not clean.text:  # rejected as blank
        return
    made = make_records(origin, decoded, clean)
    assert restore_text(made.document, made.edits) == decoded.text
    if decoded.restorable:
        assert restore_bytes(made.document, made.edits) == content


def test_restored_files_are_the_sources_under_their_own_names(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    restored = restore_version(tmp_path / "clean", tmp_path / "back")
    assert len(restored) == 6
    for one in restored:
        assert one.is_exact
        source = raw / one.path.relative_to(tmp_path / "back")
        assert one.path.read_bytes() == source.read_bytes()
    assert (tmp_path / "back" / os.fsdecode(b"\xd3\xe6.txt")).exists()


def test_one_document_can_be_restored_alone(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    (restored,) = restore_version(tmp_path / "clean", tmp_path / "back", only="letters/2.txt")
    assert restored.path.read_bytes() == (raw / "letters/2.txt").read_bytes()
    by_id = document_id(b"ledger.txt")
    (restored,) = restore_version(tmp_path / "clean", tmp_path / "back", only=by_id)
    assert restored.path == tmp_path / "back" / "ledger.txt"
    assert restore_version(tmp_path / "clean", tmp_path / "back", only="none") == []


def test_restoring_twice_is_harmless_and_never_overwrites(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    restore_version(tmp_path / "clean", tmp_path / "back")
    restore_version(tmp_path / "clean", tmp_path / "back")
    (tmp_path / "back" / "ledger.txt").write_text("别的内容")
    with pytest.raises(StorageError, match="differs"):
        restore_version(tmp_path / "clean", tmp_path / "back")
    assert (tmp_path / "back" / "ledger.txt").read_text() == "别的内容"


def document_named(raw, tmp_path, run, path):
    run(raw, tmp_path / "clean")
    version = current_version(tmp_path / "clean")
    documents = published_documents(version, manifest_of(version))
    return next(pair for pair in documents if pair[0].source_path == path)


@pytest.mark.parametrize(
    "path",
    [
        "../out.txt",
        "/out.txt",
        "a/../../out.txt",
        "a//b",
        ".",
        r"a\u0000",
        r"\ud800",
    ],
)
def test_a_forged_path_never_leads_out_of_the_target(raw, tmp_path, run, monkeypatch, path):
    document, edits = document_named(raw, tmp_path, run, "letters/1.txt")
    forged = document.model_copy(update={"source_path": path})
    monkeypatch.setattr(
        "flows.corpus.restoring.published_documents", lambda *_: iter([(forged, edits)])
    )
    with pytest.raises(DamagedError, match="names no file"):
        restore_version(tmp_path / "clean", tmp_path / "back")
    assert list((tmp_path / "back").iterdir()) == []


def test_a_link_in_the_target_never_leads_out_of_it(raw, tmp_path, run):
    run(raw, tmp_path / "clean")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "letters").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="leads out"):
        restore_version(tmp_path / "clean", tmp_path / "back")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_altered_text_is_an_error_and_not_something_like_the_source(raw, tmp_path, run):
    document, edits = document_named(raw, tmp_path, run, "letters/2.txt")
    with pytest.raises(DamagedError):
        restore_text(document.model_copy(update={"text": document.text + "。"}), edits)
    with pytest.raises(DamagedError):
        restore_text(document, edits[1:])
    for encoding in ("ascii", "mixed", "rot13"):
        metadata = document.metadata.model_copy(update={"encoding": encoding})
        with pytest.raises(DamagedError):
            restore_bytes(document.model_copy(update={"metadata": metadata}), edits)
