"""A corpus of any size in our own words, damaged as documents are: seeded, so that it can be had again.

Sentences are put together from phrases written for this purpose, so no text of others is in it, and
the clean text of every document is known. Real text is harder: speeds hold elsewhere, quality is
measured in ``docs/quality.md`` on other data.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

PHRASES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8")
)
CODECS = (("utf-8", 72), ("gb18030", 18), ("utf-8-sig", 5), ("utf-16", 5))
WIDTHS = (24, 32, 38)
TRADITIONAL, ENGLISH, COPIED, WRAPPED, CUT = 0.15, 0.15, 0.1, 0.4, 0.1
"""Shares: of documents in Traditional script; of paragraphs in English, copied, wrapped, cut."""


@dataclass(frozen=True, slots=True)
class Written:
    """One document of the corpus.

    Attributes:
        path: Relative to the raw folder.
        content: Its bytes, damaged.
        paragraphs: Its clean paragraphs, repeats included.
    """

    path: str
    content: bytes
    paragraphs: tuple[str, ...]


class Writer:
    """Writes documents, each a function of the seed and of those before it."""

    def __init__(self, seed: int) -> None:
        """Start the sequence that this seed stands for."""
        self._random = random.Random(seed)  # noqa: S311 - a corpus, not a secret
        self._to_traditional = opencc.OpenCC("s2tw").convert
        self._known: list[str] = []
        self._number = 0

    def documents(self, megabytes: float) -> Iterator[Written]:
        """Yield documents until their bytes reach ``megabytes``."""
        written = 0
        while written < megabytes * 1e6:
            document = self._document()
            written += len(document.content)
            yield document

    def _document(self) -> Written:
        pick = self._random
        self._number += 1
        paragraphs = [self._paragraph() for _ in range(pick.randint(4, 40))]
        title = f"{self._phrase('heads')}之{self._number}"
        text = "\n\n".join([title, *(self._damaged(each) for each in paragraphs)])
        if pick.random() < TRADITIONAL:
            text = self._to_traditional(text)
        [codec] = pick.choices([name for name, _ in CODECS], [share for _, share in CODECS])
        path = f"{self._number // 500:03d}/document{self._number}.txt"
        return Written(path, text.encode(codec), (title, *paragraphs))

    def _paragraph(self) -> str:
        pick = self._random
        if self._known and pick.random() < COPIED:
            return pick.choice(self._known)
        write = self._english if pick.random() < ENGLISH else self._chinese
        paragraph = write(pick.randint(2, 7))
        self._known.append(paragraph)
        return paragraph

    def _chinese(self, sentences: int) -> str:
        return "".join(
            f"{self._phrase('times')}，{self._phrase('places')}的{self._phrase('people')}"
            f"{self._phrase('deeds')}，{self._phrase('reasons')}。"
            for _ in range(sentences)
        )

    def _english(self, sentences: int) -> str:
        return " ".join(
            f"In {self._random.randint(1850, 2020)} {self._phrase('english')}, "
            f"and {self._phrase('english')}."
            for _ in range(sentences)
        )

    def _phrase(self, kind: str) -> str:
        return self._random.choice(PHRASES[kind])

    def _damaged(self, paragraph: str) -> str:
        """Wrap a paragraph at a width, or cut it by a blank line, or leave it."""
        pick = self._random
        chance = pick.random()
        if chance < WRAPPED and not paragraph.isascii():
            width = pick.choice(WIDTHS)
            return "\n".join(paragraph[at : at + width] for at in range(0, len(paragraph), width))
        if chance < WRAPPED + CUT:
            at = pick.randrange(len(paragraph) // 3, len(paragraph))
            if paragraph[at - 1 : at + 1].isalpha() and not paragraph.isascii():
                return f"{paragraph[:at]}\n\n{paragraph[at:]}"
        return paragraph


def write_corpus(folder: Path, megabytes: float, seed: int = 1) -> int:
    """Write a corpus below ``folder``; return its size in bytes."""
    size = 0
    for document in Writer(seed).documents(megabytes):
        path = folder / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.content)
        size += len(document.content)
    return size
