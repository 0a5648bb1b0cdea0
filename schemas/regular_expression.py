"""Regular expressions as settings: refused at once when they cannot be read or may run for ever."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

_REPEATED_REPEAT: Final = re.compile(r"[*+}][?]*\)(?:[*+]|\{\d*,)")
"""The end of a group that repeats inside and is repeated: ``(a+)+`` tries every way to part a run."""


def _check(pattern: str) -> str:
    """Return ``pattern``.

    Raises:
        ValueError: If it is no regular expression, or repeats a group that ends in a repeat.
    """
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    if _REPEATED_REPEAT.search(pattern):
        raise ValueError(
            f"{pattern!r} repeats a group that ends in a repeat, which may take for ever; "
            "name what the group may begin or end with"
        )
    return pattern


RegularExpression = Annotated[str, AfterValidator(_check), Field(min_length=1)]
