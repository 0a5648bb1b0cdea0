"""Scored decisions: a sum of small symmetric trees over named features of eight bits.

A symmetric tree asks the same few questions of every case; the answers, read as a binary number,
name one of its leaves, and the leaves' values are summed over all trees. The sum is a log-odds.
Every question names a feature and one value, so a person can read why a case was decided; every
answer is one comparison of a whole column of bytes, so a batch costs little. Weights are data:
JSON files beside this module, written by ``benchmarks/train_line_model.py``, which also says what
they were trained on.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.uint8]
Features = Mapping[str, Column]
Scores = npt.NDArray[np.float32]

_SURE: Final = 6.0  # log-odds after the first third of the trees that the others never overturned


@dataclass(frozen=True, slots=True)
class Question:
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
    """A few questions and a value for each way of answering them; the first is the lowest bit."""

    questions: tuple[Question, ...]
    leaves: Scores

    def score(self, features: Features) -> Scores:
        """Return the tree's share of each case's log-odds."""
        leaf = np.zeros(len(features[self.questions[0].feature]), np.uint8)
        for question in reversed(self.questions):
            np.left_shift(leaf, 1, out=leaf)
            np.bitwise_or(leaf, question.answer(features).view(np.uint8), out=leaf)
        return self.leaves.take(leaf)


@dataclass(frozen=True, slots=True, eq=False)
class TreeModel:
    """A sum of trees."""

    trees: tuple[Tree, ...]

    def score(self, features: Features) -> Scores:
        """Return the log-odds of each case.

        Args:
            features: Columns of equal length, by name; one entry a case.
        """
        first = len(self.trees) // 3
        scores = _sum(self.trees[:first], features)
        open_cases = np.flatnonzero(np.abs(scores) < _SURE)
        rest = {name: column[open_cases] for name, column in features.items()}
        scores[open_cases] += _sum(self.trees[first:], rest)
        return scores


def _sum(trees: Sequence[Tree], features: Features) -> Scores:
    total = np.zeros(len(next(iter(features.values()))), np.float32)
    for tree in trees:
        total += tree.score(features)
    return total


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
                np.asarray(tree["leaves"], np.float32),
            )
            for tree in trees
        )
    )


@cache
def load_model(name: str) -> TreeModel:
    """Return the model kept as ``data/NAME.json``."""
    source = resources.files("flows.lines").joinpath("data", f"{name}.json")
    return parse_model(json.loads(source.read_text("utf-8"))["trees"])
