"""A short run of the fuzzer, and that it would notice."""

import random

import pytest

from flows.pipeline import Step
from tests.damages import DAMAGES, damaged
from tests.fuzz import fuzz

SAMPLES = ["河堤修好了。\n\n船还在。\n".encode("gb18030"), b"The lamp is lit.\n"]


def test_every_damaged_input_ends_clean_or_rejected() -> None:
    outcomes = fuzz(seed=0, numbers=range(400))
    assert outcomes.total() == 400
    assert outcomes["clean"] > 200
    assert len(outcomes) > 3


def test_an_input_is_a_function_of_its_seed_alone() -> None:
    made = [damaged(SAMPLES, random.Random("7/1")) for _ in range(2)]
    assert made[0] == made[1] != damaged(SAMPLES, random.Random("7/2"))


@pytest.mark.parametrize("damage", DAMAGES, ids=range(len(DAMAGES)))
@pytest.mark.parametrize("content", [b"", b"x", *SAMPLES])
def test_any_damage_can_be_done_to_any_bytes(damage, content) -> None:
    for number in range(20):
        assert isinstance(damage(random.Random(number), content, SAMPLES), bytes)


def test_an_input_that_breaks_something_is_named(monkeypatch) -> None:
    def broken(texts, _settings):
        for text in texts:
            if "灯" in text:
                raise KeyError("a bug")
            yield []

    step = Step("characters", broken, lambda settings: settings.characters)
    monkeypatch.setattr("flows.pipeline.STEPS", (step,))
    with pytest.raises(AssertionError, match=r"--seed 3 --first \d+ --count 1"):
        fuzz(seed=3, numbers=range(200))
