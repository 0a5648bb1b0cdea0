"""Latin words that follow each other on a line, parted by one space and nothing else.

Left out are lines of program text, what stands in backquotes, and every word that touches a sign of
code, of an address or of a number, or a hyphen (``fig.2``, ``lamp(``, ``@quay``, ``well-known``).
"""

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

WORD: Final = re.compile(r"[A-Za-z]++(?:['’][A-Za-z]++)*+")

_CODE_LINE: Final = re.compile(r"[{}=<>|\\]|;$|^(?: {4}|\t|[$#>] )|::")
_QUOTED_CODE: Final = re.compile(r"`[^`\n]+`")
_SIGNS: Final = frozenset("@#/\\_$~<>=&%+*`{}[]^|-\N{HYPHEN}\N{NON-BREAKING HYPHEN}0123456789")
_DASH: Final = "--"


def latin_runs(text: str) -> Iterator[list[Span]]:
    """Yield runs of words, each as the spans of its words in code points of ``text``.

    >>> [[text[start:end] for start, end in run]
    ...  for text in ["Call `lamp(box)`, or the har bour."] for run in latin_runs(text)]
    [['Call'], ['or', 'the', 'har', 'bour']]
    """
    start = 0
    for line in text.split("\n"):
        if not _CODE_LINE.search(line):
            prose = _QUOTED_CODE.sub(lambda code: "`" * len(code[0]), line)
            for run in _runs_of_line(prose):
                yield [(start + first, start + end) for first, end in run]
        start += len(line) + 1


def _runs_of_line(line: str) -> Iterator[list[Span]]:
    run: list[Span] = []
    for word in WORD.finditer(line):
        span = word.span()
        if _touches_code(line, *span):
            continue
        if run and line[run[-1][1] : span[0]] != " ":
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _touches_code(line: str, start: int, end: int) -> bool:
    before, after = line[max(0, start - 2) : start], line[end : end + 2]
    if before[-1:] in _SIGNS and before != _DASH:
        return True
    if after[:1] in _SIGNS and after != _DASH:
        return True
    return (
        after[:1] == "("
        or (after[:1] == "." and after[1:].isalnum())
        or (before[-1:] == "." and before[:-1].isalnum())
    )
