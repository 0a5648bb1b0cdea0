r"""Records as JSON lines, in the one form that every reader takes.

UTF-8 without a byte order mark, ``\n`` after every record, keys in the order of the model, floats
always with a point. U+0085, U+2028 and U+2029 are escaped: JSON allows them bare, but
``str.splitlines`` and several readers of lines take them for line ends.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import orjson

from schemas.record import Record

RecordT = TypeVar("RecordT", bound=Record)

_BARE_LINE_ENDS = tuple((char.encode(), b"\\u%04x" % ord(char)) for char in "\x85\u2028\u2029")


def to_line(record: Record) -> bytes:
    r"""Return ``record`` as one line, its end included.

    >>> from schemas.report import RuleCount
    >>> to_line(RuleCount(rule="a\u2028b", edits=1, documents=1, chars=0))
    b'{"rule":"a\\u2028b","edits":1,"documents":1,"chars":0}\n'
    """
    line = orjson.dumps(vars(record), default=vars, option=orjson.OPT_APPEND_NEWLINE)
    for bare, escaped in _BARE_LINE_ENDS:
        if bare in line:
            line = line.replace(bare, escaped)
    return line


def to_lines(records: Iterable[Record]) -> bytes:
    """Return ``records`` as lines, in their order."""
    return b"".join(map(to_line, records))


def read_records(path: Path, model: type[RecordT]) -> Iterator[RecordT]:
    """Yield the records of a file of JSON lines, each one validated.

    Raises:
        pydantic.ValidationError: If a line is not exactly such a record.
    """
    with path.open("rb") as lines:
        for line in lines:
            yield model.model_validate_json(line, strict=True)
