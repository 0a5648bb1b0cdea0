"""Make flows/text/data/words.txt: where words of OpenCC's dictionaries can stand.

Source: the dictionaries of OpenCC (Apache-2.0), read out of the installed `opencc` wheel. Run from
the project's root, after a new version of `opencc` was installed:

    python -m benchmarks.make_word_tables

A configuration that simplifies has one or two stages, each with a dictionary of words and one of
characters. Text in which no word stands is converted character by character. A row of the result
is a configuration and a class, a tab and the characters of that class:

- head: may stand in a word before its last character;
- tail: may stand in a word after its first character;
- opens: may be the first character of a word that is not converted character by character;
- follows: may be the second character of such a word.

"May stand" takes the stages together: what the first stage makes of a character counts as well,
since the words of the second one are looked up in that. Where no head is followed by a tail, no word
stands, and what is before and after can be converted apart.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import opencc

from benchmarks.make_script_tables import Dictionary, read

TARGET = Path("flows/text/data/words.txt")
FIRST_BEYOND_BASIC_PLANE = "\U00010000"
LAST_STAGE: Final = ("TSPhrases", "TSCharacters")
FIRST_STAGES: Final = {
    "t2s": None,
    "tw2s": ("TWVariantsRevPhrases", "TWVariantsRev"),
    "hk2s": ("HKVariantsRevPhrases", "HKVariantsRev"),
}
"""Of the configurations for which tables are made; the last stage also cuts text into words."""

Results = dict[str, str]


def best(entries: Dictionary) -> Results:
    """Return what a dictionary puts in: the first of each entry's values."""
    return {key: values[0] for key, values in entries.items()}


def one_by_one(text: str, characters: Results) -> str:
    """Return ``text`` converted without words."""
    return "".join(characters.get(each, each) for each in text)


def decisive(words: Results, characters: Results, later: Results) -> list[str]:
    """Return the words that are not what their characters are, once the ``later`` stage is done."""
    return [
        word
        for word, result in words.items()
        if one_by_one(result, later) != one_by_one(one_by_one(word, characters), later)
    ]


def images(words: Results, characters: Results) -> dict[str, set[str]]:
    """Return what the first stage may make of each character, alone or in a word."""
    made: dict[str, set[str]] = {}
    for key, result in [*words.items(), *characters.items()]:
        if len(key) != len(result):
            raise ValueError(f"{key} and {result} differ in length")
        for before, after in zip(key, result, strict=True):
            made.setdefault(before, set()).add(after)
    return made


def sources(characters: Iterable[str], made: dict[str, set[str]]) -> set[str]:
    """Return ``characters`` and all that the first stage may turn into one of them."""
    wanted = set(characters)
    return wanted | {before for before, after in made.items() if after & wanted}


def classes(config: str) -> dict[str, set[str]]:
    """Return the characters of a configuration by class."""
    words, characters = map(best, map(read, LAST_STAGE))
    heads = {each for word in words for each in word[:-1]}
    tails = {each for word in words for each in word[1:]}
    whole = decisive(words, characters, {})
    opening, following = {word[0] for word in whole}, {word[1] for word in whole}
    if (first_stage := FIRST_STAGES[config]) is not None:
        first_words, first_characters = map(best, map(read, first_stage))
        made = images(first_words, first_characters)
        heads, tails = sources(heads, made), sources(tails, made)
        opening, following = sources(opening, made), sources(following, made)
        heads |= {each for word in first_words for each in word[:-1]}
        tails |= {each for word in first_words for each in word[1:]}
        whole = decisive(first_words, first_characters, characters)
        opening |= {word[0] for word in whole}
        following |= {word[1] for word in whole}
    return {"head": heads, "tail": tails, "opens": opening, "follows": following}


def main() -> None:
    """Write the table beside the code that reads it."""
    rows = ["# From the dictionaries of OpenCC (Apache-2.0)", f"version\t{opencc.__version__}"]
    for config in FIRST_STAGES:
        for name, characters in classes(config).items():
            basic = sorted(c for c in characters if c < FIRST_BEYOND_BASIC_PLANE)
            rows.append(f"{config} {name}\t{''.join(basic)}")
            print(config, name, len(basic))
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
