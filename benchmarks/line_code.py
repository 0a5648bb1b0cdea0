"""Compose prose about programs, with blocks of code, sessions and settings between."""

from typing import Final

from benchmarks.line_writer import Writer, phrases


def code(writer: Writer) -> list[str]:
    """Return prose about programs, with blocks of code, sessions and settings between."""
    parts = [writer.title()]
    for _ in range(writer.chance.randint(2, 6)):
        parts.append(writer.paragraph(3))
        if writer.happens(0.4):
            parts.append(writer.sentence(2)[:-1] + ("：" if writer.is_chinese else ":"))
        block = writer.chance.choice(_CODE)(writer)
        fence = writer.happens(0.15)
        margin = writer.chance.choice(("", "", "    "))
        lines = (
            [f"```\n{block}\n```"]
            if fence
            else ["\n".join(margin + one for one in block.split("\n"))]
        )
        parts += lines
    return parts


def _name(writer: Writer) -> str:
    words = phrases()["english"]["words"]
    first, second = writer.chance.sample(words, 2)
    return writer.chance.choice((f"{first}_{second}", f"{first}{second.title()}", first))


def _hex(writer: Writer, digits: int) -> str:
    return "".join(writer.chance.choices("0123456789abcdef", k=digits))


def _python(writer: Writer) -> str:
    names = [_name(writer) for _ in range(6)]
    lines = [f"def {names[0]}({names[1]}, {names[2]}=None):", f'    """Return the {names[3]}."""']
    for _ in range(writer.chance.randint(1, 5)):
        lines += writer.chance.choice(
            (
                [f"    {names[3]} = {names[1]}.{names[4]}({writer.chance.randint(1, 99)})"],
                [f"    for {names[5]} in {names[1]}:", f"        {names[2]}.append({names[5]})"],
                [f"    if not {names[2]}:", f"        raise ValueError({names[4]!r})"],
                [f"    # {Writer('english', writer.chance).pick('clauses')}"],
                [
                    f"    with open({names[5]!r}) as {names[4]}:",
                    f"        {names[3]} = {names[4]}.read()",
                ],
            )
        )
    return "\n".join([*lines, f"    return {names[3]}"])


def _c_code(writer: Writer) -> str:
    names = [_name(writer) for _ in range(5)]
    lines = [f"static int {names[0]}(const char *{names[1]}, size_t {names[2]})", "{"]
    for _ in range(writer.chance.randint(1, 5)):
        lines += writer.chance.choice(
            (
                [f"    {names[3]}->{names[4]} = {names[1]}[{names[2]}];"],
                [
                    f"    if ({names[2]} > {writer.chance.randint(2, 999)}) {{",
                    "        return -1;",
                    "    }",
                ],
                [f"    memcpy({names[3]}, {names[1]}, {names[2]});"],
                [f"    /* {Writer('english', writer.chance).pick('clauses')} */"],
            )
        )
    return "\n".join([*lines, "    return 0;", "}"])


def _reply(writer: Writer, name: str) -> str:
    """Return a line that a program called ``name`` prints."""
    english = Writer("english", writer.chance)
    done = f"{writer.chance.randint(2, 99)}/99"
    return writer.chance.choice(
        (
            f"{_hex(writer, 7)} {english.pick('clauses').capitalize()}",
            f"{_hex(writer, 40)} {english.pick('titles')}",
            f"{name}: {english.pick('clauses')}",
            f"{english.pick('verbs').title()} {english.pick('words')}: 100% ({done}), done.",
            f"    {_name(writer)}/{name}.c",
            f"{writer.chance.randint(1, 900)} {name} {_hex(writer, 4)}",
            english.pick("clauses").capitalize(),
            _name(writer),
        )
    )


def _session(writer: Writer) -> str:
    lines: list[str] = []
    for _ in range(writer.chance.randint(1, 4)):
        name = _name(writer)
        lines.append(
            f"{writer.chance.choice(('$ ', '> ', '# ', '$ sudo '))}{name} --{_name(writer)} {_name(writer)}/{name}.txt"
        )
        lines += [_reply(writer, name) for _ in range(writer.chance.randint(0, 6))]
    return "\n".join(lines)


def _settings(writer: Writer) -> str:
    names = [_name(writer) for _ in range(6)]
    number = writer.chance.randint(1, 9000)
    return writer.chance.choice(
        (
            f"{names[0]}:\n  {names[1]}: {number}\n  {names[2]}:\n    - {names[3]}\n    - {names[4]}\n  {names[5]}: true",
            f'{{\n  "{names[0]}": {number},\n  "{names[1]}": ["{names[2]}", "{names[3]}"],\n  "{names[4]}": null\n}}',
            f"[{names[0]}]\n{names[1]} = {number}\n{names[2]} = {names[3]}\n{names[4]} = /var/{names[5]}",
            f"SELECT {names[0]},\n       {names[1]}\n  FROM {names[2]}\n WHERE {names[3]} > {number};",  # noqa: S608 - never run
            f'<{names[0]} id="{names[1]}">\n  <{names[2]}>{number}</{names[2]}>\n</{names[0]}>',
        )
    )


def _log(writer: Writer) -> str:
    english = Writer("english", writer.chance)
    lines = [
        f"2024-03-{writer.chance.randint(10, 28)} {writer.chance.randint(10, 23)}:{writer.chance.randint(10, 59)} "
        f"{writer.chance.choice(('INFO', 'WARN', 'DEBUG'))} {_name(writer)}: {english.pick('clauses')}"
        for _ in range(writer.chance.randint(3, 10))
    ]
    return "\n".join(lines)


_CODE: Final = (_python, _python, _c_code, _session, _session, _settings, _log)
