"""Which script a text is in, which language, and what a person should know of its characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.characters import character_flags
from flows.text.languages import language_of
from flows.text.scripts import label_script, label_scripts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡口的灯还没点上，船已经来了。", "hans"),
        ("渡口的燈還沒點上，船已經來了。", "hant"),
        ("渡し場の灯はまだ点いていない。", "ja"),
        ("東京駅前広場", "ja"),
        ("身長百七十、体重六十。", "ja"),
        ("나루터의 등불은 아직 켜지지 않았다.", "ko"),
        ("圖書館은 어디입니까", "ko"),
        ("山高水深，日月同光。", "other"),
        ("The ferry leaves at noon.", "other"),
        ("12 – 34", "other"),
        ("", "other"),
        ("这家“味の屋”今天开门，来吃的人很多。", "hans"),
        ("這家「味の屋」今天開門，來吃的人很多。", "hant"),
        ("刘先生和張先生一起参加了这次关于环境的会议。", "hans"),
        ("瓮城外的護城河邊種著兩行楊樹，樹後來長得很高。", "hant"),
        ("是什麽時候來的呢？", "hant"),
        ("会议决定調整門票价格，开始時間另行通知。", "mixed"),
        ("书店的门开着，灯还没关，里面坐着几个学生，说话声音很轻。門口貼著一張紙。", "mixed"),
    ],
)
def test_the_script_is_named(text, expected) -> None:
    assert label_script(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡口的灯还没点上。", "zh"),
        ("山高水深。", "zh"),
        ("打开 README 文件，看 install 一节。", "zh"),
        ("渡し場の灯", "ja"),
        ("나루터의 등불", "ko"),
        ("The keeper of the light was in a hurry to close the gate.", "en"),
        ("The old ferry in the harbour of 香港 is to be sold to a museum.", "en"),
        ("Der Fährmann wartet am Ufer auf den letzten Gast.", "und"),
        ("3.14159", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_named_or_left_open(text, expected) -> None:
    assert language_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她说：“走吧。”", ()),
        ("plain text", ()),
        ("她说：“走吧。", ("unbalanced_quotes",)),
        ("缺\ue0a1字", ("private_use_characters",)),
        ("缺\U000f0001字", ("private_use_characters",)),
        ("坏\N{REPLACEMENT CHARACTER}字", ("replacement_characters",)),
        ("坏\ufffe字", ("noncharacters",)),
        ("葛\U000e0100城", ("variation_selectors",)),
        ("👩\N{ZERO WIDTH JOINER}🌾", ("joiners",)),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b字", ("direction_marks",)),
        ("😀", ()),
        ("灯亮了，，船来了。", ("repeated_punctuation",)),
        ("灯亮了。。船来了。", ("repeated_punctuation",)),
        ("灯亮了！！船来了？？……——", ()),
        ("灯亮了，、船来了", ()),
        ("第\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}章", ("confusable_characters",)),
        ("渡□的灯", ("confusable_characters",)),
        ("□是 □否", ()),
        ("ラーメンと珈琲", ()),
    ],
)
def test_what_was_left_alone_is_flagged(text, expected) -> None:
    assert character_flags(text) == expected


@given(texts=st.lists(st.text(max_size=30) | st.sampled_from(["這裡", "这里", "ここ"]), max_size=5))
def test_texts_are_labelled_one_by_one(texts) -> None:
    assert label_scripts(texts) == [label_script(text) for text in texts]


@given(text=st.text(max_size=60))
def test_every_text_has_an_answer(text) -> None:
    assert label_script(text) in {"hans", "hant", "ja", "ko", "mixed", "other"}
    assert language_of(text) in {"zh", "ja", "ko", "en", "und"}
    character_flags(text)
