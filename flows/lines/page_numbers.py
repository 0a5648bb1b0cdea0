"""The forms of page numbers, and the values of Roman ones.

A number is *sure* in a form that nothing else has, such as between dashes, and *possible* where
lists, tables and headings may have it too. White space does not count, and 9 stands for any number.
Small Roman numerals number the pages before the first chapter; capital ones number chapters.
"""

from typing import Final

import numpy as np

from flows.lines.classes import Class, Codes, any_of, characters
from flows.lines.windows import Ints

# Forms of a page number; 9 stands for any number, and white space does not count.
SURE_FORMS: Final = (
    *("-9-", "\N{HYPHEN}9\N{HYPHEN}", "–9–", "—9—", "－9－", "──9──", "——9——", "~9~"),
    *("第9页", "第9頁", "第9页共9页", "第9頁共9頁", "第9页/共9页", "第9頁/共9頁", "共9页第9页"),
    *("共9頁第9頁", "第9页，共9页", "第9頁，共9頁", "第9页(共9页)", "第9页（共9页）"),
    *("Page9of9", "page9of9", "PAGE9OF9", "Page9/9", "Seite9von9", "9ページ", "-9쪽-"),
)
POSSIBLE_FORMS: Final = (
    *("9", "9/9", "9of9", "Page9", "page9", "PAGE9", "p.9", "P.9", "Seite9", "页9", "頁9", "P9"),
    *("[9]", "(9)", "·9·", "•9•", "|9|", "9|", "|9", "-9", "9-", "第9版", "9年9月9日第9版", "9页"),
)
_ROMAN: Final = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"))
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if ten or one
}
_LONGEST_ROMAN: Final = max(map(len, _ROMAN))
_IS_ROMAN: Final = characters("ivxlc")
_IS_DASH: Final = any_of((Class.HYPHEN, Class.DASH))


def roman_values(points: Ints, classes: Codes, owner: Ints, owners: int) -> Ints:
    """Return the value of each owner that is a small Roman numeral, be it between dashes; else 0.

    Capital ones number chapters more often than pages.
    """
    is_letter = classes == Class.LOWER
    may = is_letter & _IS_ROMAN[np.minimum(points, _IS_ROMAN.size - 1)]
    letters = np.bincount(owner, may, minlength=owners)
    others = np.bincount(
        owner, (classes > Class.BREAK) & ~may & ~_IS_DASH[classes], minlength=owners
    )
    values = np.zeros(owners, np.int64)
    found = np.flatnonzero((letters > 0) & (letters <= _LONGEST_ROMAN) & (others == 0))
    start, end = np.searchsorted(owner, found), np.searchsorted(owner, found, side="right")
    for number, first, last in zip(found.tolist(), start.tolist(), end.tolist(), strict=True):
        numeral = "".join(map(chr, points[first:last][may[first:last]].tolist()))
        values[number] = _ROMAN.get(numeral, 0)
    return values
