"""Lines that were decoded with the wrong codec before they reached us.

``flows.decoding.mojibake`` tells the damage, how it is recognised and what is left alone. This
step turns its repairs into edits, one a changed line. A line is a rule of its own kind: the rule
says in which encoding its bytes were, because that is what tells a reader how the damage arose.
"""

from collections import deque
from collections.abc import Iterator, Sequence

from flows.decoding.mojibake import repair_line
from flows.decoding.suspects import suspect_lines
from schemas.edit import Edit
from schemas.settings import MojibakeSettings

MISREAD_UTF8 = "mojibake.misread_utf8"
MISREAD_GB18030 = "mojibake.misread_gb18030"
MISREAD_BIG5 = "mojibake.misread_big5"
SWAPPED_BYTES = "mojibake.swapped_bytes"

_RULES = {
    "utf-8": MISREAD_UTF8,
    "gb18030": MISREAD_GB18030,
    "big5hkscs": MISREAD_BIG5,
    "utf-16-be": SWAPPED_BYTES,
}


def propose(texts: Sequence[str], settings: MojibakeSettings) -> Iterator[list[Edit]]:
    r"""Yield, for each text, one edit a line that was read with the wrong codec.

    Args:
        texts: Decoded texts with ``\n`` line ends.
        settings: The smallest gain that is believed.

    Yields:
        Edits in ascending order; each replaces a line, its break left out. The score is the
        share of its code length that the repair saves.

    >>> [[(edit.rule, edit.after) for edit in edits]
    ...  for edits in propose(["河水漫过堤岸".encode().decode("latin-1")], MojibakeSettings())]
    [[('mojibake.misread_utf8', '河水漫过堤岸')]]
    """
    together = "\n".join(texts)
    found = deque(_repairs(together, settings.min_gain))
    begin = 0
    for text in texts:
        edits: list[Edit] = []
        while found and found[0].start < begin + len(text):
            edit = found.popleft()
            edits.append(edit._replace(start=edit.start - begin, end=edit.end - begin))
        yield edits
        begin += len(text) + len("\n")


def _repairs(text: str, min_gain: float) -> Iterator[Edit]:
    for start, end in suspect_lines(text):
        found = repair_line(text[start:end])
        if found is not None and found.gain >= min_gain:
            yield Edit(_RULES[found.right], start, end, found.text, round(found.gain, 4))
