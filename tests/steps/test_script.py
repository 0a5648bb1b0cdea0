"""What is brought into one script, and what is not touched."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.edits import apply_edits, make_layer, undo_layer
from flows.errors import ConfigurationError
from flows.steps import script
from flows.text.conversion import Converter
from schemas.edit import Edit
from schemas.settings import ScriptSettings

CASES = json.loads((Path(__file__).parents[1] / "cases" / "script.json").read_text("utf-8"))
SETTINGS = ScriptSettings()
SENTENCES = (
    "渡船靠岸時，風已經停了。", "他看著窗外，說著笑著。", "书店的门开着，灯还没关。", "这些书里有两本是新的。",
    "会议决定調整開門時間。", "山高水深。", "会議は明日です。", "회의는 내일 열립니다.", "說到張學友的歌",
    "佢哋喺廠房裏面説話。", "第12頁", "The ferry.", "\n", "\n\n", "\f", "\N{IDEOGRAPHIC SPACE}", "\x00", "\ud800",
)  # fmt: skip
MESSY = st.lists(st.sampled_from(SENTENCES), max_size=12).map("".join)
TARGETS = st.sampled_from(["simplified", "traditional", "taiwan", "hong_kong"])


def propose(text: str, settings: ScriptSettings = SETTINGS) -> list[Edit]:
    (edits,) = script.propose([text], settings)
    return edits


def converted(text: str, **settings) -> str:
    return apply_edits(text, propose(text, ScriptSettings.model_validate(settings)))


def marked(case: dict[str, str]):
    mark = pytest.mark.xfail(strict=True, reason="a known weakness")
    return pytest.param(case, id=case["label"], marks=[mark] if case["expect"] == "fail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_chinese_comes_out_in_simplified_script(case) -> None:
    assert converted(case["before"]) == case["after"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("traditional", "他們羣起發言，說颱風喫掉了麪粉，頭髮裏都是。"),
        ("taiwan", "他們群起發言，說颱風吃掉了麵粉，頭髮裡都是。"),
        ("hong_kong", "他們羣起發言，説颱風吃掉了麪粉，頭髮裏都是。"),
        ("keep", "他们群起发言，说台风吃掉了面粉，头发里都是。"),
    ],
)
def test_each_target_has_its_own_spellings(target, expected) -> None:
    assert converted("他们群起发言，说台风吃掉了面粉，头发里都是。", target=target) == expected


@pytest.mark.parametrize("target", ["traditional", "taiwan", "hong_kong"])
@pytest.mark.parametrize("text", ["他說著笑著，風停了。", "会議は明日です。", "The ferry."])
def test_traditional_and_foreign_text_stays_for_traditional_targets(target, text) -> None:
    assert converted(text, target=target) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("被发明的机器说明了如何发电", "被發明的機器說明了如何發電"),
        ("这位学生发了信", "這位學生發了信"),
        ("被发型师看中的学生发型，包括发夹", "被髮型師看中的學生髮型，包括髮夾"),
        ("被发给学生的纸上说明了生发水的用法", "被發給學生的紙上說明了生髮水的用法"),
        ("百姓余粮不多，问了向导师傅", "百姓餘糧不多，問了嚮導師傅"),
        ("这只会飞的鸟只是路过", "這隻會飛的鳥只是路過"),
        ("他姓余，参与制造飞机", "他姓余，參與製造飛機"),
        ("他说还是只能等，冲了杯咖啡", "他說還是只能等，沖了杯咖啡"),
        ("两只小鸟被发现了", "兩隻小鳥被發現了"),
    ],
)
def test_known_errors_towards_traditional_are_corrected(before, after) -> None:
    assert converted(before, target="taiwan") == after


def test_protected_words_stay_as_they_are() -> None:
    assert converted("張學友說他來", protected_words=["張學友"]) == "張學友说他来"


def test_characters_that_most_fonts_lack_are_put_in_only_when_asked_for() -> None:
    text = "這裡說的是鄟國的事。"
    assert "\U0002b458" not in converted(text)
    assert "\U0002b458" in converted(text, rare_characters=True)


def test_quotation_marks_follow_the_script_when_asked_and_balanced() -> None:
    text = "他說：「走吧。」\n她說：「等等，「"
    assert converted(text, quotes=True) == "他说：“走吧。”\n她说：「等等，「"
    assert converted("他说：“走吧。”", target="taiwan", quotes=True) == "他說：「走吧。」"


def test_the_region_of_the_source_can_be_told() -> None:
    text = "他說著他的著作"
    assert converted(text) == "他说着他的著作"
    assert converted(text, source_region="hong_kong") == "他说著他的著作"


def test_a_changed_line_is_one_edit_from_its_first_to_its_last_change() -> None:
    text = "他說：風停了。\n山高水深。\n船開過來了。"
    assert propose(text) == [
        Edit(script.CONVERTED, 1, 4, "说：风"),
        Edit(script.CONVERTED, 15, 18, "开过来"),
    ]


def test_a_stray_character_in_text_of_the_wanted_script_is_its_own_rule() -> None:
    assert propose("他们说劉先生来过。") == [Edit(script.STRAY_CHARACTER, 3, 4, "刘")]


@given(text=MESSY, target=TARGETS)
def test_a_second_run_changes_nothing(text, target) -> None:
    once = converted(text, target=target)
    assert converted(once, target=target) == once


@given(text=MESSY, target=TARGETS)
def test_lines_and_lengths_stay_and_every_edit_inverts(text, target) -> None:
    edits = propose(text, ScriptSettings(target=target))
    after = apply_edits(text, edits)
    assert [len(line) for line in after.split("\n")] == [len(line) for line in text.split("\n")]
    assert all("\n" not in edit.after for edit in edits)
    assert undo_layer(after, make_layer("script", text, edits)) == text


@given(
    text=st.lists(st.sampled_from(["会議は明日です。", "發表会の時間", "회의는 來日", "\n"])).map(
        "".join
    )
)
def test_japanese_and_korean_stay(text) -> None:
    assert propose(text) == []


@given(texts=st.lists(MESSY, max_size=4))
def test_texts_do_not_depend_on_their_neighbours(texts) -> None:
    assert [*script.propose(texts, SETTINGS)] == [propose(text) for text in texts]


@pytest.mark.parametrize(
    "package", [SimpleNamespace(__version__="0.1.7"), SimpleNamespace(), None], ids=str
)
def test_another_package_named_opencc_is_an_error_that_says_what_to_do(
    package, monkeypatch
) -> None:
    monkeypatch.setitem(sys.modules, "opencc", package)
    with pytest.raises(ConfigurationError, match="install `opencc` again"):
        Converter("t2s")


def test_what_opencc_cannot_take_stays_in_its_place() -> None:
    assert Converter("t2s")("風\x00來\ud800門\x00") == "风\x00来\ud800门\x00"
