r"""Chinese text in the other script, or in both.

A corpus gathered from many places holds the same words in two spellings, and half the searches,
counts and comparisons miss half the text. One script is chosen for the clean text; what is in the
other one is converted by OpenCC, whose known errors are corrected (`flows.text.conversion`).

Conversion does harm wherever it is not needed, so three questions come first, from cheap to dear:
has the text any character that only the other script has (one look-up; most documents end here),
which script is the document in, and which is each paragraph, or each line where a paragraph is
mixed. Then:

- a paragraph in the other script is converted whole, with all its words; so is one that tells
  nothing (a heading written alike in both) where the document is in the other script;
- in a paragraph of the wanted script, and in a line of both, only stray characters of the other
  one change, since a whole conversion would take 着 and 著, 里 and 裡 for each other; one that
  stands alone between marks, as in 发（發、髮）, is spoken about, not used, and stays;
- Japanese and Korean documents and paragraphs stay, and paragraphs of the wanted script with kana
  or hangul in them.

Left alone on purpose: spellings of Taiwan and Hong Kong when the target is traditional, vocabulary
(軟體 does not become 软件), and the quotation marks unless a setting asks for them.

Source: the dictionaries of OpenCC 1.4 (Apache-2.0).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from flows.text.changed_lines import changed_spans
from flows.text.code_points import holds_any, table_of
from flows.text.conversion import Converter, converter
from flows.text.patterns import compiled_later
from flows.text.quotation_marks import in_corners, in_curls
from flows.text.script_counts import count_scripts, script_characters
from flows.text.scripts import label_script, label_scripts
from schemas.document import ScriptName
from schemas.edit import Edit
from schemas.settings import ScriptSettings

CONVERTED: Final = "script.converted"
STRAY_CHARACTER: Final = "script.stray_character"

_PARAGRAPH: Final = re.compile(r"[^\n\f]+(?:\n[^\n\f]+)*")
_LINE: Final = re.compile(r"[^\n\f]+")
_HAN: Final = compiled_later(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Direction:
    """From which script, with which converters.

    Attributes:
        source: The script that is not wanted.
        whole: OpenCC configuration for text in that script.
        single: The one for single characters of it in text of the wanted script.
    """

    source: Literal["hans", "hant"]
    whole: str
    single: str


_SIMPLIFIED: Final = _Direction("hant", "tw2s", "t2s")
_DIRECTIONS: Final = {
    "traditional": _Direction("hans", "s2t", "s2t"),
    "taiwan": _Direction("hans", "s2tw", "s2tw"),
    "hong_kong": _Direction("hans", "s2hk", "s2hk"),
}


def propose(texts: Sequence[str], settings: ScriptSettings) -> Iterator[list[Edit]]:
    """Propose one edit for each line that changes, from its first changed character to its last.

    Args:
        texts: Decoded texts whose characters are clean.
        settings: The script that is wanted.

    Yields:
        For each text its edits, ascending; an edit's two sides have the same length.

    Raises:
        ConfigurationError: If the installed `opencc` is not the one that is needed.

    >>> texts = ["他們說：開會了", "开会了", "会議は明日です", "说到張學友"]
    >>> [[(e.start, e.end, e.after) for e in edits] for edits in propose(texts, ScriptSettings())]
    [[(1, 6, '们说：开会')], [], [], [(2, 4, '张学')]]
    """
    for text in texts:
        yield [*_edits(text, settings)]


def _edits(text: str, settings: ScriptSettings) -> Iterator[Edit]:
    if settings.target == "keep":
        return
    direction = _DIRECTIONS.get(settings.target, _SIMPLIFIED)
    if not holds_any(text, _table(direction.source)):
        return
    script = label_script(text)
    if script in ("ja", "ko"):
        return
    whole, sparing = _spans(text, script, direction.source)
    config = direction.whole
    if whole and config == "tw2s" and _tells_particle_apart(text, settings):
        config = "hk2s"
    plans = [(span, config, False) for span in whole]
    plans += [(span, direction.single, True) for span in sparing]
    for (start, end), name, is_sparing in sorted(plans):
        before = text[start:end]
        convert = converter(name, settings.protected_words, rare=settings.rare_characters)
        after = (
            _spared(before, convert, direction.source)
            if is_sparing
            else _with_quotes(convert(before), settings)
        )
        yield from _line_edits(STRAY_CHARACTER if is_sparing else CONVERTED, start, before, after)


def _characters_of(source: Literal["hans", "hant"]) -> str:
    """Return the characters that only ``source`` has; all of them lie in the basic plane."""
    sets = script_characters()
    return sets["hant"] if source == "hant" else sets["hans"] + sets["hans_or_ja"]


@cache
def _table(source: Literal["hans", "hant"]) -> npt.NDArray[np.bool_]:
    return table_of(_characters_of(source))


@cache
def _gate(source: Literal["hans", "hant"]) -> re.Pattern[str]:
    return re.compile(f"[{_characters_of(source)}]")


def _tells_particle_apart(text: str, settings: ScriptSettings) -> bool:
    """Return whether ``text`` writes 着 for the particle and 著 for the noun, as Hong Kong does."""
    if settings.source_region == "auto":
        return text.count("着") > text.count("著")
    return settings.source_region == "hong_kong"


def _spans(text: str, script: ScriptName, source: str) -> tuple[Spans, Spans]:
    """Return what is converted whole and what sparingly, in code points of ``text``."""
    if script == source and _is_pure(text, source):
        return [(0, len(text))], []
    whole: Spans = []
    sparing: Spans = []
    paragraphs = [found.span() for found in _PARAGRAPH.finditer(text)]
    for span, label in zip(paragraphs, _labels(text, paragraphs), strict=True):
        if label == "mixed":
            lines = [found.span() for found in _LINE.finditer(text, *span)]
            labels = _labels(text, lines)
        else:
            lines, labels = [span], [script if label == "other" else label]
        for line, name in zip(lines, labels, strict=True):
            if name == source:
                whole.append(line)
            elif name in ("hans", "hant", "mixed"):
                sparing.append(line)
    return whole, sparing


def _labels(text: str, spans: Spans) -> list[ScriptName]:
    return label_scripts([text[start:end] for start, end in spans])


def _is_pure(text: str, source: str) -> bool:
    """Return whether nothing speaks for another script than ``source``."""
    counts = count_scripts(text)
    others = counts.kana + counts.hangul + counts.japanese
    return not others + (counts.hans if source == "hant" else counts.hant)


def _spared(text: str, convert: Converter, source: Literal["hans", "hant"]) -> str:
    """Return ``text`` with characters of ``source`` converted where they are part of a word."""
    counts = count_scripts(text)
    gate = _gate(source)
    if counts.kana or counts.hangul or not gate.search(text):
        return text
    characters, converted = list(text), convert(text)
    if len(converted) != len(characters):
        return text
    for found in gate.finditer(text):
        at = found.start()
        if _HAN().match(text, at + 1) or (at and _HAN().match(text, at - 1)):
            characters[at] = converted[at]
    return "".join(characters)


def _with_quotes(after: str, settings: ScriptSettings) -> str:
    """Return ``after`` with the quotation marks of its script, if the settings want them."""
    if not settings.quotes:
        return after
    return in_curls(after) if settings.target == "simplified" else in_corners(after)


def _line_edits(rule: str, start: int, before: str, after: str) -> Iterator[Edit]:
    """Yield one edit for each line of ``before`` that differs in ``after``."""
    if len(before) != len(after):
        yield Edit(rule, start, start + len(before), after)
        return
    for first, end in changed_spans(before, after):
        yield Edit(rule, start + first, start + end, after[first:end])
