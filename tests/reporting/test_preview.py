"""One document shown: the evidence for its encoding, its edits, and what they come to."""

from flows.edits import make_layer
from flows.pipeline import CleanText
from flows.reporting import preview
from flows.reporting.preview import preview_lines, preview_text
from schemas.edit import Edit
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


def test_only_doubtful_joins_are_shown_where_they_are_asked_for(monkeypatch):
    text = "\N{ZERO WIDTH SPACE}风停\n了，雨\n也停了。"
    stripped = text[1:]
    layers = (
        make_layer("characters", text, [Edit("characters.invisible", 0, 1, "")]),
        make_layer(
            "line_breaks",
            stripped,
            [
                Edit("line_breaks.wrapped", 2, 3, "", 0.99),
                Edit("line_breaks.wrapped", 6, 7, "", 0.6),
            ],
        ),
    )
    clean = CleanText("风停了，雨也停了。", layers)
    monkeypatch.setattr(preview, "clean_text", lambda _text, _settings: clean)
    lines = preview_lines(text.encode(), Settings(), 20, doubtful=True)
    assert [line.plain for line in lines][1:-1] == [
        "line_breaks  1 edit",
        "  line_breaks.wrapped at 6 · 0.60\n    风停↵了，雨[-↵-]也停了。",
    ]


def test_the_flags_of_the_record_are_shown():
    assert "look at: unbalanced_quotes" in shown(f"“{CLEAN}".encode())[0]
