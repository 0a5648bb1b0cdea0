"""Columns that were read across are found, and what only looks like them is not."""

import random
import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.line_quality import clean_texts
from flows.lines.interleaving import alternation, is_interleaved

HAN = re.compile("[\u4e00-\u9fff]")
LINES_IN_COLUMN = 45


def texts(*, is_chinese):
    return [text for text in clean_texts() if bool(HAN.search(text)) is is_chinese]


def wrapped(text, width):
    for paragraph in filter(None, text.split("\n")):
        if HAN.search(paragraph):
            yield from (paragraph[at : at + width] for at in range(0, len(paragraph), width))
        else:
            yield from textwrap.wrap(paragraph, 2 * width)


def columns(lines):
    """Yield the left and the right column of each page."""
    for at in range(0, len(lines), 2 * LINES_IN_COLUMN):
        middle = at + LINES_IN_COLUMN
        yield lines[at:middle], lines[middle : middle + LINES_IN_COLUMN]


def read_across(lines):
    for left, right in columns(lines):
        for number, line in enumerate(left):
            yield line
            yield from right[number : number + 1]


def side_by_side(lines):
    for left, right in columns(lines):
        for number, line in enumerate(left):
            yield "        ".join([line, *right[number : number + 1]])


@pytest.fixture(params=[True, False], ids=["Chinese", "English"])
def lines(request):
    return list(wrapped("\n".join(texts(is_chinese=request.param)), 18 if request.param else 14))


@pytest.mark.parametrize("break_", ["\n", "\n\n", "\r\n", " \n"])
def test_columns_read_across_are_found(lines, break_):
    assert is_interleaved(break_.join(read_across(lines)))


def test_half_a_long_document_read_across_is_enough():
    lines = list(wrapped("\n".join(texts(is_chinese=True)), 18))
    half = len(lines) // 2
    assert is_interleaved("\n".join([*read_across(lines[:half]), *lines[half:]]))


@pytest.mark.parametrize("width", [9, 18, 36])
@pytest.mark.parametrize("is_chinese", [True, False])
def test_columns_read_one_after_the_other_are_in_order(is_chinese, width):
    assert not is_interleaved("\n".join(wrapped("\n".join(texts(is_chinese=is_chinese)), width)))


def test_columns_side_by_side_in_one_line_are_not_interleaved(lines):
    assert not is_interleaved("\n".join(side_by_side(lines)))


def test_a_page_alone_is_too_short_to_tell(lines):
    assert not is_interleaved("\n".join(list(read_across(lines))[:39]))


def repeated(*rows, times=60):
    """Return rows that vary in their order, as those of long tables and lists do."""
    chance = random.Random(5)
    return "\n".join(row for _ in range(times) for row in chance.sample(rows, len(rows)))


IN_ORDER = {
    "a table": repeated(
        "青石镇    渡口    三艘",
        "柳湾    码头    五艘",
        "南桥    驿站    两匹",
        "东山    茶场    十亩",
    ),
    "a table of words": repeated(
        "north gate  open", "south gate  shut", "mill  open", "ferry  shut"
    ),
    "verse in two columns": repeated(
        "白鹭飞来照浅沙        石上残棋久未收",
        "小桥南畔两三家        松声如水到床头",
        "晚风吹尽檐前雨        道人不管人间事",
        "一径青苔落枣花        自扫闲阶一夜秋",
    ),
    "verse whose rhymes alternate": repeated(
        "The lamp is low, the tide is wide", "and no one comes along", times=80
    ),
    "a dialogue": "\n".join(["“船还开吗？”", "“雾散了就开。”", "“要等多久”", "“谁知道”"] * 40),
    "a form": "\n".join(["姓名", "住址", "电话", "备注"] * 60),
    "a word list": repeated("渡口", "灯塔", "缆绳", "石阶", "渡船", "灯油"),
    "an English word list": repeated("lamp", "lamp oil", "oil", "ferry", "ferry boat", "boat"),
    "a glossary": repeated("lamp", "灯", "lighthouse keeper", "守灯人", "ferry", "渡船"),
}


@pytest.mark.parametrize("name", IN_ORDER)
def test_what_only_looks_like_columns_is_in_order(name):
    assert not is_interleaved(IN_ORDER[name])


def test_a_text_and_its_translation_are_in_order():
    chinese, english = (
        list(wrapped("\n".join(texts(is_chinese=is_chinese)), 60)) for is_chinese in (True, False)
    )
    both = [line for pair in zip(chinese, english, strict=False) for line in pair]
    assert not is_interleaved("\n".join(line[:17] for line in both))


@given(st.text(st.sampled_from("渡口a bc.-\n\f\r\u00ad\ud800\u3000"), max_size=400))
def test_any_text_has_an_answer(text):
    assert 0 <= alternation(text).share <= 1
    assert is_interleaved(text) in {True, False}
