"""The gate before OpenCC's words changes its speed and nothing else."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text import word_gate
from flows.text.code_points import code_points
from flows.text.word_gate import gated

CONFIGS = ("t2s", "tw2s", "hk2s")
ROWS = word_gate.word_rows()
WORDY = {
    config: "".join(ROWS[f"{config} {name}"] for name in ("opens", "follows", "head", "tail"))
    for config in CONFIGS
}
"""Characters of which words are made; drawn from alone, they give one in every few places."""
PLAIN = "。，\n\r\f a1風來說話這裡船開過\N{IDEOGRAPHIC SPACE}\N{COMBINING ACUTE ACCENT}\U00020000"


def conversions(config: str, *, rare: bool = False):
    convert = opencc.OpenCC(config, include_tofu_risk_dictionaries=rare).convert
    return convert, gated(config, opencc.__version__, convert)


@pytest.fixture(autouse=True)
def no_text_is_short(monkeypatch) -> None:
    monkeypatch.setattr(word_gate, "_MIN_LENGTH", 0)


@pytest.mark.parametrize("rare", [False, True])
@pytest.mark.parametrize("config", CONFIGS)
def test_every_answer_is_the_one_of_opencc(config, rare) -> None:
    convert, fast = conversions(config, rare=rare)
    words = st.sampled_from(WORDY[config])
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")

    @given(text=st.lists(words | st.sampled_from(PLAIN) | words | letters, max_size=60))
    def law(text: list[str]) -> None:
        assert fast("".join(text)) == convert("".join(text))

    law()


@pytest.mark.parametrize("config", CONFIGS)
def test_every_pair_of_characters_of_words_comes_out_as_from_opencc(config) -> None:
    convert, fast = conversions(config)
    openers, followers = (ROWS[f"{config} {name}"] for name in ("opens", "follows"))
    text = "\n".join(f"{one}{two}" for one in openers for two in followers)
    assert fast(text) == convert(text)


def test_few_characters_of_prose_are_left_to_opencc() -> None:
    convert, _ = conversions("tw2s")
    asked: list[str] = []
    fast = gated("tw2s", opencc.__version__, lambda text: asked.append(text) or convert(text))
    text = "渡船靠岸時，風已經停了。他看著窗外的燈，說這部專著還沒有寫完。"
    fast(text)  # asks for every single character, once
    asked.clear()
    assert fast(text) == convert(text)
    assert sum(map(len, asked)) < len(text) / 3


@pytest.mark.parametrize(
    "text", ["⿱⿰言兌說說", "說\N{CJK COMPATIBILITY IDEOGRAPH-F914}園", "", "\n"]
)
def test_what_opencc_reads_in_its_own_way_is_left_to_it(text) -> None:
    convert, fast = conversions("tw2s")
    assert fast(text) == convert(text)


def test_other_dictionaries_and_configurations_are_asked_for_all_text() -> None:
    convert = opencc.OpenCC("t2s").convert
    assert gated("t2s", "0.0", convert) is convert
    assert gated("s2t", opencc.__version__, convert) is convert


def test_the_tables_hold_characters_of_the_basic_plane_only() -> None:
    assert all(code_points(characters).max() < 0x10000 for characters in WORDY.values())
