"""Mojibake that lost characters is seen; clean text and mojibake that can be undone are not flagged."""

import pytest

from flows.decoding.leftovers import holds_misread_lines

LINE = "雨停以后，整条巷子都是桂花的味道，摆渡人把缆绳绕在桩上。"


@pytest.mark.parametrize("wrong", ["gb18030", "gbk", "cp1252"])
@pytest.mark.parametrize("lost", ["?", "\N{REPLACEMENT CHARACTER}", ""])
def test_misread_text_with_gaps_is_seen(wrong, lost):
    misread = LINE.encode().decode(wrong, "replace").replace("\N{REPLACEMENT CHARACTER}", lost)
    assert holds_misread_lines(f"第一行\n{misread}\n")


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        LINE.encode().decode("latin-1"),
        "他用锛子刨平木料，铺成了桥面。",
        "Add ¼ cup of milk; the café’s own recipe takes ½.",
        "锛锛锛",
        "",
    ],
)
def test_clean_text_and_what_can_be_undone_are_not(text):
    assert not holds_misread_lines(text)
