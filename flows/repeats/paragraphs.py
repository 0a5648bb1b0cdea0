"""Everything about the paragraphs of a batch that repeats are judged by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flows.repeats.exemptions import (
    CLAUSE_MARKS,
    CLOSING_MARKS,
    COMMAS,
    SENTENCE_ENDS,
    exempt_by_form,
)
from flows.repeats.keys import Keys, Kind, comparison_keys
from flows.text.code_points import code_points
from flows.text.paragraphs import paragraph_spans

_MIN_HAN_SHARE = 0.3
"""Above it a key is judged as Chinese: character by character instead of letter by letter."""

_PROTECTED_CHARS = 200
"""How far into a paragraph patterns that protect it are looked for."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of several documents, in order; all arrays run over paragraphs.

    Attributes:
        spans: For each document the spans of its paragraphs, in code points.
        documents: Document of each paragraph, int64, ascending.
        numbers: Place of each paragraph in its document, counted from 0; int64.
        keys: Comparison keys.
        weights: Chinese characters of the key, half its kana and hangul, a third of its letters.
        is_chinese: Whether the key is judged as Chinese.
        is_exempt: Whether the paragraph's own form keeps it from being judged at all.
        is_open: Whether it ends without a sentence mark.
        is_title: Whether it is open and a single clause.
        is_broken: Whether it begins or ends with a comma.
    """

    spans: list[list[tuple[int, int]]]
    documents: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    keys: Keys
    weights: npt.NDArray[np.float64]
    is_chinese: npt.NDArray[np.bool_]
    is_exempt: npt.NDArray[np.bool_]
    is_open: npt.NDArray[np.bool_]
    is_title: npt.NDArray[np.bool_]
    is_broken: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Return how many paragraphs there are."""
        return len(self.documents)


def read_paragraphs(
    texts: Sequence[str], min_weight: float, protect: Sequence[str] = ()
) -> Paragraphs:
    """Return the paragraphs of ``texts`` with all that is judged.

    Args:
        texts: Documents in normal form.
        min_weight: Shorter paragraphs are exempt (weighted characters).
        protect: Regular expressions; a paragraph is exempt where one is found near its start.
    """
    spans = [paragraph_spans(text) for text in texts]
    counts = np.array([len(own) for own in spans], np.int64)
    pieces = [text[start:end] for text, own in zip(texts, spans, strict=True) for start, end in own]
    points = code_points("".join(pieces))
    keys = comparison_keys(pieces, points)
    lengths = keys.lengths
    han = keys.count(Kind.HAN)
    syllables = keys.count_syllables()
    weights = han + syllables / 2 + (lengths - han - syllables) / 3
    digit_shares = keys.count(Kind.DIGIT) / np.maximum(lengths, 1)
    is_exempt = (weights < min_weight) | exempt_by_form(pieces, points, weights, digit_shares)
    if protect:
        is_exempt |= np.array([_is_protected(piece, protect) for piece in pieces], np.bool_)
    is_open = [_is_open(piece) for piece in pieces]
    is_title = [
        own and CLAUSE_MARKS.search(piece.rstrip()) is None
        for own, piece in zip(is_open, pieces, strict=True)
    ]
    return Paragraphs(
        spans=spans,
        documents=np.repeat(np.arange(len(texts)), counts),
        numbers=np.arange(len(pieces)) - np.repeat(np.cumsum(counts) - counts, counts),
        keys=keys,
        weights=weights,
        is_chinese=han > _MIN_HAN_SHARE * lengths,
        is_exempt=is_exempt,
        is_open=np.array(is_open, np.bool_),
        is_title=np.array(is_title, np.bool_),
        is_broken=np.array([_is_broken(piece) for piece in pieces], np.bool_),
    )


def _is_protected(piece: str, protect: Sequence[str]) -> bool:
    """Return whether a pattern is found; where it is slow, a short stretch keeps that bounded."""
    return any(re.search(pattern, piece[:_PROTECTED_CHARS]) for pattern in protect)


def _is_open(piece: str) -> bool:
    """Return whether a paragraph ends without a sentence mark, closing marks apart."""
    if piece[-1] in SENTENCE_ENDS:
        return False
    return not piece.rstrip().rstrip(CLOSING_MARKS).endswith(SENTENCE_ENDS)


def _is_broken(piece: str) -> bool:
    """Return whether a paragraph begins or ends with a comma."""
    return piece[-1] in COMMAS or piece[0] in COMMAS
