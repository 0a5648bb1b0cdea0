"""Which paragraphs were settled to be repeats of one in another document.

A decision names two paragraphs by document (its place in the plan) and paragraph (of the text
before shared repeats are removed). What is published must name the kept copy by its place in the
published text, and must name one that is really there; both are answered here. Decisions are a
few numbers each, in columns sorted by document and paragraph, so that a million of them take
some 40 MB.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Decision:
    """One paragraph that goes, and the copy that stays.

    Attributes:
        paragraph: What goes, in paragraphs of the text before.
        rule: Why.
        score: Share of the shorter copy found in the kept one.
        keeper: The document that holds the kept copy, by its place in the plan.
        keeper_paragraph: The kept copy, in paragraphs of its published text.
    """

    paragraph: int
    rule: str
    score: float
    keeper: int
    keeper_paragraph: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a run, in columns of equal length.

    Attributes:
        documents: Place of the document in the plan, ascending.
        paragraphs: What goes, ascending within a document.
        keepers: Place of the keeper's document.
        keeper_paragraphs: The kept copy, in paragraphs of the keeper's text before.
        scores: Share of the shorter copy found in the kept one.
        rules: Place of the rule in ``rule_names``.
        rule_names: Every rule that decided something.
    """

    documents: Numbers
    paragraphs: Numbers
    keepers: Numbers
    keeper_paragraphs: Numbers
    scores: npt.NDArray[np.float64]
    rules: Numbers
    rule_names: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many paragraphs go."""
        return len(self.documents)

    def of(self, document: int) -> list[Decision]:
        """Return what goes from one document, ascending, keepers in published numbering."""
        return [self._decision(row) for row in range(*self._rows(document))]

    def published(self, document: int, paragraph: int) -> tuple[int, int]:
        """Return where a paragraph, or the copy kept for it, stands in the published texts.

        Args:
            document: Place in the plan.
            paragraph: Of its text before shared repeats are removed.

        Returns:
            Place in the plan and paragraph of the published text.

        Raises:
            ValueError: If copies name each other as kept: then the settlement has a bug.
        """
        for _ in range(len(self) + 1):
            first, last = self._rows(document)
            row = first + int(np.searchsorted(self.paragraphs[first:last], paragraph))
            if row == last or self.paragraphs[row] != paragraph:
                return document, paragraph - (row - first)
            document, paragraph = int(self.keepers[row]), int(self.keeper_paragraphs[row])
        raise ValueError(f"copies that name each other as kept, around paragraph {paragraph}")

    def keeping(self) -> frozenset[int]:
        """Return the documents, by their place in the plan, that hold a copy kept for another."""
        paragraphs = np.concatenate((self.paragraphs, self.keeper_paragraphs))
        width = 1 + int(paragraphs.max(initial=0))
        went = self.documents * width + self.paragraphs
        named = self.keepers * width + self.keeper_paragraphs
        return frozenset(self.keepers[~np.isin(named, went)].tolist())

    def most_shared(self, most: int) -> list[tuple[int, int, int]]:
        """Return the kept paragraphs that most documents hold, with how many documents those are.

        A settlement names no keeper that goes itself, so there are no chains to follow.

        Args:
            most: How many paragraphs to return at most.

        Returns:
            The keeper's place in the plan, its paragraph before shared repeats are removed, and
            the count, the keeper's document included; most first, then in the order of the plan.
        """
        width = 1 + int(self.keeper_paragraphs.max(initial=0))
        named = self.keepers * width + self.keeper_paragraphs
        order = np.argsort(named, kind="stable")
        named, holders = named[order], self.documents[order]
        is_first = np.ones(len(named), np.bool_)  # of the rows of one document for one keeper
        is_first[1:] = (np.diff(named) != 0) | (np.diff(holders) != 0)
        kept, counts = np.unique(named[is_first], return_counts=True)
        top = np.argsort(-counts, kind="stable")[:most]
        return [
            (place // width, place % width, 1 + count)
            for place, count in zip(kept[top].tolist(), counts[top].tolist(), strict=True)
        ]

    def _rows(self, document: int) -> tuple[int, int]:
        first, last = np.searchsorted(self.documents, [document, document + 1])
        return int(first), int(last)

    def _decision(self, row: int) -> Decision:
        keeper, kept = self.published(int(self.keepers[row]), int(self.keeper_paragraphs[row]))
        return Decision(
            paragraph=int(self.paragraphs[row]),
            rule=self.rule_names[int(self.rules[row])],
            score=float(self.scores[row]),
            keeper=keeper,
            keeper_paragraph=kept,
        )
