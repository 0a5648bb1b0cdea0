"""Compare jiaokan's decoding and mojibake repair with other tools, on sentences written here.

Nothing has to be downloaded, so that anybody can repeat the table of ``docs/quality.md``:
``python -m benchmarks.encoding_quality``. Sentences are drawn, joined, encoded and damaged in the
ways that files meet in life. The sentences are few and plain; what the figures are on real files
stands in the same document.

Other tools only lose their column if they are missing: charset-normalizer, ftfy.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from benchmarks.adapters import decode, repair_mojibake

SIMPLIFIED = (
    "渡口的灯亮了又灭，摆渡人把缆绳绕在桩上。",
    "她从阁楼里翻出一本账册，封皮已经发脆。",
    "雨停以后，整条巷子都是桂花的味道。",
    "这份合同还缺一个签字，明天再送来吧。",
    "工程师检查了三遍，没有找到漏水的地方。",
    "全价35元，学生凭证件半价，周一闭馆。",
    "“你先走，”他说，“我等下一班车。”",
    "山路太窄，两辆车相遇时只能倒回岔口。",
)
TRADITIONAL = (
    "渡口的燈亮了又滅，擺渡人把纜繩繞在樁上。",
    "她從閣樓裡翻出一本帳冊，封皮已經發脆。",
    "雨停以後，整條巷子都是桂花的味道。",
    "這份合約還缺一個簽名，明天再送來吧。",
    "山路太窄，兩輛車相遇時只能倒回岔口。",
    "鐘樓敲了九下，廟前的攤販開始收拾。",
)
ENGLISH = (
    "The ferry leaves at six, if the fog allows.",
    "Nobody had opened the ledger since the flood.",
    "Two cars cannot pass each other on that road.",
)
FRENCH = (
    "Le préposé a vérifié les clés, puis il a fermé la grille.",
    "L'été dernier, la rivière était à sec dès le mois de juin.",
    "Où avez-vous laissé la lanterne et le cahier à carreaux ?",
)
DRAWS = 200
"""Texts of each class."""
_MOST_LOST = 2
"""Characters that one damaged byte may cost: the one it is in, and the one behind it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Bytes, and the text they were made from."""

    source: bytes
    meant: str
    is_damaged: bool = False

    def is_met(self, text: str | None) -> bool:
        """Whether ``text`` is what was meant, a damaged character apart."""
        if text is None:
            return False
        if not self.is_damaged:
            return text == self.meant
        text = text.replace("\N{REPLACEMENT CHARACTER}", "")
        kept = _common_start(text, self.meant)
        kept += _common_start(text[kept:][::-1], self.meant[kept:][::-1])
        return len(self.meant) - kept <= _MOST_LOST and len(text) == kept


def _common_start(left: str, right: str) -> int:
    pairs = zip(left, right, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _text(draw: random.Random, bank: tuple[str, ...], lines: int) -> str:
    return "\n".join(draw.choice(bank) for _ in range(lines))


def _without(source: bytes, at: int) -> bytes:
    return source[:at] + source[at + 1 :]


def plain_samples(draw: random.Random, lines: int) -> Iterator[tuple[str, Sample]]:
    """Yield a sample of each encoding, without damage."""
    kinds = (
        ("Simplified", SIMPLIFIED, ("utf-8", "gb18030", "utf-16-le", "utf-16-be")),
        ("Traditional", TRADITIONAL, ("big5", "gb18030", "utf-16-le")),
        ("French", FRENCH, ("cp1252",)),
    )
    for name, bank, encodings in kinds:
        for encoding in encodings:
            text = _text(draw, bank, lines)
            yield f"{name}, {encoding}", Sample(text.encode(encoding), text)


def damaged_samples(draw: random.Random) -> Iterator[tuple[str, Sample]]:
    """Yield a sample of each way in which files are spoilt."""
    text, other = _text(draw, SIMPLIFIED, 8), _text(draw, SIMPLIFIED, 3)
    both = f"{text}\n{other}"
    gbk, utf8 = text.encode("gb18030"), text.encode()
    yield "UTF-8 with a GBK chapter", Sample(f"{text}\n".encode() + other.encode("gb18030"), both)
    yield "GBK with a UTF-8 chapter", Sample(gbk + b"\n" + other.encode(), both)
    yield "GBK, first byte cut off", Sample(gbk[1:], text, is_damaged=True)
    yield "UTF-8, last byte cut off", Sample(utf8[:-1], text, is_damaged=True)
    yield "UTF-8, a byte lost", Sample(_without(utf8, draw.randrange(len(utf8))), text, True)  # noqa: FBT003
    yield "GBK, a byte lost", Sample(_without(gbk, draw.randrange(len(gbk))), text, True)  # noqa: FBT003
    price = f"{other}票价€{draw.randrange(5, 90)}。"
    euro = price.encode("gb18030").replace("€".encode("gb18030"), b"\x80")
    yield "GBK with the euro of cp936", Sample(euro, price)
    english = _text(draw, ENGLISH, 6) + f" ({draw.choice(SIMPLIFIED)[:3]})"
    yield "GBK, three hanzi in English", Sample(english.encode("gb18030"), english)


MISREADINGS = (
    ("utf-8", "cp1252", SIMPLIFIED + FRENCH),
    ("utf-8", "gb18030", SIMPLIFIED),
    ("utf-8", "mac-roman", SIMPLIFIED + FRENCH),
    ("gb18030", "latin-1", SIMPLIFIED),
    ("gb18030", "cp1251", SIMPLIFIED),
    ("big5", "latin-1", TRADITIONAL),
    ("big5", "gb18030", TRADITIONAL),
)
"""What a text was in, what it was read as."""


def misread_lines() -> Iterator[tuple[str, str, str]]:
    """Yield class, misread line and what was meant, where nothing was lost on the way."""
    for right, wrong, bank in MISREADINGS:
        for meant in (*bank, *(first + second for first in bank for second in bank)):
            try:
                line = meant.encode(right).decode(wrong)
            except UnicodeError:
                continue
            yield f"{right} read as {wrong}", line, meant
    for meant in (*SIMPLIFIED, *TRADITIONAL, *ENGLISH, *FRENCH):
        yield "clean lines left alone", meant, meant


def _jiaokan(source: bytes) -> str | None:
    return decode(source)[0]


def _chardet(source: bytes) -> str | None:
    encoding = import_module("chardet").detect(source)["encoding"]
    try:
        return source.decode(encoding or "utf-8")
    except (UnicodeError, LookupError):
        return None


def _charset_normalizer(source: bytes) -> str | None:
    best = import_module("charset_normalizer").from_bytes(source).best()
    return None if best is None else str(best)


def _ftfy(text: str) -> str:
    fixed: str = import_module("ftfy").fix_encoding(text)
    return fixed


def _installed(
    tools: dict[str, tuple[str, Callable[..., str | None]]],
) -> dict[str, Callable[..., str | None]]:
    return {name: call for name, (module, call) in tools.items() if find_spec(module)}


def main() -> None:
    """Print both tables."""
    decoders: dict[str, Callable[..., str | None]] = {"jiaokan": _jiaokan}
    decoders |= _installed(
        {
            "chardet": ("chardet", _chardet),
            "charset-normalizer": ("charset_normalizer", _charset_normalizer),
        }
    )
    draw = random.Random(20)  # noqa: S311 - repeatable draws, no secrets
    hits: dict[str, list[dict[str, bool]]] = {}
    for _ in range(DRAWS):
        rows = [(f"{name}, 1 line", sample) for name, sample in plain_samples(draw, 1)]
        rows += [(f"{name}, 20 lines", sample) for name, sample in plain_samples(draw, 20)]
        for name, sample in (*rows, *damaged_samples(draw)):
            met = {tool: sample.is_met(call(sample.source)) for tool, call in decoders.items()}
            hits.setdefault(name, []).append(met)
    _print_table("text right, % of files", hits)

    repairers: dict[str, Callable[..., str | None]] = {"jiaokan": repair_mojibake}
    repairers |= _installed({"ftfy": ("ftfy", _ftfy)})
    hits = {}
    for name, line, meant in misread_lines():
        met = {tool: call(line) == meant for tool, call in repairers.items()}
        hits.setdefault(name, []).append(met)
    _print_table("line right, % of lines", hits)


def _print_table(title: str, hits: dict[str, list[dict[str, bool]]]) -> None:
    tools = list(next(iter(hits.values()))[0])
    print(f"| {title} | n | {' | '.join(tools)} |")
    print(f"|---|---|{'---|' * len(tools)}")
    for name, rows in hits.items():
        shares = (100 * sum(row[tool] for row in rows) / len(rows) for tool in tools)
        print(f"| {name} | {len(rows)} | {' | '.join(f'{share:.1f}' for share in shares)} |")
    print()


if __name__ == "__main__":
    main()
