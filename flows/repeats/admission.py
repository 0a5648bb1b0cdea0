"""Which pairs of equal or similar paragraphs are copies, by where the two stand.

Wording alone cannot tell. ``本议案尚需提交股东会审议。`` after each of three proposals is no copy, a
heading that opens its own section is no truncated copy of it, and the lower half of a sentence
that a page break cut and nothing joined is no fragment of another paragraph. So a pair passes only

- as a whole paragraph below ``min_lone_weight`` when the two stand side by side or both stand
  beside the same long paragraph (a page or passage that was taken twice);
- as a truncated copy when it breaks off inside a clause, or is long and no title;
- as a fragment when it does not continue an unfinished paragraph.

Between documents `flows.repeats.settlement` asks for more: there, sentences are quoted.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flows.repeats.keys import Break
from flows.repeats.paragraphs import Paragraphs
from flows.repeats.verification import Relation, Verdict
from schemas.settings import RepeatSettings

_MIN_UNFINISHED = 20
"""A shorter open paragraph is a heading, which nothing continues (weighted characters)."""
_MIN_PIECE = 22
"""A finished part that begins inside a clause may be so short (weighted characters); what is shorter
may be a slogan or saying that a sentence is built around."""
_SMALL_PART = 0.8
"""Share of the whole from which on a part is no lower half of a sentence."""
_MIN_CUT = 5
"""Fewer missing characters at the end of a finished sentence are wording, not a cut."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph that another one contains, and where in the other it stands.

    Attributes:
        verdict: What verification found.
        breaks: Of the longer key, as in `Keys.breaks`.
        length: Characters of the part's key.
        is_open: Whether it ends without a sentence mark.
        is_title: Whether it is open and a single clause.
        is_broken: Whether it begins or ends with a comma.
        continues: Whether it may be the lower half of a sentence that nothing has joined.
    """

    verdict: Verdict
    breaks: npt.NDArray[np.uint8]
    length: int
    is_open: bool
    is_title: bool
    is_broken: bool
    continues: bool

    @property
    def is_reworded_or_unjoined(self) -> bool:
        """Whether it is finished in fewer words, or the lower half of a cut sentence."""
        if 0 < self.verdict.length - self.verdict.end < _MIN_CUT and not self.is_open:
            return True
        is_lower_half = self.continues and self.verdict.start > 0
        return is_lower_half and self.length < _SMALL_PART * self.verdict.length

    @property
    def has_broken_end(self) -> bool:
        """Whether it breaks off inside a clause, which no heading and no quotation does."""
        last = self.breaks[self.verdict.end - 1]
        return self.is_broken or (self.is_open and last == Break.NONE)

    @property
    def begins_inside_sentence(self) -> bool:
        """Whether the longer paragraph has the first words inside a sentence."""
        start = self.verdict.start
        return start > 0 and self.breaks[start - 1] < Break.STOP

    @property
    def begins_inside_clause(self) -> bool:
        """Whether the longer paragraph has the first words inside a clause, and it is no title."""
        start = self.verdict.start
        return start > 0 and self.breaks[start - 1] == Break.NONE and not self.is_title

    @property
    def is_first_clauses(self) -> bool:
        """Whether it is the head of the longer paragraph up to a mark, and stops there."""
        return self.verdict.start == 0 and self.is_open and not self.is_title


def continues_unfinished(
    paragraphs: Paragraphs, before: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Return which paragraphs follow one that is long and has no end.

    Args:
        paragraphs: All paragraphs.
        before: The paragraph before each one; -1 for none.
    """
    is_unfinished = paragraphs.is_open & (paragraphs.weights >= _MIN_UNFINISHED)
    return (before >= 0) & is_unfinished[before] if len(before) else is_unfinished


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where paragraphs stand in their documents while some others are taken out.

    Attributes:
        before: The paragraph before each one in its document; -1 for none.
        after: The paragraph after each one; -1 for none.
    """

    before: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]


def surroundings(paragraphs: Paragraphs, live: npt.NDArray[np.int64]) -> Surroundings:
    """Return what stands beside each of the ``live`` paragraphs, given in ascending order."""
    before = np.full(len(paragraphs), -1)
    after = np.full(len(paragraphs), -1)
    documents = paragraphs.documents[live]
    together = np.flatnonzero(documents[1:] == documents[:-1])
    before[live[together + 1]] = live[together]
    after[live[together]] = live[together + 1]
    return Surroundings(before, after)


@dataclass(frozen=True, slots=True)
class Admission:
    """Judges pairs of one document, ``one`` always the earlier.

    Attributes:
        paragraphs: All paragraphs.
        places: What stands beside each.
        continues: Whether each may be the lower half of a sentence that nothing has joined.
        settings: Which relations count, and from which length on.
    """

    paragraphs: Paragraphs
    places: Surroundings
    continues: npt.NDArray[np.bool_]
    settings: RepeatSettings

    def admits_exact(self, one: int, other: int) -> bool:
        """Return whether two paragraphs of equal keys are copies."""
        if self._is_long(one) or self._are_neighbours(one, other):
            return True
        return self._share_neighbour(one, other, self.places.before) or self._share_neighbour(
            one, other, self.places.after
        )

    def admits(self, one: int, other: int, verdict: Verdict) -> bool:
        """Return whether two paragraphs are copies that verification found alike."""
        if verdict.relation is Relation.NEAR:
            return self.settings.near and (self._is_long(one) or self._are_neighbours(one, other))
        if not self.settings.truncated:
            return False
        keys = self.paragraphs.keys
        short, long = (one, other) if keys.length(one) <= keys.length(other) else (other, one)
        part = self._part(short, long, verdict)
        if part.is_reworded_or_unjoined:
            return False
        if part.has_broken_end or (self._is_long(short) and not part.is_title):
            return True
        is_piece = bool(self.paragraphs.weights[short] >= _MIN_PIECE)
        return is_piece and part.begins_inside_clause

    def _part(self, short: int, long: int, verdict: Verdict) -> Part:
        own = self.paragraphs
        return Part(
            verdict=verdict,
            breaks=own.keys.breaks_of(long),
            length=own.keys.length(short),
            is_open=bool(own.is_open[short]),
            is_title=bool(own.is_title[short]),
            is_broken=bool(own.is_broken[short]),
            # What a paragraph has already said does not continue it.
            continues=bool(self.continues[short]) and int(self.places.before[short]) != long,
        )

    def _is_long(self, number: int) -> bool:
        return bool(self.paragraphs.weights[number] >= self.settings.min_lone_weight)

    def _are_neighbours(self, one: int, other: int) -> bool:
        return bool(self.places.after[one] == other)

    def _share_neighbour(self, one: int, other: int, side: npt.NDArray[np.int64]) -> bool:
        """Return whether both stand on the same side of long paragraphs with equal keys."""
        beside_one, beside_other = int(side[one]), int(side[other])
        if min(beside_one, beside_other) < 0 or not self._is_long(beside_one):
            return False
        keys = self.paragraphs.keys
        return keys.key_bytes(beside_one) == keys.key_bytes(beside_other)
