"""Make flows/text/data/scripts.txt: characters that tell one script from another.

Source: the character dictionaries of OpenCC (Apache-2.0), read out of the installed `opencc` wheel
with the `opencc_dict` program that lies in it. Run from the project's root:

    python benchmarks/make_script_tables.py

Each line of the result is a name, a tab and characters of the basic plane in code point order:

- hans: written so only in simplified text (always converted, and never the result of a
  conversion to traditional or of a Taiwan or Hong Kong spelling of it), and not in Japanese;
- hans_or_ja: simplified in the same way, but in the Japanese standard (JIS X 0208) as well;
- hant: the reverse;
- ja: Japanese new forms that are neither, and that no Chinese codec of the last century knows.
"""

import subprocess
import tempfile
from pathlib import Path

import opencc

WHEEL = Path(opencc.__file__).parent / "clib"
TARGET = Path("flows/text/data/scripts.txt")
FIRST_BEYOND_BASIC_PLANE = "\U00010000"

Dictionary = dict[str, list[str]]


def read(name: str) -> Dictionary:
    """Return one of OpenCC's dictionaries: what is replaced, and by what, best first."""
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch) / "dictionary.txt"
        source = WHEEL / "share" / "opencc" / f"{name}.ocd2"
        command = [WHEEL / "bin" / "opencc_dict", "-f", "ocd2", "-t", "text"]
        subprocess.run([*command, "-i", source, "-o", text], check=True)  # noqa: S603 - the wheel's own program
        rows = text.read_text(encoding="utf-8").splitlines()
    return {key: values.split(" ") for key, values in (row.split("\t") for row in rows)}


def results(*dictionaries: Dictionary) -> set[str]:
    """Return every character that one of ``dictionaries`` may put in."""
    return {value for entries in dictionaries for values in entries.values() for value in values}


def always_replaced(entries: Dictionary) -> set[str]:
    """Return the characters that are never kept as they are."""
    return {key for key, values in entries.items() if key not in values}


def is_encodable(character: str, codec: str) -> bool:
    """Return whether ``codec`` has ``character``."""
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def tables() -> dict[str, set[str]]:
    """Return the character sets by name."""
    to_traditional, to_simplified = read("STCharacters"), read("TSCharacters")
    taiwan, hong_kong = read("TWVariants"), read("HKVariants")
    hans = always_replaced(to_traditional) - results(to_traditional, taiwan, hong_kong)
    hans -= set(to_simplified)  # an entry in both directions, as of 麽, tells nothing
    hant = always_replaced(to_simplified) - results(to_simplified)
    spellings = set(read("TWVariantsRev")) | set(read("HKVariantsRev"))
    hant |= {c for c in spellings - results(to_simplified) if not is_encodable(c, "gb2312")}
    japanese = set(read("JPShinjitaiCharacters")) - hans - hant
    return {
        "hans": {c for c in hans if not is_encodable(c, "shift_jis")},
        "hans_or_ja": {c for c in hans if is_encodable(c, "shift_jis")},
        "hant": hant,
        "ja": {
            c for c in japanese if not is_encodable(c, "gb2312") and not is_encodable(c, "big5")
        },
    }


def main() -> None:
    """Write the table beside the code that reads it."""
    rows = [f"# From the dictionaries of OpenCC {opencc.__version__} (Apache-2.0)"]
    for name, characters in tables().items():
        basic = sorted(c for c in characters if c < FIRST_BEYOND_BASIC_PLANE)
        rows.append(f"{name}\t{''.join(basic)}")
        print(name, len(basic))
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
