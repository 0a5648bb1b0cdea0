r"""Write the sample documents of ``raw/``: a clean text, damaged on purpose, in an old encoding.

Each sample starts from a text under ``tests/samples``: from ``written/`` where its author used
another script than the pipeline's target, else from ``expected/``, which is also what the pipeline
must give back. The damage is spelt out here, so that a reader sees what each sample holds and the
bytes can be made again: ``python -m tests.make_samples`` rewrites ``raw/``, and a test compares.
"""

import hashlib
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parent
INDENT = "\N{IDEOGRAPHIC SPACE}" * 2
NO_LINE_START = frozenset("，。、；：？！”’）》」…—")  # marks that hang over the right edge instead

Damage = Callable[[str], str]
ByteDamage = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Sample:
    """One file of ``raw/``: which damages, in order, and how the result is encoded."""

    path: str
    damages: tuple[Damage, ...] = ()
    codec: str = "utf-8"
    byte_damages: tuple[ByteDamage, ...] = ()

    def make(self) -> bytes:
        """Return the bytes of the sample."""
        written = TESTS / "samples" / "written" / self.path
        source = written if written.exists() else TESTS / "samples" / "expected" / self.path
        text = source.read_text("utf-8")
        for damage in self.damages:
            text = damage(text)
        content = text.encode(self.codec)
        for byte_damage in self.byte_damages:
            content = byte_damage(content)
        return content


def columns(text: str) -> int:
    """Return the width of ``text`` on a terminal, where a Han character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "FW" else 1 for char in text)


def put(before: str, after: str) -> Damage:
    """Replace the one place where ``before`` stands."""

    def damage(text: str) -> str:
        if text.count(before) != 1:
            raise ValueError(f"{before!r} stands {text.count(before)} times, not once")
        return text.replace(before, after)

    return damage


def cut_before(*words: str) -> Damage:
    """Cut sentences by a blank line, as a page break does when pages are pasted together."""

    def damage(text: str) -> str:
        for word in words:
            text = put(word, "\n\n" + word)(text)
        return text

    return damage


def repeat_start_of_last(chars: int) -> Damage:
    """Append the first ``chars`` code points of the last paragraph once more."""

    def damage(text: str) -> str:
        return text + "\n" + text.rstrip("\n").rpartition("\n\n")[2][:chars] + "\n"

    return damage


def wrap(width: int, indent: str = "", between: str = "\n\n") -> Damage:
    """Break each paragraph of prose into lines.

    Args:
        width: Columns of a full line; punctuation may hang over.
        indent: What a paragraph of prose starts with.
        between: What separates two paragraphs of prose; anything else is set off by blank lines.
    """

    def damage(text: str) -> str:
        made = ""
        was_prose = False
        for part in text.strip("\n").split("\n\n"):
            prose = is_prose(part)
            gap = between if was_prose and prose else "\n\n" if made else ""
            made += gap + ("\n".join(wrapped(indent + part, width)) if prose else part)
            was_prose = prose
        return made + "\n"

    return damage


def is_prose(paragraph: str) -> bool:
    """Tell whether a paragraph is sentences: one long line, or one that ends as sentences do."""
    return "\n" not in paragraph and (columns(paragraph) > 44 or paragraph[-1] in "。！？”」.")


def wrapped(paragraph: str, width: int) -> Iterator[str]:
    """Yield lines of at most ``width`` columns; Han text breaks anywhere, Latin between words."""
    line = ""
    for word in re.findall(r"[!-~]+ ?|.", paragraph):
        if columns((line + word).rstrip(" ")) > width and word not in NO_LINE_START:
            yield line.rstrip(" ")
            line = ""
        line += word
    yield line.rstrip(" ")


def paginate(lines_a_page: int, page: int, heads: tuple[str, str]) -> Damage:
    """Put a page number under every page, from ``page``, and one of two heads over the next."""

    def damage(text: str) -> str:
        lines = text.rstrip("\n").split("\n")
        starts = range(0, len(lines), lines_a_page)
        pages = ["\n".join(lines[start : start + lines_a_page]) for start in starts]
        made = pages[0]
        for place, body in enumerate(pages[1:], page):
            made += f"\n\n— {place} —\n\n{heads[place % 2]}\n\n{body}"
        return f"{made}\n\n— {page + len(pages) - 1} —\n"

    return damage


def one_line_a_paragraph(text: str) -> str:
    """Leave out the blank lines, as text saved from a browser does."""
    return text.replace("\n\n", "\n")


def space_out(text: str) -> str:
    """Put a space between all characters of a line, as character recognition may do."""
    return "\n".join(" ".join(line) for line in text.split("\n"))


def crlf(text: str) -> str:
    """End lines as MS-DOS did."""
    return text.replace("\n", "\r\n")


def full_width_digits(text: str) -> str:
    """Write digits as wide as Han characters."""
    return text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})


def misread(passage: str, codec: str) -> Damage:
    """Turn a passage into what ``codec`` bytes look like when they are taken for Latin text."""

    def look(byte: int) -> str:
        try:
            return bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            return chr(byte)  # five bytes have no character there; browsers show a control

    return put(passage, "".join(map(look, passage.encode(codec))))


def replace_bytes(before: bytes, after: bytes) -> ByteDamage:
    """Replace the one place where ``before`` stands."""

    def damage(content: bytes) -> bytes:
        if content.count(before) != 1:
            raise ValueError(f"{before!r} stands {content.count(before)} times, not once")
        return content.replace(before, after)

    return damage


def noise(size: int) -> bytes:
    """Return ``size`` bytes that mean nothing, the same every time."""
    blocks = (hashlib.sha256(place.to_bytes(4)).digest() for place in range(size // 32 + 1))
    return b"".join(blocks)[:size]


REGISTER_PAGE = (
    "请各楼代表在三月底以前把本楼的车辆登记表交到活动室，一户一表，写清车牌号码和联系电话，"
    "过期没有登记的车辆暂时不发通行证。"
)
OLD_PART = (
    "第二部分由新电脑导出，登记了二〇〇七年以后的借书卡，数量与借书机的流水一致，没有发现缺漏。"
)
POWER_CUT = "医院和自来水厂由备用线路供电，不受影响。如果遇到大风大雨，检修顺延一天，届时另行通知。"

SAMPLES = (
    Sample(
        "news/spring_watering.txt",
        (
            repeat_start_of_last(62),
            cut_before("重新淘了出来", "说得清。", "到了没有", "有意见当场提"),
            put("春灌放水次序及", "春灌放水次序 及"),
            lambda text: "\n\n\n" + text,
        ),
    ),
    Sample(
        "minutes/owners_meeting.txt",
        (
            put("散会时间", REGISTER_PAGE + "\n\n散会时间"),
            wrap(64, INDENT, between="\n"),
        ),
        "gb18030",
    ),
    Sample(
        "notices/library_hours.txt",
        (
            full_width_digits,
            put("阅览区", "阅览\N{ZERO WIDTH SPACE}区"),
            put("，周一", "，\N{NO-BREAK SPACE}周一"),
            put("一楼", "\N{KANGXI RADICAL ONE}楼"),
            put("儿童区", "\N{KANGXI RADICAL LEGS}童区"),
            put("服务台", "服务\N{SOFT HYPHEN}台"),
            crlf,
        ),
        "utf-8-sig",
    ),
    Sample(
        "letters/to_an_old_classmate.txt",
        (wrap(10_000, INDENT, between="\n"), put("\n祝", f"\n{INDENT}祝"), crlf),
        "utf-16",
    ),
    Sample("diary/a_wet_week.txt", (wrap(56),)),
    Sample("poems/ferry.txt"),
    Sample("traditional/tea_essay.txt", (wrap(60, INDENT, between="\n"),), "big5"),
    Sample("traditional/harbour_notice.txt", (one_line_a_paragraph,), "big5hkscs"),
    Sample(
        "novel/lamp_keeper.txt",
        (wrap(48, INDENT, between="\n"), paginate(12, 47, ("守灯人", "第三章 第二盏灯"))),
        "gb18030",
    ),
    Sample("scans/station_history.txt", (wrap(44), space_out)),
    Sample("english/soil_survey.txt"),
    Sample("english/parish_letter.txt", (wrap(64), crlf), "ascii"),
    Sample("mixed/build_cache_notes.txt", (wrap(72),)),
    Sample("foreign/station_front.txt", (), "shift_jis"),
    Sample("foreign/market_day.txt", (), "euc_kr"),
    Sample("reference/manual_contents.txt", (), "gb18030"),
    Sample("tables/stall_prices.txt"),
    Sample("newsletter/issue_03.txt"),
    Sample("newsletter/issue_03_reprint.txt", (crlf,), "utf-16"),
    Sample("newsletter/issue_04.txt", (wrap(70),), "gb18030"),
    Sample(
        "damaged/mojibake_notice.txt",
        (misread("停电通知", "utf-8"), misread(POWER_CUT, "gb18030")),
    ),
    Sample(
        "damaged/two_encodings.txt",
        (),
        "utf-8",
        (replace_bytes(OLD_PART.encode(), OLD_PART.encode("gb18030")),),
    ),
    Sample(
        "damaged/flea_market.txt",
        (),
        "gb18030",
        (
            replace_bytes("€45".encode("gb18030"), b"\x8045"),
            replace_bytes(
                "自己\N{REPLACEMENT CHARACTER}听".encode("gb18030"),
                "自己".encode("gb18030") + b"\xff" + "听".encode("gb18030"),
            ),
            replace_bytes(
                "隔音\N{REPLACEMENT CHARACTER}\n".encode("gb18030"), "隔音好".encode("gb18030")[:-1]
            ),
        ),
    ),
)
"""Every sample with a text; ``REJECTED`` holds those without."""

REJECTED = {
    "damaged/camera_card.dat": b"\x89PNG\r\n\x1a\n" + noise(900),
    "damaged/nothing.txt": b"",
}
"""Files that cannot become documents, and their bytes."""


def main() -> None:
    """Write all samples below the folder named on the command line, or ``raw/``."""
    raw = Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS.parent / "raw"
    made = {sample.path: sample.make() for sample in SAMPLES} | REJECTED
    for path, content in made.items():
        (raw / path).parent.mkdir(parents=True, exist_ok=True)
        (raw / path).write_bytes(content)


if __name__ == "__main__":
    main()
