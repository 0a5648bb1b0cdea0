"""A text as an array of its code points, for questions that are asked of all of them at once.

A regular expression looks at a class of characters one by one; a table that is looked up for the
whole text answers several times sooner whether any of them is there.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of ``text``.

    >>> code_points("河岸").tolist()
    [27827, 23736]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def make_table(ranges: Iterable[tuple[int, int]], *, beyond: bool = False) -> npt.NDArray[np.bool_]:
    """Return a table that holds for the code points in ``ranges``, each by its first and last.

    ``beyond`` is the answer for all code points above them.
    """
    spans = sorted(ranges)
    table = np.zeros(spans[-1][1] + 2, np.bool_)
    for first, last in spans:
        table[first : last + 1] = True
    table[-1] = beyond
    return table


def table_of(characters: str) -> npt.NDArray[np.bool_]:
    """Return a table that holds for the given characters, and not for those above them.

    >>> table_of("河").nonzero()[0].tolist() == [ord("河")]
    True
    """
    codes = code_points(characters)
    table = np.zeros(int(codes.max(initial=0)) + 2, np.bool_)
    table[codes] = True
    return table


def holds_any(text: str, table: npt.NDArray[np.bool_]) -> bool:
    r"""Whether any character of ``text`` is in a table that ``make_table`` made.

    >>> holds_any("河岸\n", make_table([(0, 31)])), holds_any("河岸", make_table([(0, 31)]))
    (True, False)
    """
    return bool(table.take(code_points(text), mode="clip").any())
