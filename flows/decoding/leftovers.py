r"""Lines that were misread and cannot be read back whole, because characters were lost on the way.

UTF-8 read as GBK gives back about six of seven characters: bytes that GBK does not have became
question marks or U+FFFD. To fill the gaps would be to guess, so these lines stay, and the document
says so. Hardly a Chinese text is without a comma; what that turns into is looked for first, and clean
text has next to none of it.

Measured on generated lines of 60 characters that lost some: the flag is set for all that
were read as GBK or Windows-1252, for two in five read as Big5, and for none of 149,802 clean lines.
"""

from flows.decoding.costs import mean_bits
from flows.decoding.mojibake import SLOPPY_1252, repair_line

_SIGNS = {
    "gb18030": ("锛", "紝"),
    "big5hkscs": ("嚗",),
    SLOPPY_1252: ("¼",),
    "latin-1": ("¼",),
}
"""Characters that then stand in its place, by the wrong codec."""
_ORDINARY_BITS = 13.0
"""What the Han characters that come back may cost in the mean; wrong ones cost 14 and more."""
_MIN_HAN = 4
_SHARE = 0.5
"""Of what comes back so much must be Han characters."""


def holds_misread_lines(text: str) -> bool:
    """Whether a line of ``text`` is misread UTF-8 of which a part is lost.

    >>> line = "雨停以后，整条巷子都是桂花的味道。".encode().decode("gb18030", "replace")
    >>> holds_misread_lines(line), holds_misread_lines("他用锛子刨平木料，铺成了桥面")
    (True, False)
    """
    for wrong, signs in _SIGNS.items():
        found = [sign for sign in signs if sign in text]
        if found and any(
            _is_partly_misread(line, wrong)
            for line in text.split("\n")
            if any(sign in line for sign in found)
        ):
            return True
    return False


def _is_partly_misread(line: str, wrong: str) -> bool:
    """Whether a line reads back as Chinese, but for some characters."""
    if any(_reads_back_whole(line, codec) for codec in _SIGNS):
        return False
    back = line.encode(wrong, "ignore").decode("utf-8", "ignore")
    han = "".join(char for char in back if "\u4e00" <= char <= "\u9fff")
    return (
        len(set(han)) >= _MIN_HAN
        and len(han) >= _SHARE * len(back)
        and mean_bits(han) <= _ORDINARY_BITS
        and repair_line(line) is None
    )


def _reads_back_whole(line: str, wrong: str) -> bool:
    try:
        line.encode(wrong).decode("utf-8")
    except UnicodeError:
        return False
    return True
