"""ASCII punctuation in Chinese text: what it would be in print.

Who types Chinese with an English keyboard leaves commas, colons and brackets of half a character's
width, and writes an ellipsis as dots or as full stops in a row. Nothing is lost by it, so nothing is
changed unless a setting asks.

A mark is Chinese if Chinese stands on both sides of it, or on its left where the line ends; times,
numbers, English words, addresses and host names have something else beside their marks. The dot is
taken for a full stop only at the end of a line, since between Han characters it parts foreign names
(约翰.史密斯). Brackets change in pairs. Lines are left alone that have more Latin letters than Han
characters, kana or hangul, tabulators, or signs of code and addresses. So are dot leaders (three and
six dots make an ellipsis, and no number may follow).

Known weakness: a line of Chinese fields with commas between them looks like a sentence.
"""

import re
from collections.abc import Iterator
from typing import Final

from flows.text.patterns import compiled_later
from flows.text.script_counts import count_scripts

Change = tuple[int, int, str]
"""Start, end (code points) and the text put there."""

_HAN: Final = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING: Final = "《“‘「『（"
_CLOSING: Final = "》”’」』"
_LINE: Final = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_NO_PROSE: Final = re.compile(r"[\t{}\[\]<>=\\|_$@`]|://|[A-Za-z]\(")

_ELLIPSIS: Final = compiled_later(r"(?<![.。…])(?:\.{3}|\.{6}|。{3,6})(?![.。…]| *[0-9A-Za-z])")
_BEFORE_ELLIPSIS: Final = compiled_later(f"[{_HAN}{_CLOSING}，。；：？！、]")
_AFTER_ELLIPSIS: Final = compiled_later(f"[{_HAN}{_OPENING}]")
_BRACKETS: Final = compiled_later(
    rf"(?<=[{_HAN}{_CLOSING}])\([{_HAN}](?:[^()]*[{_HAN}])?\)"
    rf"(?=[{_HAN}{_CLOSING}，。；：？！、…—,.;:?!]|\Z)"
)
_MARKS: Final = compiled_later(
    rf"(?<=[{_HAN}{_CLOSING}）])(?:[,;:\uff64\u223c]|[?!]{{1,3}})"
    rf"(?=[{_HAN}{_OPENING}{_CLOSING}）…—]|\Z)"
    rf"|(?<=[{_HAN}][{_HAN}])\.(?=[{_CLOSING}）]|\Z)"
)
# What a line must hold before anything else is asked of it.
_DOTS: Final = re.compile(r"\.\.\.|。。。")
_BRACKET: Final = re.compile(r"\(")
_MARK: Final = re.compile(r"[,;:?!.\uff64\u223c]")
_IN_PRINT: Final = str.maketrans(",;:?!.()\uff64\u223c", "，；：？！。（）、～")
# The last two are the comma and the tilde that Python reads from the symbol rows of Big5.


def ellipses(text: str) -> Iterator[Change]:
    """Yield the dots that stand for an ellipsis.

    >>> [*ellipses("他想了想...走了")], [*ellipses("第一章......7")]
    ([(4, 7, '……')], [])
    """
    for start, line in _chinese_lines(text, _DOTS):
        for found in _ELLIPSIS().finditer(line):
            at, end = found.span()
            if (at and _BEFORE_ELLIPSIS().match(line, at - 1)) or _AFTER_ELLIPSIS().match(
                line, end
            ):
                yield start + at, start + end, "……"


def brackets(text: str) -> Iterator[Change]:
    """Yield the brackets that stand around Chinese in Chinese.

    >>> [*brackets("渡口(旧址)在北岸")], [*brackets("渡口(old)在北岸")]
    ([(2, 3, '（'), (5, 6, '）')], [])
    """
    for start, line in _chinese_lines(text, _BRACKET):
        for found in _BRACKETS().finditer(line):
            first, last = start + found.start(), start + found.end() - 1
            yield from ((first, first + 1, "（"), (last, last + 1, "）"))


def marks(text: str) -> Iterator[Change]:
    """Yield all other ASCII marks between Chinese, or at the end of a Chinese line.

    >>> [*marks("渡口到了,下船.")], [*marks("3,5 和 7:30")]
    ([(4, 5, '，'), (7, 8, '。')], [])
    """
    for start, line in _chinese_lines(text, _MARK):
        for found in _MARKS().finditer(line):
            at, end = found.span()
            yield start + at, start + end, found.group().translate(_IN_PRINT)


def _chinese_lines(text: str, sign: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each line of Chinese prose that holds ``sign``."""
    if not sign.search(text):
        return
    for found in _LINE.finditer(text):
        line = found.group()
        if sign.search(line) and not _NO_PROSE.search(line):
            counts = count_scripts(line)
            if counts.han > counts.latin and not counts.kana + counts.hangul:
                yield found.start(), line
