"""What is kept of a document's paragraphs so that other documents' copies of them are found.

A print is the digest of a paragraph's key, its length and a few flags. Where near and truncated
copies are wanted, the key itself and its anchors are kept too, so that the settlement verifies
without reading a document again. Tables hold numbers only and are stored with ``numpy.savez``.

Paragraphs that are exempt inside a document are not listed, nor are those too short for any rule.
The digest is BLAKE2b of 128 bits: unlike a checksum it cannot be made to collide on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntFlag
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from flows.repeats.admission import continues_unfinished, surroundings
from flows.repeats.anchors import Anchors, find_anchors
from flows.repeats.exemptions import exempt_in_lined_documents
from flows.repeats.keys import Keys
from flows.repeats.paragraphs import Paragraphs, read_paragraphs
from schemas.settings import SharedRepeatSettings

_DIGEST_BYTES = 16


class Flag(IntFlag):
    """What the settlement must know of a paragraph besides its key."""

    CHINESE = 1
    OPEN = 2
    CONTINUES = 4
    TITLE = 8
    BROKEN = 16
    SHORT = 32


@dataclass(frozen=True, slots=True)
class PrintTable:
    """Prints of the paragraphs of several documents, in columns.

    Attributes:
        document_count: How many documents the table stands for; one element, int64.
        documents: Document of each listed paragraph, counted from 0, ascending; int64.
        paragraphs: Its number in the document, ascending in it; int64.
        digests: First and second half of its key's digest; uint64, shape (paragraphs, 2).
        lengths: Units of its key; int64.
        flags: `Flag` bits; uint8.
        units: The keys, end to end; uint32. Empty where only exact copies are wanted.
        breaks: As in `Keys`; uint8. Empty where only exact copies are wanted.
        anchor_rows: The listed paragraph of each anchor, as a row of this table; uint32.
        anchors: Its hash; uint64.
    """

    document_count: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int64]
    paragraphs: npt.NDArray[np.int64]
    digests: npt.NDArray[np.uint64]
    lengths: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    units: npt.NDArray[np.uint32]
    breaks: npt.NDArray[np.uint8]
    anchor_rows: npt.NDArray[np.uint32]
    anchors: npt.NDArray[np.uint64]

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return the columns by name, for ``numpy.savez``."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, columns: dict[str, npt.NDArray[Any]]) -> "PrintTable":
        """Return the table whose `columns` these are."""
        return cls(**columns)

    def __len__(self) -> int:
        """Return how many paragraphs are listed."""
        return len(self.documents)


def paragraph_prints(texts: Sequence[str], settings: SharedRepeatSettings) -> PrintTable:
    r"""Return the prints of all paragraphs of ``texts`` that may be copies across documents.

    Args:
        texts: Documents in normal form, after repeats inside them are removed.
        settings: From which length on, and whether more than exact copies are wanted.

    Returns:
        A table in the order of ``texts``; the prints of a text never depend on the others.

    >>> text = "短。\n\n江水漫过第三级石阶以后，船工把缆绳改系在老榕树上，渡口当天下午就停了，等水退再开。"
    >>> table = paragraph_prints([text, text], SharedRepeatSettings())
    >>> table.documents.tolist(), table.paragraphs.tolist()
    ([0, 1], [1, 1])
    """
    min_weight = min(settings.min_weight, settings.min_cut_weight)
    paragraphs = read_paragraphs(texts, min_weight, settings.protect)
    lined = exempt_in_lined_documents(paragraphs.weights, paragraphs.documents)
    listed = np.flatnonzero(~(paragraphs.is_exempt | lined))
    wants_keys = settings.near or settings.truncated
    keys = paragraphs.keys
    kept = _chosen(keys, listed if wants_keys else listed[:0])
    anchors = _anchors(paragraphs, listed if wants_keys else listed[:0])
    return PrintTable(
        document_count=np.array([len(texts)], np.int64),
        documents=paragraphs.documents[listed],
        paragraphs=paragraphs.numbers[listed],
        digests=_digests(keys, listed),
        lengths=keys.lengths[listed],
        flags=_flags(paragraphs, settings)[listed],
        units=keys.units[kept],
        breaks=keys.breaks[kept],
        anchor_rows=np.searchsorted(listed, anchors.paragraphs).astype(np.uint32),
        anchors=anchors.hashes,
    )


def _chosen(keys: Keys, listed: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which units belong to the listed keys."""
    chosen = np.zeros(len(keys.bounds) - 1, np.bool_)
    chosen[listed] = True
    return np.repeat(chosen, keys.lengths)


def _anchors(paragraphs: Paragraphs, listed: npt.NDArray[np.int64]) -> Anchors:
    chosen = np.zeros(len(paragraphs), np.bool_)
    chosen[listed] = True
    return find_anchors(paragraphs.keys, paragraphs.is_chinese, chosen)


def _digests(keys: Keys, listed: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    joined = b"".join(
        blake2b(keys.key_bytes(number), digest_size=_DIGEST_BYTES).digest()
        for number in listed.tolist()
    )
    return np.frombuffer(joined, "<u8").astype(np.uint64).reshape(-1, 2)


def _flags(paragraphs: Paragraphs, settings: SharedRepeatSettings) -> npt.NDArray[np.uint8]:
    places = surroundings(paragraphs, np.arange(len(paragraphs)))
    continues = continues_unfinished(paragraphs, places.before)
    return np.asarray(
        paragraphs.is_chinese * Flag.CHINESE
        | paragraphs.is_open * Flag.OPEN
        | continues * Flag.CONTINUES
        | paragraphs.is_title * Flag.TITLE
        | paragraphs.is_broken * Flag.BROKEN
        | (paragraphs.weights < settings.min_weight) * Flag.SHORT,
        np.uint8,
    )
