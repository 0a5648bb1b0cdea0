"""Repeated paragraphs beside other ways to find them, on pairs made from this repository's own text.

Chinese and English paragraphs of the samples and cases are copied as extraction copies them:
exactly, with other marks and widths, in the other script, with misread characters, cut at either
end. The hard pairs differ in one number, date, name or negation, or in one of several stock
phrases: two paragraphs, not copies.

Each pair is asked about by itself: are the two copies, and which goes? Prints the table that stands in
``docs/quality.md``; everything is drawn from one seed. Misreadings spare digits, numerals and
negations, for with another one of these nobody could tell the copy from another paragraph.

    python -m benchmarks.repeat_quality
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

from benchmarks.corpus import PHRASES
from benchmarks.repeat_peers import SEED, AreCopies, normalised, peers
from flows.repeats.exemptions import is_verse, weighted_length
from flows.repeats.terms import NEGATIONS, NUMERALS
from flows.steps.repeats import propose
from schemas.settings import RepeatSettings

ROOT = Path(__file__).parent.parent
PER_KIND = 200
MIN_WEIGHT, MIN_HAN = 45, 20
MISREAD = (0.01, 0.03, 0.05, 0.10)
CHINESE_FACTS = {
    "another number": ("本次共登记{}户。", ["128", "126", "231", "1280"]),
    "another numeral": ("首批名额为{}人。", ["十五", "十六", "二十五", "三十"]),
    "another date": ("以上自{}起照此办理。", ["5月12日", "5月21日", "6月12日", "9月1日"]),
    "another name": ("此事由{}经办。", ["沈玉兰", "罗家树", "沈玉梅", "彭守田"]),
    "negated": ("领票以后{}转让他人。", ["可以", "不可以"]),
}
ENGLISH_FACTS = {
    "another number": (" In all {} households took part.", ["128", "126", "231", "1280"]),
    "another numeral": (" There are {} places left.", ["fifteen", "sixteen", "thirty"]),
    "another date": (" This holds from {} onwards.", ["12 May", "21 May", "12 June"]),
    "another name": (" Please write to {} about it.", ["Ann Hollis", "Ann Harris", "Peter Voss"]),
    "negated": (" Tickets may {}be passed on.", ["", "not "]),
}
"""Sentences that say another thing when the blank is filled in otherwise."""
TO_TRADITIONAL = opencc.OpenCC("s2t")
MARKS = str.maketrans("，。；：？！", ",.;:?!")
_OTHER_SCRIPT = re.compile("[\u3040-\u30ff\uac00-\ud7a3\ufffd]")
"""Kana, hangul, and what a lost character left."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two paragraphs; ``fuller`` is 0 or 1 where just that one may stay."""

    kind: str
    are_copies: bool
    texts: tuple[str, str]
    fuller: int | None = None


Judge = Callable[[list[Pair]], list[int | None]]
"""Returns for each pair which one goes, 0 or 1; None where both stay."""


def own_paragraphs() -> list[str]:
    """Return the longer Chinese and English prose paragraphs of samples and cases, each once."""
    texts = [
        path.read_text("utf-8") for path in sorted(ROOT.glob("tests/samples/expected/**/*.txt"))
    ]
    cases = json.loads((ROOT / "tests/cases/repeats.json").read_text("utf-8"))
    texts += [case["after"] for case in cases]
    unique: dict[str, str] = {}
    for text in texts:
        for paragraph in text.split("\n\n"):
            is_prose = "\n" not in paragraph and "|" not in paragraph and not is_verse(paragraph)
            is_prose &= _OTHER_SCRIPT.search(paragraph) is None
            if is_prose and weighted_length(paragraph) >= MIN_WEIGHT:
                unique.setdefault(normalised(paragraph)[:MIN_HAN], paragraph)
    return list(unique.values())


def is_english(text: str) -> bool:
    """Return whether most of a paragraph is in Latin letters."""
    return sum(map(str.isascii, text)) > len(text) / 2


def misread(text: str, share: float, pick: random.Random, characters: str) -> str:
    """Return ``text`` with that share of its characters replaced, at least one."""
    spared = NUMERALS | NEGATIONS
    places = [at for at, one in enumerate(text) if one.isalpha() and one not in spared]
    changed = list(text)
    for at in pick.sample(places, max(1, round(share * len(places)))):
        alike = [one for one in characters if one.isascii() == text[at].isascii()]
        changed[at] = pick.choice(alike)
    return "".join(changed)


def copies(text: str, pick: random.Random, characters: str) -> Iterator[Pair]:
    """Yield copies of one paragraph, each with the paragraph itself."""
    traditional = TO_TRADITIONAL.convert(text)
    yield Pair("exact", are_copies=True, texts=(text, text))
    yield Pair("other marks", are_copies=True, texts=(text, text.translate(MARKS)))
    if normalised(traditional) != normalised(text):
        yield Pair("other script", are_copies=True, texts=(text, traditional))
    for share in MISREAD:
        changed = misread(text, share, pick, characters)
        yield Pair(f"misread {share:.0%}", are_copies=True, texts=(text, changed))
    length = len(text)
    least, most = pick.uniform(0.1, 0.4), pick.uniform(0.6, 0.9)
    for kind, part in (
        ("end cut off", text[: int(most * length)]),
        ("start cut off", text[int(least * length) :]),
        ("both cut off", text[int(least / 2 * length) : int((most + 1) / 2 * length)]),
    ):
        fuller = pick.randrange(2)
        texts = (part.strip(), text) if fuller else (text, part.strip())
        yield Pair(kind, are_copies=True, texts=texts, fuller=fuller)


def hard_pairs(text: str, pick: random.Random) -> Iterator[Pair]:
    """Yield pairs that share a paragraph, or all but a phrase, and say different things."""
    own_facts = ENGLISH_FACTS if is_english(text) else CHINESE_FACTS
    for kind, (sentence, facts) in own_facts.items():
        one, other = pick.sample(facts, 2)
        texts = (text + sentence.format(one), text + sentence.format(other))
        yield Pair(kind, are_copies=False, texts=texts)
    sentences = [
        [pick.choice(PHRASES[kind]) for kind in ("times", "places", "people", "deeds", "reasons")]
        for _ in range(3)
    ]
    said = _said(sentences)
    sentences[1][3] = pick.choice([deed for deed in PHRASES["deeds"] if deed != sentences[1][3]])
    yield Pair("another phrase", are_copies=False, texts=(said, _said(sentences)))


def _said(sentences: list[list[str]]) -> str:
    return "".join(
        f"{time}，{place}的{people}{deed}，{reason}。"
        for time, place, people, deed, reason in sentences
    )


def make_pairs() -> list[Pair]:
    """Return up to ``PER_KIND`` pairs of each kind."""
    pick = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    paragraphs = own_paragraphs()
    characters = "".join(sorted({one for text in paragraphs for one in text if one.isalpha()}))
    by_kind: dict[str, list[Pair]] = defaultdict(list)
    while not by_kind or min(map(len, by_kind.values())) < PER_KIND:
        for text in paragraphs:
            for pair in (*copies(text, pick, characters), *hard_pairs(text, pick)):
                by_kind[pair.kind].append(pair)
    return [pair for pairs in by_kind.values() for pair in pairs[:PER_KIND]]


def by_jiaokan(pairs: list[Pair]) -> list[int | None]:
    """Put each pair into a document of its own, another paragraph between them."""
    between = "下面一段与前后两段都没有关系，只是把它们隔开，好让两段不挨在一起。"
    texts = [f"{pair.texts[0]}\n\n{between}\n\n{pair.texts[1]}" for pair in pairs]
    return [
        None if not edits else int(edits[0].start > 0) for edits in propose(texts, RepeatSettings())
    ]


def by_peer(are_copies: AreCopies) -> Judge:
    """Of two copies the second goes, as the others keep the first that they see."""

    def judge(pairs: list[Pair]) -> list[int | None]:
        return [1 if are_copies(*pair.texts) else None for pair in pairs]

    return judge


JUDGES: dict[str, Judge] = {
    "jiaokan": by_jiaokan,
    **{name: by_peer(are_copies) for name, are_copies in peers().items()},
}


def is_right(pair: Pair, gone: int | None) -> bool:
    """Return whether copies were told from others; which one goes is counted apart."""
    return (gone is not None) == pair.are_copies


def main() -> None:
    """Print the table."""
    pairs = make_pairs()
    answers = {name: judge(pairs) for name, judge in JUDGES.items()}
    rows: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        rows[pair.kind].append(number)
    print(f"{len(own_paragraphs())} paragraphs, {len(pairs)} pairs")
    print("| right, % of pairs | n | " + " | ".join(JUDGES) + " |")
    print("|---|---|" + "---|" * len(JUDGES))
    for kind, numbers in rows.items():
        right = [
            sum(is_right(pairs[at], answer[at]) for at in numbers) / len(numbers)
            for answer in answers.values()
        ]
        _print_row(kind, len(numbers), right)
    cut = [at for at, pair in enumerate(pairs) if pair.fuller is not None]
    lost = [
        sum(answer[at] == pairs[at].fuller for at in cut) / len(cut) for answer in answers.values()
    ]
    _print_row("*the fuller copy is removed*", len(cut), lost)


def _print_row(name: str, count: int, shares: list[float]) -> None:
    print(f"| {name} | {count} | " + " | ".join(f"{share:.1%}"[:-1] for share in shares) + " |")


if __name__ == "__main__":
    main()
