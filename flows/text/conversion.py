"""OpenCC with its known errors corrected, one converter a configuration and process.

OpenCC converts by dictionaries of words and characters. Around it this module adds what a corpus
needs: the check that the installed `opencc` is the real one, places where its answer is wrong
(`flows.text.spellings`), words that the user wants kept, and input that it cannot take (a lone
surrogate raises, a NUL cuts the text). Rare characters beyond the basic plane, which most fonts
lack, are never put in.

A converter holds dictionaries of 3 to 27 MB, cannot be pickled and keeps Python's lock while it
works, so it is made once in each process, when it is first needed.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from typing import Final

from flows.errors import ConfigurationError
from flows.text.spellings import spellings
from flows.text.word_gate import Convert, gated

_OLDEST: Final = (1, 4)
_UNCONVERTIBLE: Final = re.compile("([\0\ud800-\udfff]+)")


class Converter:
    """One direction of conversion.

    Calling it returns the converted text. For t2s, tw2s, hk2s, s2t, s2tw and s2hk the result has
    the length of the text, code point for code point.
    """

    def __init__(self, config: str, protected: tuple[str, ...] = (), *, rare: bool = False) -> None:
        """Load OpenCC's dictionaries for ``config`` and keep the words of ``protected``.

        Args:
            config: Name of an OpenCC configuration, such as ``tw2s``.
            protected: Words that stay as they are.
            rare: Whether characters that most fonts lack may be put in.

        Raises:
            ConfigurationError: If the installed `opencc` is another package or too old.
        """
        self._by_dictionary = _load(config, rare=rare)
        self._spellings = spellings(config)
        characters = "".join(self._spellings)
        self._spelled = re.compile(f"[{characters}]") if characters else None
        words = sorted(filter(None, protected), key=len, reverse=True)
        self._protected = re.compile("|".join(map(re.escape, words))) if words else None

    def __call__(self, text: str) -> str:
        """Return ``text`` converted; NULs and lone surrogates stay where they are."""
        if not _UNCONVERTIBLE.search(text):
            return self._convert(text)
        parts = _UNCONVERTIBLE.split(text)
        converted = (self._convert(part) for part in parts[::2])
        return "".join(chain(*zip(converted, [*parts[1::2], ""], strict=True)))

    def _convert(self, text: str) -> str:
        after = self._by_dictionary(text)
        if len(after) != len(text):  # a configuration that swaps words has no places to correct
            return after
        return _corrected(after, [*self._spelled_places(text), *self._protected_places(text)])

    def _spelled_places(self, text: str) -> Iterator[tuple[int, str]]:
        for found in self._spelled.finditer(text) if self._spelled else ():
            for spelling in self._spellings[found.group()]:
                if spelling.where.match(text, found.start()):
                    yield found.start(), spelling.becomes
                    break

    def _protected_places(self, text: str) -> Iterator[tuple[int, str]]:
        for found in self._protected.finditer(text) if self._protected else ():
            yield found.start(), found.group()


def _corrected(text: str, places: list[tuple[int, str]]) -> str:
    """Return ``text`` with each of ``places`` overwritten, later ones over earlier ones."""
    if not places:
        return text
    characters = list(text)
    for start, right in places:
        characters[start : start + len(right)] = right
    return "".join(characters)


@cache
def converter(config: str, protected: tuple[str, ...] = (), *, rare: bool = False) -> Converter:
    """Return the process's converter for ``config``, made on the first call.

    Raises:
        ConfigurationError: If the installed `opencc` is another package or too old.

    >>> converter("tw2s")("這部專著他看著很親切")
    '这部专著他看着很亲切'
    >>> converter("tw2s", ("張學友",))("張學友的歌")
    '張學友的歌'
    """
    return Converter(config, protected, rare=rare)


def _load(config: str, *, rare: bool) -> Convert:
    """Return OpenCC's conversion for ``config``."""
    try:  # only now: clean text never needs the native library
        opencc = import_module("opencc")
    except ImportError as error:
        raise _not_opencc("it cannot be imported") from error
    version = str(getattr(opencc, "__version__", "unknown"))
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < _OLDEST:
        raise _not_opencc(f"its version is {version}")
    convert: Convert = opencc.OpenCC(config, include_tofu_risk_dictionaries=rare).convert
    return gated(config, version, convert)


def _not_opencc(found: str) -> ConfigurationError:
    """Return the error for an `opencc` that is not the one this project needs."""
    return ConfigurationError(
        f"the installed package `opencc` cannot be used: {found}. OpenCC 1.4 or newer is needed; "
        "`opencc-python-reimplemented` installs under the same name. Remove both, then install "
        "`opencc` again"
    )
