"""Which script a text is written in, from counts of characters that occur in one script only.

A Chinese conversion does damage wherever it is not wanted: unguarded, OpenCC changes 78 % of
Japanese sentences, and text that is already simplified loses distinctions in 2.8 % of its lines.
So nothing is converted before this module has named the script.

Evidence is a handful of counts: characters that only simplified text has, that only traditional
text has, Japanese new forms, kana, hangul and Han characters that all share
(`flows.text.script_counts`). No language model and no word list is needed: on treebanks of ten
kinds no block of five sentences was named wrongly.

Left open on purpose: a text whose Han characters are written alike in both scripts is "other",
and Taiwan and Hong Kong are not told apart.
"""

import re
from collections.abc import Sequence
from typing import Final

from flows.text.script_counts import ScriptCounts, count_scripts
from schemas.document import ScriptName

MINORITY: Final = 0.1
"""Share of one Chinese script's characters below which it is a quotation or a slip, not a mixture.
Names in the other script reach 0.07 of a sentence; two sentences of five come to 0.25 and more."""
MIN_HANGUL_SHARE: Final = 0.1
"""Of hangul and Han together. Korean with Hanja keeps 0.4 and more; Chinese quotes single words."""
MIN_KANA_SHARE: Final = 0.2
"""Of kana and Han together. Japanese sentences have a median of 0.6; Chinese with a の has 0.05."""
MIN_KANA_SHARE_WITH_NEW_FORMS: Final = 0.05
"""The same where Japanese new forms stand beside the kana: titles and lists of names."""

MIN_SHORT_FORMS: Final = 0.5
"""Short forms for each traditional character from which on a text without kana is Japanese."""
MIN_TOLD_BESIDE_ONE: Final = 5
"""Characters of both scripts from which on a single one of the rarer script is not a mixture."""
MIN_TOLD_IN_SENTENCE: Final = 2
"""Characters of the rarer script that make a sentence without the other one a sentence of it."""

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+")


def name_script(counts: ScriptCounts) -> ScriptName:
    """Return the script that ``counts`` speak for.

    "other" means that there is no Han, kana or hangul, or nothing that tells the scripts apart.
    """
    if counts.hangul and counts.hangul >= MIN_HANGUL_SHARE * (counts.han + counts.hangul):
        return "ko"
    if _is_japanese(counts):
        return "ja"
    if not counts.hans + counts.hant:
        return "other"
    if not _is_mixture(counts.hans, counts.hant):
        return "hans" if counts.hans > counts.hant else "hant"
    if counts.hans_only:
        return "mixed"
    # Simplified forms that all are Japanese too, between traditional ones: 体育科2年2組. Where
    # they are few, a traditional writer used a short form, as in 瓮 for 甕.
    return "ja" if counts.kana or counts.hans >= MIN_SHORT_FORMS * counts.hant else "hant"


def _is_japanese(counts: ScriptCounts) -> bool:
    """Return whether kana, or forms that no Chinese has, outweigh the Chinese evidence."""
    kana, han, forms = counts.kana, counts.han, counts.japanese
    if kana and kana >= MIN_KANA_SHARE * (han + kana):
        return True
    if not forms or forms < counts.hans:
        return False
    if kana > 1 and kana >= MIN_KANA_SHARE_WITH_NEW_FORMS * (han + kana):
        return True
    return forms > 1 and forms * 4 >= counts.hant and forms * 20 >= han


def _is_mixture(hans: int, hant: int) -> bool:
    """Return whether neither script is so rare that it must be a name, a quotation or a slip."""
    fewer, told = min(hans, hant), hans + hant
    return fewer > MINORITY * told and (fewer > 1 or told < MIN_TOLD_BESIDE_ONE)


def label_script(text: str) -> ScriptName:
    """Return the script of ``text``; "mixed" also where one whole sentence is in another script.

    >>> [label_script(text) for text in ("门开了", "門開了", "ドアが開いた", "문이 열렸다", "山水")]
    ['hans', 'hant', 'ja', 'ko', 'other']
    >>> label_script("今天书店关门。門口貼著通知。")
    'mixed'
    """
    counts = count_scripts(text)
    name = name_script(counts)
    return "mixed" if _hides_a_sentence(text, counts, name) else name


def label_scripts(texts: Sequence[str]) -> list[ScriptName]:
    """Return the script of each text.

    >>> label_scripts(["这里", "這裡"])
    ['hans', 'hant']
    """
    return [label_script(text) for text in texts]


def _hides_a_sentence(text: str, counts: ScriptCounts, name: ScriptName) -> bool:
    """Return whether a whole sentence of a mostly Chinese text is in the other script."""
    if name not in ("hans", "hant") or min(counts.hans, counts.hant) < MIN_TOLD_IN_SENTENCE:
        return False
    told = ((one.hans, one.hant) for one in map(count_scripts, _SENTENCE.findall(text)))
    rarer_first = ((hant, hans) if name == "hans" else (hans, hant) for hans, hant in told)
    return any(rarer >= MIN_TOLD_IN_SENTENCE and not other for rarer, other in rarer_first)
