"""The codecs read what was meant and write the bytes that were read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.decoding.codecs import canonical_name, decode_strict, encode, is_ascii_compatible

PAIRS = [bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF)]
TWICE_CODED = set("／＼十卅╞╪╡═╭╮╰╯")


def read(pair, encoding):
    try:
        return decode_strict(pair, encoding)
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "cp949"])
def test_every_pair_of_bytes_is_written_as_it_was_read(encoding) -> None:
    for pair in PAIRS:
        text = read(pair, encoding)
        if text is not None and not (encoding == "big5hkscs" and text in TWICE_CODED):
            assert encode(text, encoding, byte_order_mark=False) == pair


def test_a_character_that_big5_has_twice_is_written_as_its_first_code() -> None:
    codes = {pair: read(pair, "big5hkscs") for pair in PAIRS}
    for char in TWICE_CODED - {"十", "卅"}:
        first = min(pair for pair, text in codes.items() if text == char)
        written = encode(char, "big5hkscs", byte_order_mark=False)
        assert decode_strict(written, "big5hkscs") == char
        assert written in {first, b"\xa1\xfe", b"\xa2\x40"}


@pytest.mark.parametrize(
    ("code", "char"),
    [
        ("a141", "，"),
        ("a14b", "…"),
        ("a1fe", "\N{FULLWIDTH SOLIDUS}"),
        ("a2cc", "十"),
        ("a3e1", "\N{EURO SIGN}"),
        ("c6e2", "\N{IDEOGRAPHIC NUMBER ZERO}"),
        ("f9d6", "碁"),
        ("9def", "嘅"),
    ],
)
def test_big5_reads_what_windows_and_hong_kong_add_to_it(code, char) -> None:
    assert read(bytes.fromhex(code), "big5hkscs") == char


def test_the_symbols_of_big5_are_those_of_pythons_own_codec() -> None:
    symbols = [pair for pair in PAIRS if 0xA1 <= pair[0] <= 0xA3]
    for pair in symbols:
        if (text := _plain(pair)) is not None:
            assert read(pair, "big5hkscs") == text


def _plain(pair):
    try:
        return pair.decode("big5")
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize(
    ("code", "char"),
    [
        ("a1aa", "\N{EM DASH}"),
        ("a1a4", "\N{MIDDLE DOT}"),
        ("a6d9", "\N{PRESENTATION FORM FOR VERTICAL COMMA}"),
        ("fe59", "\u9fb4"),
        ("fe51", "\U00020087"),
        ("a8bc", "\N{LATIN SMALL LETTER M WITH ACUTE}"),
    ],
)
def test_the_gb_family_reads_no_private_use_where_a_character_exists(code, char) -> None:
    assert read(bytes.fromhex(code), "gb18030") == char


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_gb18030_writes_every_text_and_reads_it_back(text) -> None:
    assert decode_strict(encode(text, "gb18030", byte_order_mark=False), "gb18030") == text


@given(st.text(st.sampled_from("堤燈╡／〇‧•￡£€ａ a1嘅㗎")))
def test_what_big5_can_write_it_reads_back(text) -> None:
    try:
        data = encode(text, "big5hkscs", byte_order_mark=False)
    except UnicodeEncodeError:
        assert set(text) & set("‧￡ａ")
    else:
        assert decode_strict(data, "big5hkscs") == text


def test_names_of_one_family_are_one_codec() -> None:
    assert {canonical_name(name) for name in ("GB2312", "gbk", "cp936")} == {"gb18030"}
    assert {canonical_name(name) for name in ("Big5", "cp950", "big5-hkscs")} == {"big5hkscs"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-be", "cp037", "hz", "iso2022_jp"])
def test_encodings_that_use_ascii_bytes_for_other_things_are_not_read_by_line(encoding) -> None:
    assert not is_ascii_compatible(encoding)


def test_a_mixed_file_has_no_bytes_to_go_back_to() -> None:
    with pytest.raises(LookupError):
        encode("河", "mixed", byte_order_mark=False)
