"""Scored decisions: a sum of small symmetric trees over named features of eight bits.

A symmetric tree asks the same few questions of every case; the answers, read as a binary number,
name one of its leaves, and the leaves' values are summed over all trees. The sum is a log-odds.
Every question names a feature and one value, so a person can read why a case was decided; every
answer is one comparison of a whole column of bytes, and a leaf's value is one byte, so a batch
costs little: half a microsecond a case for 300 trees. Weights are data:
JSON files beside this module, written by ``benchmarks/train_line_model.py``, which also says what
they were trained on.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.uint8]
Features = Mapping[str, Column]
Scores = npt.NDArray[np.float32]

_UNITS: Final = 64  # of a leaf's value make one unit of log-odds


class Question(NamedTuple):
    """Whether a feature exceeds a value, or, for a class, equals it."""

    feature: str
    value: int
    is_class: bool

    def answer(self, features: Features) -> npt.NDArray[np.bool_]:
        """Return the answer for every case."""
        column = features[self.feature]
        return column == self.value if self.is_class else column > self.value


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A few questions and a value for each way of answering them; the first is the lowest bit.

    Attributes:
        questions: At most eight.
        leaves: 256 signed bytes, in units of log-odds; the first for every question denied.
    """

    questions: tuple[Question, ...]
    leaves: bytes

    def score(self, answers: Mapping[Question, Column]) -> npt.NDArray[np.int8]:
        """Return the tree's share of each case's log-odds, in units."""
        leaf = answers[self.questions[-1]].copy()
        for question in self.questions[-2::-1]:
            np.add(leaf, leaf, out=leaf)
            np.bitwise_or(leaf, answers[question], out=leaf)
        return np.frombuffer(leaf.tobytes().translate(self.leaves), np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class TreeModel:
    """A sum of trees."""

    trees: tuple[Tree, ...]

    def score(self, features: Features) -> Scores:
        """Return the log-odds of each case.

        Args:
            features: Columns of equal length, by name; one entry a case.
        """
        # Trees share their questions: each is asked by five or six of them.
        questions = {question for tree in self.trees for question in tree.questions}
        answers = {question: question.answer(features).view(np.uint8) for question in questions}
        units = np.zeros(len(next(iter(features.values()))), np.int32)
        for tree in self.trees:
            np.add(units, tree.score(answers), out=units)
        return (units / np.float32(_UNITS)).astype(np.float32)


def probability(scores: Scores) -> npt.NDArray[np.float64]:
    """Return log-odds as probabilities, rounded to the four digits that are published.

    >>> probability(np.array([0.0, 2.0], np.float32)).tolist()
    [0.5, 0.8808]
    """
    return np.round(1.0 / (1.0 + np.exp(-np.clip(scores.astype(np.float64), -30, 30))), 4)


def parse_model(trees: Sequence[Mapping[str, Any]]) -> TreeModel:
    """Return the model that the training script wrote as plain lists.

    >>> tree = {"questions": [["blank_lines", ">", 0]], "leaves": [1.0, -1.0]}
    >>> model = parse_model([tree] * 3)
    >>> model.score({"blank_lines": np.array([0, 2], np.uint8)}).tolist()
    [3.0, -3.0]
    """
    return TreeModel(
        tuple(
            Tree(
                tuple(
                    Question(name, value, sign == "=") for name, sign, value in tree["questions"]
                ),
                _leaf_table(tree["leaves"]),
            )
            for tree in trees
        )
    )


def _leaf_table(leaves: Sequence[float]) -> bytes:
    table = np.zeros(256, np.int8)
    table[: len(leaves)] = np.clip(np.round(np.array(leaves) * _UNITS), -127, 127)
    return table.tobytes()


@cache
def load_model(name: str) -> TreeModel:
    """Return the model kept as ``data/NAME.json``."""
    source = resources.files("flows.lines").joinpath("data", f"{name}.json")
    return parse_model(json.loads(source.read_text("utf-8"))["trees"])
