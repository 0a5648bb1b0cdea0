"""Compose prose, speech, plays, statutes, lists, letters, diaries, tables and contents pages."""

from benchmarks.line_writer import HAN_NUMBERS, Writer, han_number, section


def prose(writer: Writer) -> list[str]:
    """Return headings and paragraphs."""
    parts: list[str] = []
    is_numbered = writer.happens(0.25)
    for number in range(writer.chance.randint(1, 6)):
        if is_numbered:
            parts.append(section(writer, number))
        elif writer.happens(0.6):
            parts.append(writer.title())
        parts += [writer.paragraph() for _ in range(writer.chance.randint(1, 6))]
    return parts


def dialogue(writer: Writer) -> list[str]:
    """Return lines of speech, a paragraph each, with prose between them."""
    quote = ("“", "”") if writer.is_chinese else ('"', '"')
    parts = [writer.paragraph(2)]
    for _ in range(writer.chance.randint(3, 12)):
        is_short = writer.happens(0.5)
        said = writer.sentence(1) if is_short else writer.paragraph(3)
        parts.append(f"{quote[0]}{said.replace(quote[0], '').replace(quote[1], '')}{quote[1]}")
        if writer.happens(0.2):
            parts.append(writer.paragraph(2))
    return parts


def play(writer: Writer) -> list[str]:
    """Return speeches, each behind its speaker's name, and stage directions."""
    mark = "：" if writer.is_chinese else writer.chance.choice((". ", ": ", ".—"))
    own_line = not writer.is_chinese and writer.happens(0.25)
    parts: list[str] = []
    for _ in range(writer.chance.randint(6, 24)):
        name = writer.pick("names")
        speech = writer.sentence(1) if writer.happens(0.5) else writer.paragraph(3)
        parts.append(f"{name}\n{speech}" if own_line else f"{name}{mark}{speech}")
        if writer.happens(0.15):
            brackets = "（）" if writer.is_chinese else "[]"
            parts.append(f"{brackets[0]}{writer.sentence(2)}{brackets[1]}")
    return parts


def statute(writer: Writer) -> list[str]:
    """Return articles of a regulation with numbered items."""
    parts: list[str] = []
    article = writer.chance.randint(1, 30)
    for _ in range(writer.chance.randint(3, 14)):
        article += 1
        if writer.is_chinese:
            opening = f"第{han_number(article)}条{writer.chance.choice(('  ', ' ', chr(0x3000)))}"
            numbers = [f"（{one}）" for one in HAN_NUMBERS]
            ends = ("；", "。", "：")
        else:
            opening = f"{article}. "
            numbers = [f"({one}) " for one in "abcdefghij"]
            ends = (";", ".", ":")
        if writer.happens(0.3):
            parts.append(opening + writer.sentence(2)[:-1] + ends[2])
            items = writer.chance.randint(2, 6)
            parts += [
                numbers[at] + writer.sentence(2)[:-1] + ends[at == items - 1] for at in range(items)
            ]
        else:
            parts.append(opening + writer.paragraph(3))
    return parts


def outline(writer: Writer) -> list[str]:
    """Return prose with lists of short and of long items."""
    parts = [writer.title(), writer.paragraph(2)]
    for _ in range(writer.chance.randint(1, 4)):
        form = writer.chance.choice(
            (
                "{n}. ",
                "- ",
                "• ",
                "{n}、" if writer.is_chinese else "* ",
                "（{n}）" if writer.is_chinese else "({n}) ",
            )
        )
        longest = writer.chance.choice((1, 1, 3))
        items: list[str] = []
        for at in range(writer.chance.randint(3, 9)):
            body = writer.pick("clauses") if longest == 1 else writer.sentence(longest)
            items.append(form.format(n=at + 1) + body)
            if writer.happens(0.15):
                items.append(f"  - {writer.pick('words')}")
        parts += ["\n".join(items)] if writer.happens(0.5) else items
        parts.append(writer.paragraph(3))
    return parts


def letter(writer: Writer) -> list[str]:
    """Return a letter with address, salutation, closing and signature."""
    name = writer.pick("names")
    if writer.is_chinese:
        opening, closing = (
            [f"{name}同志："],
            ["此致\n敬礼", f"{writer.pick('heads')}编委会\n2024年3月5日"],
        )
    else:
        opening = [
            f"{writer.chance.randint(2, 90)} Mill Road\nLower Meadows\nOakford",
            f"Dear {name.title()},",
        ]
        closing = [f"With kind regards,\n{writer.pick('names').title()}"]
    return [*opening, *(writer.paragraph(3) for _ in range(writer.chance.randint(1, 4))), *closing]


def diary(writer: Writer) -> list[str]:
    """Return entries of a few words each, behind their date."""
    first = writer.chance.randint(1, 9)
    parts: list[str] = []
    for day in range(first, first + writer.chance.randint(4, 18)):
        date = (
            f"{han_number(day)}日{writer.chance.choice(('  ', ' ', chr(0x3000)))}{writer.chance.choice('晴雨阴雪')}。"
            if writer.is_chinese
            else f"May {day}. "
        )
        parts.append(date + writer.paragraph(writer.chance.choice((1, 1, 2, 4))))
    return parts


def table(writer: Writer) -> list[str]:
    """Return tables between paragraphs."""
    parts = [writer.paragraph(3)]
    for _ in range(writer.chance.randint(1, 3)):
        columns = writer.chance.randint(2, 5)
        rows = [[writer.pick("words").title() for _ in range(columns)]]
        for _ in range(writer.chance.randint(3, 9)):
            cells = [
                str(writer.chance.randint(1, 90_000) / writer.chance.choice((1, 10)))
                for _ in range(columns - 1)
            ]
            rows.append([writer.pick("words"), *cells])
        if writer.happens(0.2):
            lines = [f"| {' | '.join(row)} |" for row in rows]
        else:
            width = writer.chance.randint(9, 16)
            lines = ["".join(cell.ljust(width) for cell in row).rstrip() for row in rows]
        parts += ["\n".join(lines), writer.paragraph(3)]
    return parts


def contents(writer: Writer) -> list[str]:
    """Return a contents page and the beginning of what follows."""
    page = 1
    lines: list[str] = []
    dots = writer.chance.choice(("." * 20, "……………", " . . . . . . . . "))
    for _ in range(writer.chance.randint(5, 20)):
        page += writer.chance.randint(1, 12)
        lines.append(f"{writer.title()} {dots} {page}")
    return [writer.pick("heads"), "\n".join(lines), *prose(writer)]
