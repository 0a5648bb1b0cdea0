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
