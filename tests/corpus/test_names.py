import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.corpus.names import display_path, document_id, path_of

PATHS = st.binary(min_size=1, max_size=40) | st.text(min_size=1, max_size=20).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)


@given(path=PATHS)
def test_a_displayed_path_leads_back_to_its_bytes(path):
    assert path_of(display_path(path)) == path


@given(path=PATHS)
def test_a_displayed_path_is_one_line_of_valid_text(path):
    shown = display_path(path)
    shown.encode()
    assert len(shown.splitlines()) == 1
    assert not set(shown) & {chr(code) for code in (*range(32), *range(0x7F, 0xA0))}


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("渡口/第1页.txt".encode(), "渡口/第1页.txt"),
        ("a\N{IDEOGRAPHIC SPACE}b".encode(), "a\N{IDEOGRAPHIC SPACE}b"),
        (b"a\nb", r"a\u000ab"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}txt.exe".encode(), r"a\u202etxt.exe"),
        ("a\N{LINE SEPARATOR}b".encode(), r"a\u2028b"),
        ("\N{TAG LATIN SMALL LETTER A}".encode(), r"\U000e0061"),
        (b"\xd3\xe6.txt", r"\xd3\xe6.txt"),
        (rb"a\xd3", r"a\\xd3"),
    ],
)
def test_odd_characters_of_a_path_are_shown_as_escapes(path, shown):
    assert display_path(path) == shown


def test_an_id_depends_on_the_path_alone():
    assert document_id("渡口.txt".encode()) == (
        "doc_" + hashlib.sha256("渡口.txt".encode()).hexdigest()[:32]
    )
