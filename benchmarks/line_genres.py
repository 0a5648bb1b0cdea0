"""Compose clean documents of many genres from a few phrases, for the line models to learn from.

What tells a wrapped line from one that ends is geometry and marks, seldom words: how verse, plays,
program code, tables, statutes, lists, letters and prose are built, not what they say. So documents
are put together by chance from phrases written for it (``line_phrases.toml``). Paragraphs are
parted by a blank line; one line feed parts the lines of a block. All choices come from the
generator of random numbers that is given.
"""

import random
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks.line_code import code
from benchmarks.line_prose import (
    contents,
    dialogue,
    diary,
    letter,
    outline,
    play,
    prose,
    statute,
    table,
)
from benchmarks.line_verse import verse
from benchmarks.line_writer import Writer

GENRES: Final[Mapping[str, Callable[[Writer], list[str]]]] = {
    "prose": prose,
    "dialogue": dialogue,
    "play": play,
    "verse": verse,
    "statute": statute,
    "outline": outline,
    "letter": letter,
    "diary": diary,
    "table": table,
    "contents": contents,
    "code": code,
}


def compose(language: str, genre: str, chance: random.Random) -> str:
    """Return a clean document: one to three pieces of a genre, now and then one of another."""
    writer = Writer(language, chance)
    parts: list[str] = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        parts += GENRES[genre](writer)
        if writer.happens(0.2):
            parts += GENRES[chance.choice(tuple(GENRES))](writer)
    return "\n\n".join(part.strip("\n") for part in parts)
