"""What bytes become, what is said of it, and what is declined."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.decoding.codecs import encode
from flows.decoding.ladder import decode
from flows.errors import DocumentError
from schemas.rejection import Reason
from schemas.settings import DecodingSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "decoding.json").read_text("utf-8"))
SETTINGS = DecodingSettings()
CHINESE = "堤上的灯亮了，老船工收起缆绳，慢慢往家里走。\n河水漫过第三级石阶。\n"
TRADITIONAL = "堤上的燈亮了，老船工收起纜繩，慢慢往家裡走。\n河水漫過第三級石階。\n"
JAPANESE = "渡し舟は今日は出ないと、船頭が言った。みんなは岸で待っていた。\n"
KOREAN = "오늘은 비가 많이 와서 배가 뜨지 않는다고 한다. 모두 강가에서 기다렸다.\n"
RUSSIAN = "Паромщик сказал, что сегодня переправы не будет, потому что вода высокая.\n"
GERMAN = "Der Fährmann sagte, daß heute niemand über den Fluß käme; das Wasser stünde zu hoch.\n"
TEXTS = {
    "utf-8": CHINESE, "gb18030": CHINESE, "hz": CHINESE, "big5hkscs": TRADITIONAL,
    "utf-16-le": CHINESE, "utf-16-be": CHINESE, "utf-32-le": CHINESE, "utf-32-be": CHINESE,
    "cp932": JAPANESE, "euc_jp": JAPANESE, "iso2022_jp": JAPANESE, "cp949": KOREAN,
    "cp1251": RUSSIAN, "koi8-r": RUSSIAN, "cp1252": GERMAN,
}  # fmt: skip
SPOILT = st.lists(
    st.sampled_from(
        [text.encode(encoding) for encoding, text in TEXTS.items()]
        + [b"", b"\n", b"\r\n", b"\0", b"\xff", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b$B"]
    )
    | st.binary(max_size=6),
    max_size=6,
).map(b"".join)


def made(notation: str) -> bytes:
    """Return the bytes of `codec:text|hex:ff|...`."""
    parts = (piece.partition(":") for piece in notation.split("|"))
    return b"".join(
        bytes.fromhex(text) if codec == "hex" else text.encode(codec) for codec, _, text in parts
    )


def marked(case):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES if case["encoding"]])
def test_bytes_become_the_text_that_was_meant(case) -> None:
    found = decode(made(case["before"]), SETTINGS)
    assert (found.text, found.encoding) == (case["after"], case["encoding"])


@pytest.mark.parametrize("case", [marked(case) for case in CASES if not case["encoding"]])
def test_what_is_no_text_is_declined_with_a_reason(case) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(made(case["before"]), SETTINGS)
    assert caught.value.reason == Reason(case["after"])
    assert caught.value.step == "decoding"
    assert caught.value.advice


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("copies", [1, 200])
def test_every_encoding_gives_back_its_text_and_its_bytes(encoding, copies) -> None:
    data = encode(TEXTS[encoding] * copies, encoding, byte_order_mark=False)
    found = decode(data, SETTINGS)
    assert found.text == TEXTS[encoding] * copies
    assert found.restorable


@pytest.mark.parametrize("encoding", [name for name in TEXTS if name.startswith("utf")])
def test_a_byte_order_mark_is_not_text_and_is_restored(encoding) -> None:
    data = encode(CHINESE, encoding, byte_order_mark=True)
    found = decode(data, SETTINGS)
    assert (found.text, found.encoding, found.byte_order_mark) == (CHINESE, encoding, True)
    assert found.restorable


@given(st.binary(max_size=200) | SPOILT)
@example(GERMAN.encode("cp1252") + b"\x00\xe0\xff\xff")
def test_any_bytes_end_in_text_or_in_a_named_error(data) -> None:
    try:
        found = decode(data, SETTINGS)
    except DocumentError:
        return
    assert found.text.strip()
    assert 0.0 <= found.confidence <= 1.0
    found.text.encode("utf-8")


@given(SPOILT)
def test_restorable_means_the_very_bytes(data) -> None:
    try:
        found = decode(data, SETTINGS)
    except DocumentError:
        return
    try:
        again = encode(found.text, found.encoding, byte_order_mark=found.byte_order_mark)
    except (UnicodeError, LookupError):
        again = None
    assert found.restorable == (again == data)


def test_the_evidence_says_how_a_text_was_found() -> None:
    found = decode(CHINESE.encode("gb18030"), SETTINGS)
    assert (found.method, found.chardet_encoding, found.flags) == ("code_length", "", ())
    assert found.confidence > 0.99
    assert found.margin_bits > 20
    german = decode(GERMAN.encode("cp1252"), SETTINGS)
    assert (german.method, german.chardet_encoding) == ("chardet", "Windows-1252")


def test_what_is_cut_or_spoilt_is_counted_and_flagged() -> None:
    data = made("hex:c0|gb18030:堤上的灯亮了，老船工|hex:ff|gb18030:收起缆绳，慢慢往家里走。")
    found = decode(data, SETTINGS)
    assert (found.dropped_bytes, found.undecodable) == (1, 1)
    assert found.flags == ("undecodable_bytes", "cut_characters")


def test_a_replacement_character_of_the_source_is_not_counted_as_put_in() -> None:
    found = decode(f"河水漫过\ufffd石阶\n{CHINESE}".encode()[:-1] + b"\xff\n", SETTINGS)
    assert found.undecodable == 1
    assert found.flags == ("undecodable_bytes", "lost_characters")


def test_a_mixed_file_says_which_bytes_were_in_which_encoding() -> None:
    data = CHINESE.encode() + CHINESE.encode("gb18030")
    found = decode(data, SETTINGS)
    assert found.flags == ("mixed_encodings",)
    assert [(s.encoding, data[s.start : s.end].decode(s.encoding)) for s in found.spans] == [
        ("utf-8", CHINESE),
        ("gb18030", CHINESE),
    ]


def test_how_much_may_be_damaged_is_a_setting() -> None:
    data = made("gb18030:堤上的灯亮了|hex:ff|gb18030:老船工收起缆绳，慢慢往家里走，没有人说话")
    assert decode(data, SETTINGS).undecodable == 1
    with pytest.raises(DocumentError, match="too_damaged at code point 6"):
        decode(data, DecodingSettings(max_damaged_share=0.0))


def test_what_the_source_lost_before_counts_as_damage_too() -> None:
    text = (
        "渡口的灯亮了\ufffd，摆渡人把缆绳绕在锟斤拷桩上，等最后一个客人，没有人说话。\n" + CHINESE
    )
    found = decode(text.encode(), SETTINGS)
    assert (found.undecodable, found.marks.lost) == (0, 3)
    assert found.flags == ("lost_characters",)
    with pytest.raises(DocumentError, match="too_damaged"):
        decode("渡口的\ufffd\ufffd\ufffd亮了，摆渡人".encode(), SETTINGS)


@pytest.mark.parametrize("wrong", ["gb18030", "cp1252"])
def test_a_line_that_was_misread_and_lost_characters_is_flagged(wrong) -> None:
    misread = CHINESE.encode().decode(wrong, "replace").replace("\ufffd", "?")
    assert "misread_lines" in decode(misread.encode(), SETTINGS).flags
    assert decode(CHINESE.encode(), SETTINGS).flags == ()


def test_traces_of_damage_are_counted() -> None:
    marks = decode("渡口\0的\x01灯\ue001亮了。".encode(), SETTINGS).marks
    assert (marks.nul, marks.control, marks.private_use, marks.lost) == (1, 1, 1, 0)


@pytest.mark.parametrize("at", range(44))
def test_a_lost_byte_of_gbk_costs_few_characters_and_makes_few_wrong(at) -> None:
    whole = CHINESE.encode("gb18030")
    found = decode(whole[:at] + whole[at + 1 :], SETTINGS)
    assert found.text.splitlines()[1] == CHINESE.splitlines()[1]
    assert len(found.text) >= len(CHINESE) - 4


def test_a_long_ascii_head_does_not_hide_what_follows() -> None:
    head = "Nobody crosses the river today. " * 8000
    assert decode((head + CHINESE).encode("gb18030"), SETTINGS).text == head + CHINESE


def test_utf8_is_decoded_without_importing_a_detector() -> None:
    program = (
        "import sys; from flows.decoding.ladder import decode; "
        "from schemas.settings import DecodingSettings; "
        "decode('河水漫过堤岸'.encode(), DecodingSettings()); sys.exit('chardet' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_replacement_characters_out_of_step_do_not_count_as_less_than_none():
    spelled = b"\x841\xa47"  # U+FFFD, as GB18030 spells it
    content = (
        b"\xb2\xbc\xe8\xaf\xbc\xb1" + spelled * 2 + b"\x84\n"
        b"\xa1\xa3\xd4\xbf\xb3\xd7\xca\xc7\xce\xc2\xb5\xc4\xa3\xac\xcf\xf1\n"
        b"\xca\xc7\xb8\xd5\xb8\xd5\xb4\xd3\xcb\xad\xb5\xc4"
    )
    assert decode(content, DecodingSettings()).undecodable >= 0
