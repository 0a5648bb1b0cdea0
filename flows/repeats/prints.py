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
from flows.repeats.profiles import profiles_of
from schemas.settings import SharedRepeatSettings

_DIGEST_BYTES = 16
_MAX_UINT16 = 0xFFFF


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
        documents: Document of each listed paragraph, counted from 0, ascending; uint32.
        paragraphs: Its number in the document, ascending in it; uint32.
        digests: First and second half of its key's digest; uint64, shape (paragraphs, 2).
        lengths: Units of its key; uint32.
        flags: `Flag` bits; uint8.
        units: The keys, end to end; uint16 where all code points fit, else uint32. Empty, as all
            that follows, where only exact copies are wanted.
        breaks: As in `Keys`, four to a byte, the first in the lowest bits; uint8.
        profiles: See `flows.repeats.profiles`; uint64, shape (paragraphs, 8).
        anchor_counts: Anchors of each listed paragraph; uint32.
        anchors: Their hashes, paragraph after paragraph; uint32. 1 in 170 of 25 million meets
            another by chance, and a pair needs two.
    """

    document_count: npt.NDArray[np.int64]
    documents: npt.NDArray[np.uint32]
    paragraphs: npt.NDArray[np.uint32]
    digests: npt.NDArray[np.uint64]
    lengths: npt.NDArray[np.uint32]
    flags: npt.NDArray[np.uint8]
    units: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
    breaks: npt.NDArray[np.uint8]
    profiles: npt.NDArray[np.uint64]
    anchor_counts: npt.NDArray[np.uint32]
    anchors: npt.NDArray[np.uint32]

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return the columns by name, for ``numpy.savez``."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, columns: dict[str, npt.NDArray[Any]]) -> "PrintTable":
        """Return the table whose `columns` these are."""
        return cls(**columns)

    def text(self) -> str:
        """Return all keys end to end as text."""
        return self.units.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")

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
    compared = listed if wants_keys else listed[:0]
    kept = _chosen(keys, compared)
    units = keys.units[kept]
    anchors = _anchors(paragraphs, compared)
    order = np.argsort(anchors.paragraphs, kind="stable")
    owners = np.searchsorted(listed, anchors.paragraphs)
    return PrintTable(
        document_count=np.array([len(texts)], np.int64),
        documents=paragraphs.documents[listed].astype(np.uint32),
        paragraphs=paragraphs.numbers[listed].astype(np.uint32),
        digests=_digests(keys, listed),
        lengths=keys.lengths[listed].astype(np.uint32),
        flags=_flags(paragraphs, settings)[listed],
        units=units.astype(np.uint16) if units.max(initial=0) <= _MAX_UINT16 else units,
        breaks=_packed(keys.breaks[kept]),
        profiles=profiles_of(units, keys.lengths[compared]),
        anchor_counts=np.bincount(owners, minlength=len(listed)).astype(np.uint32),
        anchors=(anchors.hashes[order] >> np.uint64(32)).astype(np.uint32),
    )


def _packed(breaks: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return breaks four to a byte."""
    fours = np.pad(breaks, (0, -len(breaks) % 4)).reshape(-1, 4)
    return np.asarray(
        np.bitwise_or.reduce(fours << np.array([0, 2, 4, 6], np.uint8), axis=1), np.uint8
    )


def unpacked_breaks(fours: bytes) -> npt.NDArray[np.uint8]:
    """Return breaks that are packed four to a byte, as in `PrintTable`."""
    each = np.frombuffer(fours, np.uint8)[:, None] >> np.array([0, 2, 4, 6], np.uint8)
    return np.asarray(each & np.uint8(3), np.uint8).ravel()


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
