"""Characters that no rule may touch but a person should know of.

Private use characters and U+FFFD mean that something was lost before us; joiners, variation
selectors and direction marks carry meaning that plain comparison does not see; a quotation mark
without its partner hints at lost or swapped text, and so does a comma or a full stop twice. A kana
length mark or a box between Han characters is a dash or 口 that a scanner misread, or a place to
tick; only a reader of the sentence can tell. All of them stay in the text. Their names go into
the record's flags, so that readers can pick out such documents or leave them.
"""

import re
from collections.abc import Mapping
from typing import Final

from flows.text.patterns import compiled_later

# A class with characters beyond the basic plane scans fifty times as slowly as one without, and
# only surrogate pairs in UTF-16 tell cheaply whether there are any: so the planes are asked apart.
_BASIC: Final[Mapping[str, str]] = {
    "private_use_characters": r"\ue000-\uf8ff",
    "replacement_characters": r"\ufffd",
    "noncharacters": r"\ufdd0-\ufdef\ufffe\uffff",
    "variation_selectors": r"\ufe00-\ufe0f",
    "joiners": r"\u200c\u200d",
    "direction_marks": r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
}
_RARE: Final[Mapping[str, str]] = {
    "private_use_characters": r"\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    "variation_selectors": r"\U000e0100-\U000e01ef",
}
_BASIC_GATE: Final = re.compile(f"[{''.join(_BASIC.values())}]")
_RARE_GATE: Final = re.compile("[\U000e0100-\U0010fffd]")
_BASIC_CLASSES: Final = {name: re.compile(f"[{span}]") for name, span in _BASIC.items()}
_RARE_CLASSES: Final = {name: re.compile(f"[{span}]") for name, span in _RARE.items()}

_QUOTES: Final = ("“”", "「」", "『』")
# Exclamation and question marks are doubled on purpose.
_REPEATED: Final = re.compile("，，|、、|；；|：：|。。")
_CONFUSABLE: Final = compiled_later(
    r"(?<=[\u3400-\u9fff])[\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}□](?=[\u3400-\u9fff])"
)


def character_flags(text: str) -> tuple[str, ...]:
    r"""Return the names of what stands in ``text`` and was left alone, in a fixed order.

    Args:
        text: Any text; meant for a clean one.

    Returns:
        Some of private_use_characters, replacement_characters, noncharacters,
        variation_selectors, joiners, direction_marks, unbalanced_quotes, repeated_punctuation
        and confusable_characters; often none.

    >>> character_flags("她说：“走吧。"), character_flags("心\ufe0f\ue000")
    (('unbalanced_quotes',), ('private_use_characters', 'variation_selectors'))
    """
    if text.isascii():
        return ()
    found: set[str] = set()
    if _BASIC_GATE.search(text):
        found |= {name for name, characters in _BASIC_CLASSES.items() if characters.search(text)}
    if _RARE_GATE.search(text):
        found |= {name for name, characters in _RARE_CLASSES.items() if characters.search(text)}
    flags = [name for name in _BASIC if name in found]
    if any(text.count(opening) != text.count(closing) for opening, closing in _QUOTES):
        flags.append("unbalanced_quotes")
    if _REPEATED.search(text):
        flags.append("repeated_punctuation")
    if _has_confusables(text):
        flags.append("confusable_characters")
    return tuple(flags)


def _has_confusables(text: str) -> bool:
    # Looking for one character costs a fiftieth of the expression.
    may_have = "\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}" in text or "□" in text
    return may_have and _CONFUSABLE().search(text) is not None
