r"""Spaces between Chinese characters that no author put there.

Damage: Chinese is written without spaces, yet readers of pages put some in: after full-width
punctuation in justified lines, at random where the glyphs stand a little apart, where a title ran
over two lines ("会议 关于" / "修缮水渠 的 请示"), and between all characters of letter-spaced words
("通 知 书"). Search and segmentation then see two words where there is one.

How it is recognised, the first rule that tells decides:
1. Nobody writes a space before a closing mark or after an opening one.
2. Words letter-spaced with one and the same gap, three characters or more, are joined; so are two
   that are a whole paragraph, unless the next one is as short: that is a list of names.
3. In a line with sentence punctuation a space after a comma goes, and one between two Han
   characters if the document shows such damage more than once.
4. In a heading it goes before 关于, 的, 和, 暨, 及, and everywhere if one of these stands alone.

What is left alone on purpose: all else. Numbers of articles and lists ("第一条 总则", "一、 x"),
dates and the weather after them, names padded to equal width ("张 三、李小四"), headlines in two
clauses, verse and tables (runs of spaces, U+3000), spaces after a full stop, lines with kana or
hangul, and spaces beside Latin letters and digits.

The rules were found by reading some of 13,533 such spaces whose truth was known, laid out or read
back by five tools; their figures on those texts say less than figures on others would.
"""

# ruff: noqa: RUF001 - look-alikes are what these tables are about

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from flows.text.patterns import compiled_later

Kind = Literal["stray", "spaced"]

_HAN: Final = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING: Final = "，。、；：？！…）》」』】〕〉”’"
_QUOTES: Final = "“”‘’"
_OPENING: Final = "（《「『【〔〈“‘"
_MARKS: Final = f"{_CLOSING}{_OPENING}—·～"
_WIDE: Final = f"{_HAN}{_MARKS}"
_NUMBER: Final = "零〇一二三四五六七八九十百两廿卅○0-9"

_GAP: Final = compiled_later(f" (?=[{_WIDE}])(?<=[{_WIDE}] )")
_SPACED: Final = compiled_later(
    f"(?<!\\S)[{_WIDE}](?P<gap>[ \u3000]{{1,4}})[{_WIDE}](?:(?P=gap)[{_WIDE}])+(?!\\S)"
)
# Two patterns, because one that begins with a plain character is searched for five times as fast.
_SPACE: Final = compiled_later(f" (?=[{_WIDE}])")
_WIDE_SPACE: Final = compiled_later(f"\u3000(?=[{_WIDE}])")
_MAY_BE_SPACED: Final = compiled_later(f"(?m)[ \u3000](?=[{_WIDE}](?:[ \u3000]|$))")
_PAIR: Final = compiled_later(f"(?m)^[{_HAN}]([ \u3000]{{1,4}})[{_HAN}]$")
_PROSE: Final = re.compile("[，。；]")
_OTHER_SCRIPT: Final = compiled_later(r"[\u3040-\u30fa\u3105-\u312f\u1100-\u11ff\uac00-\ud7a3]")
_PIECE: Final = re.compile(f"[^\\s{_MARKS}]*")
_NUMBERED: Final = compiled_later(
    rf"[（(]?(?:第[{_NUMBER}]{{1,9}}[章节節编編篇卷回條条款部项項届期集幕场場讲講课課]"
    rf"|[{_NUMBER}]{{1,9}}[、）)]?|[{_NUMBER}年月日初正元]{{1,20}}|附[件录錄表][{_NUMBER}]{{0,3}})"
    r"[）)：:]?"
)
_DATED: Final = re.compile("[一二三四五六七八九十廿卅]日$")
_DATE_AFTER: Final = re.compile(rf"[初正{_NUMBER}]{{1,4}}[年月日]")
_ORDINAL_AFTER: Final = re.compile(rf"其?[{_NUMBER}]{{1,6}}(?!\S)")
_FUNCTION_WORD: Final = re.compile(
    "关于|關於|關于|的|暨|和(?![平谐諧解美睦风風气氣])|及(?![时時格第])"
)
_ENUMERATIONS: Final = ("甲乙丙丁戊己庚辛壬癸", "东南西北中", "東南西北中", "春夏秋冬", "上中下左右",
                        "日一二三四五六七八九十", "子丑寅卯辰巳午未申酉戌亥")  # fmt: skip

# The most frequent surnames of one character, simplified and traditional.
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃"
    "武钱戴严莫孔向汤張劉陳楊黃趙吳孫馬羅鄭許韓鄧馮蕭葉蘇呂盧鍾譚陸賈鄒龍賀顧龔萬錢嚴湯"
)

_WINDOW = 60  # code points looked at on either side; long paragraphs cost no more than short ones
_MIN_PROSE_CHARS = 15  # a shorter line with a comma may be a heading or a row
_MIN_CLAUSE_CHARS = 5  # a piece this long may be half of a headline, and shows no damage
# Spaces in an impossible place or beside a short piece of prose: one may be chance. In texts
# with fewer 52 of 72 spaces in prose were their authors', in the others 191 of 7243.
_MIN_DAMAGE = 2
_MIN_SPACED_MARKS = 3
_MAX_UNLIKENESS = 2  # code points by which the halves of a title in brackets differ


@dataclass(frozen=True)
class _Gap:
    """One space between two wide characters, and the text of its line on either side."""

    start: int
    left: str
    right: str
    is_prose: bool
    at_head: bool

    @cached_property
    def pieces(self) -> tuple[int, int]:
        """How many code points stand on either side, up to the next space or mark."""
        before, after = _PIECE.match(self.left[::-1]), _PIECE.match(self.right)
        return (before.end() if before else 0, after.end() if after else 0)

    @property
    def is_impossible(self) -> bool:
        left, right = self.left[-1], self.right[0]
        if left in _QUOTES and right in _QUOTES:
            return False  # Latin text spaces quotes in quotes
        return right in _CLOSING or left in _OPENING

    @property
    def is_numbered(self) -> bool:
        """Whether a number, a date or an ordinal stands on one side, set off by its author."""
        is_head = self.at_head and _NUMBERED().fullmatch(self.left) is not None
        is_dated = _DATED.search(self.left, max(0, len(self.left) - 2)) is not None
        precedes_date = self.left[-1] not in _MARKS and _DATE_AFTER.match(self.right) is not None
        return is_head or is_dated or precedes_date

    @property
    def is_padded(self) -> bool:
        """Whether a name of two characters was padded to the width of three: ``张 三、李小四``."""
        before, after = self.left[-2:-1], self.right[1:2]
        left, right = self.pieces
        is_one_list = {before, after} - {""} in ({"、"}, {" "}, set())
        if (left, right) == (1, 1) and is_one_list:
            return True
        in_list = (left == 1 and before == "、") or (right == 1 and after == "、")
        return in_list and self.left[-1] in _SURNAMES

    @property
    def parts_clauses(self) -> bool:
        return min(self.pieces) >= _MIN_CLAUSE_CHARS


def stray_spaces(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Yield the spans of spaces to delete, ascending and disjoint, with the kind of damage.

    >>> list(stray_spaces("河水退去以后， 两岸的 人家都回 来了。"))
    [(7, 8, 'stray'), (11, 12, 'stray'), (16, 17, 'stray')]
    >>> list(stray_spaces("第三条 本办法自公布之日起施行。"))
    []
    """
    if not (_SPACE().search(text) or _WIDE_SPACE().search(text)):
        return
    found: list[tuple[int, int, Kind]] = [(*span, "spaced") for span in _spaced_spans(text)]
    inside = {start for start, _, _ in found}
    stray = (gap.start for gap in _stray_gaps(text))
    found.extend((start, start + 1, "stray") for start in stray if start not in inside)
    yield from sorted(found)


def _spaced_spans(text: str) -> Iterator[tuple[int, int]]:
    if _MAY_BE_SPACED().search(text) is None:
        return
    for run in _SPACED().finditer(text):
        if not _enumerates(run[0]) and _OTHER_SCRIPT().search(run[0]) is None:
            yield from _inner_spaces(run)
    for pair in _PAIR().finditer(text):
        if _stands_out(text, pair) and not _enumerates(pair[0]):
            yield pair.span(1)


def _inner_spaces(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    width = len(run["gap"])
    for start in range(run.start() + 1, run.end(), width + 1):
        if start + width < run.end():
            yield start, start + width


def _enumerates(run: str) -> bool:
    letters = re.sub(r"\s+", "", run)
    return any(set(letters) <= set(listed) for listed in _ENUMERATIONS)


def _stands_out(text: str, line: re.Match[str]) -> bool:
    """Whether no neighbour of a line is as short: a title, not one of a list of names."""
    before = text[max(0, line.start() - _WINDOW) : line.start()].strip("\n")
    after = text[line.end() : line.end() + _WINDOW].strip("\n")
    neighbours = before.rpartition("\n")[2], after.partition("\n")[0]
    return all(not 0 < len(neighbour) <= len(line[0]) + 2 for neighbour in neighbours)


def _stray_gaps(text: str) -> Iterator[_Gap]:
    gaps = list(_gaps(text))
    is_damaged = sum(_shows_damage(gap) for gap in gaps) >= _MIN_DAMAGE
    spaces_marks = _spaces_its_marks(text, gaps)
    for gap in gaps:
        if gap.is_impossible:
            yield gap
        elif gap.is_numbered or gap.is_padded:
            continue
        elif gap.is_prose:
            if _is_stray_in_prose(gap, is_damaged=is_damaged, spaces_marks=spaces_marks):
                yield gap
        elif _is_stray_in_heading(gap, is_damaged=is_damaged):
            yield gap


def _gaps(text: str) -> Iterator[_Gap]:
    start = end = -1
    is_prose = is_foreign = False
    for found in _GAP().finditer(text):
        if found.start() > end:
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.start())
            end = len(text) if end < 0 else end
            is_prose = (
                end - start >= _MIN_PROSE_CHARS and _PROSE.search(text, start, end) is not None
            )
            is_foreign = _OTHER_SCRIPT().search(text, start, end) is not None
        if not is_foreign:
            first = max(start, found.start() - _WINDOW)
            left, right = (
                text[first : found.start()],
                text[found.end() : min(end, found.end() + _WINDOW)],
            )
            yield _Gap(found.start(), left, right, is_prose, first == start)


def _shows_damage(gap: _Gap) -> bool:
    return gap.is_impossible or (
        gap.is_prose
        and not gap.is_numbered
        and not gap.is_padded
        and not gap.parts_clauses
        and gap.left[-1] not in _MARKS
        and gap.right[0] not in _MARKS
    )


def _spaces_its_marks(text: str, gaps: list[_Gap]) -> bool:
    """Whether most commas of the text are followed by a space, as in justified lines."""
    spaced = sum(gap.left[-1] == "，" for gap in gaps)
    return spaced >= _MIN_SPACED_MARKS and spaced * 2 > text.count("，")


def _is_stray_in_prose(gap: _Gap, *, is_damaged: bool, spaces_marks: bool) -> bool:
    left, right = gap.left[-1], gap.right[0]
    if left in _MARKS:
        return left in "，、；" or (spaces_marks and left in "。！？：")
    if right in _MARKS:
        return is_damaged and right in _OPENING
    return is_damaged and not (gap.parts_clauses and _is_headline(gap))


def _is_headline(gap: _Gap) -> bool:
    """Whether the space parts two like halves of a title in brackets or quotes."""
    left, right = gap.pieces
    opened = max(gap.left.rfind(mark) for mark in _OPENING)
    closed = max(gap.left.rfind(mark) for mark in "）》」』】〕〉”’，。；")
    return opened > closed and abs(left - right) <= _MAX_UNLIKENESS


def _is_stray_in_heading(gap: _Gap, *, is_damaged: bool) -> bool:
    if gap.left[-1] in _MARKS or gap.right[0] in _MARKS or _ORDINAL_AFTER.match(gap.right):
        return False
    if _FUNCTION_WORD.match(gap.right):
        return True
    if is_damaged and min(gap.pieces) == 1 and max(gap.pieces) >= _MIN_CLAUSE_CHARS:
        return True
    tokens = f"{gap.left} {gap.right}".split(" ")
    return any(_FUNCTION_WORD.fullmatch(token) for token in tokens)
