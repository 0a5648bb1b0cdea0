"""Fit a sum of symmetric trees to labelled cases: gradient boosting on columns of eight bits.

A symmetric tree asks the same questions of every case, so choosing its next question means one
look at each column: the gradients are summed by leaf and value, and for every value the gain of
asking "more than this" (or, for a class, "exactly this") can be read off the sums. Leaves are
Newton steps on the logistic loss. Most cases are right after a few trees; of these a part stands
for all when questions are chosen (gradient-based one-side sampling: Ke et al., LightGBM, 2017).
It needs nothing but numpy.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.uint8]
Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fit:
    """How trees are grown.

    Attributes:
        rounds: Number of trees.
        depth: Questions in each.
        rate: Share of a Newton step that a leaf takes.
        penalty: Added to every sum of second derivatives; keeps rare leaves small.
        rows: Share of the cases that a tree sees.
        columns: Share of the columns that it may ask about.
        easy_error: A case whose chance is nearer to its label than this is easy.
        easy_rows: Share of the easy cases among these rows that a tree sees.
        seed: Of the two draws.
    """

    rounds: int
    depth: int = 6
    rate: float = 0.15
    penalty: float = 4.0
    rows: float = 0.8
    columns: float = 0.4
    easy_error: float = 0.03
    easy_rows: float = 0.15
    seed: int = 1


def fit_trees(
    features: Mapping[str, Column],
    labels: npt.NDArray[np.bool_],
    weights: Reals,
    class_features: Collection[str],
    fit: Fit,
) -> list[dict[str, Any]]:
    """Return trees as plain lists, in the form that ``flows.lines.model.parse_model`` reads."""
    draw = np.random.default_rng(fit.seed)
    names = list(features)
    score = np.zeros(len(labels))
    trees: list[dict[str, Any]] = []
    for _ in range(fit.rounds):
        chance = 1 / (1 + np.exp(-score))
        slope, bend = weights * (labels - chance), weights * chance * (1 - chance)
        is_easy = np.abs(labels - chance) < fit.easy_error
        share = np.where(is_easy, fit.easy_rows, 1.0)
        row = np.flatnonzero(draw.random(len(labels)) < fit.rows * share)
        asked = [name for name in names if draw.random() < fit.columns] or names
        columns = {name: features[name][row] for name in asked}
        stands_for = 1 / share[row]
        questions = _grow(
            columns, slope[row] * stands_for, bend[row] * stands_for, class_features, fit
        )
        leaf = _leaf(features, questions)
        total, curve = (
            np.bincount(leaf, slope, 1 << fit.depth),
            np.bincount(leaf, bend, 1 << fit.depth),
        )
        leaves = np.round(fit.rate * total / (curve + fit.penalty), 4)
        score += leaves[leaf]
        trees.append({"questions": questions, "leaves": leaves.tolist()})
    return trees


def _grow(
    columns: Mapping[str, Column],
    slope: Reals,
    bend: Reals,
    class_features: Collection[str],
    fit: Fit,
) -> list[tuple[str, str, int]]:
    questions: list[tuple[str, str, int]] = []
    for _ in range(fit.depth):
        leaf = _leaf(columns, questions)
        best_gain, best = -1.0, ("", ">", 0)
        for name, column in columns.items():
            sign = "=" if name in class_features else ">"
            gains = _gains(
                column, leaf, 1 << len(questions), slope, bend, sign=sign, penalty=fit.penalty
            )
            value = int(np.argmax(gains))
            if gains[value] > best_gain:
                best_gain, best = float(gains[value]), (name, sign, value)
        questions.append(best)
    return questions


def _leaf(columns: Mapping[str, Column], questions: list[tuple[str, str, int]]) -> Ints:
    leaf = np.zeros(len(next(iter(columns.values()))), np.int64)
    for place, (name, sign, value) in enumerate(questions):
        yes = columns[name] == value if sign == "=" else columns[name] > value
        leaf |= yes.astype(np.int64) << place
    return leaf


def _gains(  # noqa: PLR0913 - the arrays of one inner loop
    column: Column, leaf: Ints, leaves: int, slope: Reals, bend: Reals, *, sign: str, penalty: float
) -> Reals:
    """Return for each value what asking about it would gain, summed over the leaves."""
    values = int(column.max()) + 1
    cell = leaf * values + column
    sums = np.bincount(cell, slope, leaves * values).reshape(leaves, values)
    curves = np.bincount(cell, bend, leaves * values).reshape(leaves, values)
    all_sum, all_curve = sums.sum(1, keepdims=True), curves.sum(1, keepdims=True)
    if sign == ">":
        sums, curves = all_sum - np.cumsum(sums, 1), all_curve - np.cumsum(curves, 1)
    gain: Reals = sums**2 / (curves + penalty)
    gain += (all_sum - sums) ** 2 / (np.maximum(all_curve - curves, 0) + penalty)
    return gain.sum(0)
