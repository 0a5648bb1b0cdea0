"""One document shown: the evidence for its encoding, its edits, and what they come to."""

from flows.reporting.preview import preview_lines, preview_text
from schemas.settings import Settings

CLEAN = "早市散了，卖豆腐的老人把空桶倒扣在扁担上，坐着抽完了一袋烟。"


def shown(source):
    return [line.plain for line in preview_lines(source, Settings(), 20)]


def test_clean_text_is_reported_as_clean():
    first, last = shown(CLEAN.encode())
    assert first == f"{len(CLEAN.encode())} bytes, read as utf-8, by utf-8, confidence 1.00"
    assert last == f"Nothing to repair: {len(CLEAN)} characters in, {len(CLEAN)} out."


def test_edits_are_counted_with_their_rules():
    lines = shown(f"{CLEAN}\r\n".encode())
    assert lines[-1].startswith(f"{len(CLEAN) + 2} characters in, {len(CLEAN)} out; ")


def test_what_cannot_be_rebuilt_is_said():
    damaged = (CLEAN * 3).encode()[:-1]
    assert "the bytes cannot be rebuilt from the text" in shown(damaged)[0]


def test_the_text_alone_is_the_clean_text():
    assert preview_text(f"{CLEAN}\n".encode(), Settings()) == CLEAN


def test_the_parts_of_a_mixed_file_are_told():
    chapters = [f"{CLEAN}\n".encode(), CLEAN.encode("gb18030")]
    first, *spans = shown(b"".join(chapters))[:3]
    size = len(chapters[0])
    assert "read as mixed" in first
    assert spans == [
        f"bytes 0 to {size} read as utf-8",
        f"bytes {size} to {size + len(chapters[1])} read as gb18030",
    ]


def test_traces_of_damage_are_counted():
    first = shown(f"{CLEAN}\0\0{CLEAN}\ue000".encode())[0]
    assert "left in the text: 2 NUL and 1 private use characters" in first


def test_the_evidence_of_a_weighed_reading_is_shown():
    first = shown(CLEAN.encode("gb18030"))[0]
    assert "read as gb18030, by code length" in first
    assert "bits ahead of the next reading" in first


def test_the_opinion_of_chardet_is_shown_where_it_was_asked():
    first = shown("Le préposé a vérifié les clés de la grille.".encode("cp1252"))[0]
    assert "chardet says" in first
