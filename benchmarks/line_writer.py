"""Write titles, sentences and paragraphs from a few phrases that were written for it.

What tells a wrapped line from one that ends is geometry and marks, seldom words, so sentences are
put together by chance (``line_phrases.toml``); their grammar is sound, their sense is not.
"""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

_MARKS: Final = {"chinese": "，，，；、", "english": ",,,;"}
_DRESSES: Final = {
    "chinese": ("{text}", "{text}（共{number}项）", "“{text}”{name}说", "按照《{title}》，{text}"),
    "english": ("{text}", "{text} ({number})", '"{text}," said {name}', "{text} (see {title})"),
}
HAN_NUMBERS: Final = "一二三四五六七八九十"
_TENS: Final = ("", "十", *(f"{tens}十" for tens in HAN_NUMBERS[1:9]))


@cache
def phrases() -> Mapping[str, Any]:
    """Return the phrases by language and kind."""
    return tomllib.loads((Path(__file__).parent / "line_phrases.toml").read_text("utf-8"))


def heads(language: str) -> list[str]:
    """Return titles that running heads repeat."""
    found: list[str] = phrases()[language]["heads"]
    return found


@dataclass(slots=True)
class Writer:
    """Writes pieces of documents in one language.

    Attributes:
        language: ``chinese`` or ``english``.
        chance: Where all choices come from.
    """

    language: str
    chance: random.Random

    @property
    def is_chinese(self) -> bool:
        """Whether it writes Chinese."""
        return self.language == "chinese"

    def pick(self, kind: str) -> str:
        """Return one of the phrases of a kind."""
        found: str = self.chance.choice(phrases()[self.language][kind])
        return found

    def happens(self, share: float) -> bool:
        """Return whether something happens that does in such a share of cases."""
        return self.chance.random() < share

    def sentence(self, most: int = 4) -> str:
        """Return one to ``most`` clauses that end in a full stop."""
        clauses = [self.pick("clauses") for _ in range(self.chance.randint(1, most))]
        text = clauses[0]
        for clause in clauses[1:]:
            mark = self.chance.choice(_MARKS[self.language])
            text += mark + ("" if self.is_chinese else self.chance.choice((" ", " and "))) + clause
        end = self.chance.choices("。！？" if self.is_chinese else ".!?", (20, 1, 1))[0]
        return self._dressed(text) + end

    def _dressed(self, text: str) -> str:
        """Return ``text`` with a figure, a name or a remark in it, now and then."""
        number = self.chance.choice(("2019", "47", "3.5", "1,200", "86%"))
        if not self.is_chinese:
            text = text[0].upper() + text[1:]
        forms = _DRESSES[self.language]
        form = self.chance.choices(forms, (15, *[1] * (len(forms) - 1)))[0]
        return form.format(
            text=text, number=number, name=self.pick("names"), title=self.pick("heads")
        )

    def paragraph(self, most: int = 6) -> str:
        """Return one to ``most`` sentences."""
        space = "" if self.is_chinese else " "
        return space.join(self.sentence() for _ in range(self.chance.randint(1, most)))

    def title(self) -> str:
        """Return a heading, with or without a number."""
        title, number = self.pick("titles"), self.chance.randint(1, 9)
        if self.is_chinese:
            form = self.chance.choice(
                ("{t}", "{h}、{t}", "第{h}章 {t}", "（{h}）{t}", "{n}.{n} {t}")
            )
        else:
            form = self.chance.choice(
                ("{t}", "{n} {t}", "{n}.{n} {t}", "Chapter {n}: {t}", "# {t}")
            )
        return form.format(t=title, n=number, h=HAN_NUMBERS[number - 1])


def han_number(number: int) -> str:
    """Return a Han numeral below a hundred.

    >>> han_number(21)
    '二十一'
    """
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (HAN_NUMBERS[ones - 1] if ones else "")


def section(writer: Writer, number: int) -> str:
    """Return the number that stands above a section, as page numbers stand alone."""
    if writer.is_chinese:
        return (HAN_NUMBERS[number], str(number + 1))[writer.happens(0.7)]
    return (("I", "II", "III", "IV", "V", "VI", "VII")[number], str(number + 1))[
        writer.happens(0.7)
    ]
