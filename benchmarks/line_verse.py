"""Compose verse: regular and free in Chinese, metred and long-lined in English."""

from benchmarks.line_writer import Writer, section


def verse(writer: Writer) -> list[str]:
    """Return stanzas of a poem below its title."""
    write = _regular_verse if writer.is_chinese and writer.happens(0.6) else _free_verse
    if not writer.is_chinese:
        write = _metred_verse if writer.happens(0.6) else _long_verse
    parts: list[str] = []
    is_numbered = writer.happens(0.35)
    for number in range(writer.chance.randint(1, 7)):
        parts.append(section(writer, number) if is_numbered else writer.pick("titles"))
        if not is_numbered and writer.happens(0.4):
            parts.append(writer.pick("names"))
        parts += write(writer)
    return parts


def _regular_verse(writer: Writer) -> list[str]:
    feet = writer.chance.choice((4, 5, 7))
    pairs = writer.happens(0.5)
    lines: list[str] = []
    for _ in range(writer.chance.choice((2, 4, 8))):
        halves = [_half_line(writer, feet) for _ in range(2)]
        lines += [f"{halves[0]}，{halves[1]}。"] if pairs else [f"{halves[0]}，", f"{halves[1]}。"]
    stanza = writer.chance.choice((len(lines), 4, 1))
    return ["\n".join(lines[at : at + stanza]) for at in range(0, len(lines), stanza)]


def _half_line(writer: Writer, feet: int) -> str:
    text = ""
    while len(text) < feet:
        text += writer.pick("words") if len(text) % 4 == 0 else writer.pick("verbs")
    return text[:feet]


def _free_verse(writer: Writer) -> list[str]:
    marked = writer.chance.choice((0.0, 0.3, 0.9))
    stanzas: list[str] = []
    for _ in range(writer.chance.randint(2, 6)):
        lines: list[str] = []
        for _ in range(writer.chance.randint(2, 7)):
            line = writer.pick("clauses")[: writer.chance.randint(3, 16)]
            lines.append(line + ("，" if writer.chance.random() < marked else ""))
        lines[-1] = lines[-1].rstrip("，") + ("。" if marked else "")
        stanzas.append("\n".join(lines))
    return stanzas


def _verse_words(writer: Writer, words: int) -> str:
    kinds = ("words", "verbs", "links")
    return " ".join(writer.pick(kinds[at % 3]) for at in range(words))


def _metred_verse(writer: Writer) -> list[str]:
    feet, capital = writer.chance.randint(4, 7), writer.happens(0.85)
    stanzas: list[str] = []
    inset = writer.chance.choice(("", "", "  "))
    marks = writer.chance.choice((("", ",", ";", "."), ("", "", "", ""), (",", ",", ";", "")))
    for _ in range(writer.chance.randint(1, 8)):
        lines = [_verse_words(writer, feet + writer.chance.randint(-1, 1)) for _ in range(4)]
        if capital:
            lines = [line[0].upper() + line[1:] for line in lines]
        lines = [line + writer.chance.choice(marks) for line in lines]
        lines[1::2] = [inset + line for line in lines[1::2]]
        lines[-1] = lines[-1].rstrip(",;.") + ("." if any(marks) else "")
        stanzas.append("\n".join(lines))
    return stanzas


def _long_verse(writer: Writer) -> list[str]:
    """Return free verse whose lines may be longer than a line of print."""
    stanzas: list[str] = []
    for _ in range(writer.chance.randint(2, 8)):
        lines: list[str] = []
        for _ in range(writer.chance.randint(1, 8)):
            line = (
                writer.pick("clauses")
                if writer.happens(0.4)
                else _verse_words(writer, writer.chance.randint(3, 26))
            )
            lines.append(
                line[0].upper() + line[1:] + writer.chance.choice((",", ",", "", "!", "."))
            )
        stanzas.append("\n".join(lines))
    return stanzas
