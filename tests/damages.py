"""What happens to files on their way to us, and worse: each damage at random, from one seed.

The damages of bytes make what no decoder expects, those of text what no step expects. Both are
drawn several at a time, since it is the second that meets a case the first has made.
"""

import random
from collections.abc import Callable, Sequence

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-8-sig", "shift_jis", "latin-1")
ODD = (
    "\0", "\f", "\r", "\r\n", "\n", "\n\n\n", "\t", " ", "\x85", "\N{LINE SEPARATOR}", "\N{NO-BREAK SPACE}",
    "\N{IDEOGRAPHIC SPACE}" * 2, "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}", "\N{SOFT HYPHEN}", "\ufffe",
    "\N{RIGHT-TO-LEFT OVERRIDE}", "\ud800", "\N{REPLACEMENT CHARACTER}", "\N{BYTE ORDER MARK}", "\x1b[2J",
    "\N{COMBINING ACUTE ACCENT}" * 40, "e\N{COMBINING ACUTE ACCENT}", "\N{KANGXI RADICAL ONE}",
    "\N{CJK COMPATIBILITY IDEOGRAPH-F900}", "\N{CJK COMPATIBILITY IDEOGRAPH-2F800}", "Ａ１", "\N{LATIN SMALL LIGATURE FI}",
    "\N{VARIATION SELECTOR-1}", "\ue000", "\U000f0000", "\U0010ffff", "\N{HANGUL CHOSEONG KIYEOK}", "锟斤拷",
    "あ", "\N{ARABIC LETTER BEH ISOLATED FORM}", "-\n", "“", "」", "|", "    ", "```\n", "第 3 页\n", "— 4 —\n\n", "1. ",
    "………………12\n", "T H E  E N D", "著", "後", "http://", "<a>", "\\", "7" * 30, "灯" * 300, "a" * 300, "。" * 50,
)  # fmt: skip
_MOST_DAMAGES = 4
_MOST_BYTES = 6000

Damage = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def damaged(samples: Sequence[bytes], rng: random.Random) -> bytes:
    """Return one of ``samples`` after one to four damages, of some kilobytes at most."""
    content = rng.choice(samples)
    for _ in range(rng.randint(1, _MOST_DAMAGES)):
        content = rng.choice(DAMAGES)(rng, content, samples)[:_MOST_BYTES]
    return content


def _span(rng: random.Random, length: int) -> slice:
    start = rng.randint(0, length)
    return slice(start, min(length, start + int(rng.expovariate(1 / 40))))


def flip(rng: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Change a few bytes."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8) if content else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def lose(rng: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Cut something out."""
    span = _span(rng, len(content))
    return content[: span.start] + content[span.stop :]


def cut(rng: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Lose the head or the tail."""
    at = rng.randint(0, len(content))
    return content[at:] if rng.random() < 0.3 else content[:at]


def noise(rng: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Put random bytes somewhere."""
    at = rng.randint(0, len(content))
    return content[:at] + rng.randbytes(rng.randint(1, 20)) + content[at:]


def repeat(rng: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Say something again, here or elsewhere."""
    start = rng.randint(0, len(content))
    piece = content[start : start + rng.randint(1, 400)] * rng.choice((1, 1, 1, 2, 9))
    at = rng.randint(0, len(content))
    return content[:at] + piece + content[at:]


def splice(rng: random.Random, content: bytes, samples: Sequence[bytes]) -> bytes:
    """Go on in another file, as it is encoded there."""
    other = rng.choice(samples)
    return content[: rng.randint(0, len(content))] + other[rng.randint(0, len(other)) :]


def _of_text(change: Callable[[random.Random, str], str]) -> Damage:
    """Return the damage of bytes that ``change`` is; what cannot be encoded goes as it may."""

    def damage(rng: random.Random, content: bytes, _: Sequence[bytes]) -> bytes:
        source, target = ("utf-8", "utf-8") if rng.random() < 0.6 else rng.choices(ENCODINGS, k=2)
        try:
            text = content.decode(source)
        except UnicodeDecodeError:
            source = "gb18030"
            text = content.decode(source, "replace")
        changed = change(rng, text)
        if target == "utf-8":
            return changed.encode("utf-8", "surrogatepass")
        return changed.encode(target, "replace" if rng.random() < 0.5 else "ignore")

    return damage


def insert(rng: random.Random, text: str) -> str:
    """Put odd characters in a few places."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(ODD) + text[at:]
    return text


def soak(rng: random.Random, text: str) -> str:
    """Put the same odd characters between all characters of a passage."""
    span = _span(rng, len(text))
    return text[: span.start] + rng.choice(ODD).join(text[span]) + text[span.stop :]


def rewrap(rng: random.Random, text: str) -> str:
    """Wrap everything at a width, maybe over pages."""
    width, end = rng.randint(1, 60), rng.choice(("\n", "\r\n", "\n\n", "\r", " \n", "-\n", "\v"))
    flat = text.replace("\n", "") if rng.random() < 0.7 else text
    lines = [flat[at : at + width] for at in range(0, len(flat), width)]
    every = rng.randint(2, 20)
    for at in range(every, len(lines), every):
        lines[at] = rng.choice(("\f", f"第 {at} 页{end}", f"— {at // every} —{end}\f")) + lines[at]
    return end.join(lines)


def shuffle(rng: random.Random, text: str) -> str:
    """Put the lines in another order."""
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def misread(rng: random.Random, text: str) -> str:
    """Read a passage with the wrong codec."""
    span = _span(rng, len(text))
    wrong = rng.choice(("gb18030", "latin-1", "cp1252", "big5", "utf-16-le"))
    read = text[span].encode("utf-8", "replace").decode(wrong, "replace")
    return text[: span.start] + read + text[span.stop :]


def recode(_: random.Random, text: str) -> str:
    """Change nothing but the encoding."""
    return text


DAMAGES: tuple[Damage, ...] = (
    flip, lose, cut, noise, repeat, splice,
    *map(_of_text, (insert, insert, soak, rewrap, rewrap, shuffle, misread, recode)),
)  # fmt: skip
