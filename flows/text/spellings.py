"""Where OpenCC's answer for a character is known to be wrong, and what is right there.

OpenCC replaces words by dictionary and the rest character by character, so a character with two
readings goes wrong in a word that no dictionary has: tw2s takes 著 in 專著 for the particle 着, s2t
takes 被发明 for the idiom 被髮 ("with loose hair"). Each entry here names one character, the places
it speaks for and the result there; everything else stays OpenCC's. Source and result of a place
are one character each, so entries never move text.

Entries are ours, found by reading what OpenCC does to ordinary sentences. They are facts of the
written language, not of a corpus: an entry names the shortest context that decides.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a character becomes in the places that ``where`` matches.

    Attributes:
        becomes: The result, one character.
        where: An expression matched from the character on; it may look behind.
    """

    becomes: str
    where: re.Pattern[str]


Entry = tuple[str, str, str]
"""A character, what it becomes, and where."""
Spellings = Mapping[str, tuple[Spelling, ...]]


def _at_end_of(words: str, unless: str = "") -> str:
    """Return an expression for the last character of ``words``, if ``unless`` does not follow."""
    places = "|".join(f"{word[-1]}(?<={word})" for word in words.split())
    return f"(?:{places})(?!{unless})" if unless else places


def _anywhere(pairs: str) -> Iterable[Entry]:
    """Return an entry for each pair of a character and its result."""
    return ((pair[0], pair[1], pair[0]) for pair in pairs.split())


# 著 is the particle 着 in Taiwanese text, except in words for writing and for being plain to see.
# Verbs that end like such a word come first: 討論著 is no 論著, 配合著 no 合著.
_VERBS_WITH_PARTICLE: Final = _at_end_of(
    "討論著 談論著 議論著 爭論著 辯論著 評論著 配合著 結合著 混合著 融合著 迎合著 符合著 集合著 聯合著 組合著 "
    "綜合著 挑選著 重新著 接近著 靠近著 附近著 逼近著 臨近著 比較著 計較著",
    unless="[作名述者稱称錄录書书]",
)
_NOUNS_OF_WRITING: Final = _at_end_of(
    "原著 專著 专著 论著 論著 译著 譯著 拙著 名著 巨著 卓著 土著 较著 較著 微知著 威並著 威并著 昭著 显著 顯著"
)
# 著手, 著陸 and so on, and what can be shut or braided rather than written.
_STARTS_A_VERB: Final = (
    "著(?=[陸陆手眼火重想急涼凉色力落迷魔實实地床])"
    "|著(?<=合著)(?=[眼嘴雙双掌])|著(?<=編著)(?=[辮辫織织花竹籃篮])"
)
_NOUNS_THAT_MAY_BE_VERBS: Final = _at_end_of("编著 編著 遗著 遺著 新著 近著 撰著 合著 所著")
_HAS_WRITTEN: Final = (
    r"(?<![穿隨沿帶跟看])著(?=有(?:《|[一二兩三四五六七八九十百多數\d]+[部本卷篇冊首]"
    "|大量|詩集|小說|文集|專著|論文))"
)

_TO_SIMPLIFIED: Final[tuple[Entry, ...]] = (
    ("著", "着", _VERBS_WITH_PARTICLE),
    ("著", "著", _NOUNS_OF_WRITING),
    ("著", "着", _STARTS_A_VERB),
    ("著", "著", _NOUNS_THAT_MAY_BE_VERBS),
    ("著", "著", _HAS_WRITTEN),
    (
        "帳",
        "账",
        "帳(?<![蚊營床牀紗篷]帳)(?=[戶户號号單单簿目款面本])|"
        + _at_end_of("記帳 轉帳 結帳 算帳 欠帳 付帳 查帳 賴帳"),
    ),
    ("於", "于", "於(?=倫敦|伦敦)"),
    # Common in Taiwan or Hong Kong and in no dictionary of the direction.
    *_anywhere("姪侄 砲炮 牠它 妳你 衞卫 敍叙 枱台 粧妆 糭粽 衹只"),
)

_HAIR: Final = "[型廊夹胶际根髻辫梢丝质蜡饰箍卡绳带色匠量妆网套雕屋左缨文跣徒佯液剂水油灵膏精]"

_TO_TRADITIONAL: Final[tuple[Entry, ...]] = (
    # 被髮 only in the idioms of loose hair, 生髮 only of hair tonics, 括髮 never.
    ("发", "發", f"发(?<=[被生括]发)(?!{_HAIR})"),
    ("了", "了", "了(?=如(?!指掌))|了(?<=[问说表证声查阐标写指讲]明了)"),
    ("制", "製", "制(?<=参与制)(?=[造作])"),
    ("余", "余", "余(?<=姓余)(?<!百姓余)"),
    ("冲", "沖", "冲(?=[调泡]|[了杯]?(?:一?杯)?(?:咖啡|热水|热茶|奶粉))"),
    ("只", "只", "只(?<![一二两三四五六七八九十百千几数0-9这那哪每某]只)(?=[能是想会要])"),
    ("出", "出", "出(?<=一出)(?=炉)"),
    ("向", "向", "向(?=导师(?!傅))"),
)


@cache
def spellings(config: str) -> Spellings:
    """Return the entries for one of OpenCC's configurations, by character.

    >>> sorted(spellings("s2tw"))[:3], spellings("t2tw")
    (['了', '余', '冲'], {})
    """
    entries: tuple[Entry, ...] = ()
    if config in ("t2s", "tw2s", "tw2sp", "hk2s", "hk2sp"):
        entries = _TO_SIMPLIFIED
    elif config.startswith("s2"):
        entries = _TO_TRADITIONAL
    table: dict[str, list[Spelling]] = {}
    for character, becomes, where in entries:
        table.setdefault(character, []).append(Spelling(becomes, re.compile(where)))
    return {character: tuple(rows) for character, rows in table.items()}
