"""Regular expressions that are compiled when they are first needed.

A class of characters that holds Han and more takes Python two to five milliseconds to compile, and
a dozen of them is what a short document takes to clean. Few documents need all of them.
"""

import re
from collections.abc import Callable
from functools import cache


def compiled_later(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that compiles ``pattern`` when first called, and keeps it.

    >>> han = compiled_later("[\u3007\u4e00-\u9fff]+")
    >>> han().findall("河岸, 渡口")
    ['河岸', '渡口']
    """
    return cache(lambda: re.compile(pattern, flags))
