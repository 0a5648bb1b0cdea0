"""The measure of line repair: a perfect repair has full marks, and doing nothing has none."""

import random

import pytest

from benchmarks.line_layouts import lay_out
from benchmarks.line_quality import Score, clean_texts
from benchmarks.line_styles import choose_style

TASKS = ("wrapped", "cut", "across", "hyphen", "furniture", "stray")


def laid_out(*, is_chinese: bool):
    chance = random.Random(11)
    for clean in clean_texts():
        damaged = lay_out(clean, choose_style(chance, is_chinese=is_chinese), chance)
        yield clean, damaged


@pytest.mark.parametrize("is_chinese", [True, False])
def test_no_character_is_lost_when_a_text_is_laid_out(is_chinese):
    for clean, damaged in laid_out(is_chinese=is_chinese):
        assert "".join(damaged.ink) == "".join(clean.split())


@pytest.mark.parametrize("is_chinese", [True, False])
def test_the_clean_text_has_full_marks(is_chinese):
    score = Score()
    for clean, damaged in laid_out(is_chinese=is_chinese):
        score.add(damaged, clean)
    assert not score.missed.total()
    assert not score.false.total()
    assert all(score.right[task] for task in ("wrapped", "cut", "furniture", "kept"))


def test_the_damaged_text_has_no_marks_but_for_what_it_keeps():
    score = Score()
    for _, damaged in laid_out(is_chinese=True):
        score.add(damaged, damaged.text)
    assert not any(score.right[task] for task in TASKS)
    assert score.recall("kept") == 1.0
