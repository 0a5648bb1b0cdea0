r"""Records as JSON lines, in the one form that every reader takes.

UTF-8 without a byte order mark, ``\n`` after every record, keys in the order of the model, floats
always with a point. U+0085, U+2028 and U+2029 are escaped: JSON allows them bare, but
``str.splitlines`` and several readers of lines take them for line ends.
"""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import orjson
from pydantic import ValidationError

from flows.errors import StorageError
from schemas.record import Record

RecordT = TypeVar("RecordT", bound=Record)

_OWNER = re.compile(rb'"(?:document_)?id": ?"(doc_[0-9a-f]{32})"')
"""The document that a line is about. No text holds this: inside one, quotation marks are escaped."""

_BARE_LINE_ENDS = tuple((char.encode(), b"\\u%04x" % ord(char)) for char in "\x85\u2028\u2029")


class DamagedError(StorageError):
    """What is published is not what was published."""


def to_line(record: Record) -> bytes:
    r"""Return ``record`` as one line, its end included.

    >>> from schemas.report import RuleCount
    >>> to_line(RuleCount(rule="a\u2028b", edits=1, documents=1, chars=0))
    b'{"rule":"a\\u2028b","edits":1,"documents":1,"chars":0}\n'
    """
    return to_lines([record])


def to_lines(records: Iterable[RecordT]) -> bytes:
    """Return records of one model as lines, in their order."""
    rows = [vars(record) for record in records]
    if not rows:
        return b""
    # One call for all rows is five times as fast as one for each. Between two rows stands what
    # stands nowhere else: inside a text, a quotation mark is escaped.
    packed = orjson.dumps(rows, default=vars)[1:-1]
    name = next(iter(rows[0])).encode()
    lines = packed.replace(b'},{"%s":' % name, b'}\n{"%s":' % name) + b"\n"
    for bare, escaped in _BARE_LINE_ENDS:
        if bare in lines:
            lines = lines.replace(bare, escaped)
    return lines


def read_records(
    path: Path, model: type[RecordT], owners: Container[str] | None = None
) -> Iterator[RecordT]:
    """Yield the records of a file of JSON lines, each one validated.

    Args:
        path: The file.
        model: What each of its lines is.
        owners: Ids of documents, to yield only what is about them; other lines are not validated,
            which is many times as fast. None for all.

    Raises:
        DamagedError: If a line is not exactly such a record.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if owners is not None and _is_about_others(line, owners):
                continue
            try:
                yield model.model_validate_json(line, strict=True)
            except ValidationError as error:
                raise DamagedError(
                    f"{path}, row {number}: {describe(error)}; clean the documents again"
                ) from error


def _is_about_others(line: bytes, owners: Container[str]) -> bool:
    owner = _OWNER.search(line)
    return owner is not None and owner[1].decode() not in owners


def describe(error: ValidationError) -> str:
    """Return the first thing that is wrong with a row, in words."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"])) or "row"
    return f"{place}: {first['msg']}"
