"""What a careful user would write in an afternoon; the yardstick of the benchmarks of speed.

    python -m benchmarks.plain_script RAW TARGET

chardet for the encoding, OpenCC for the script, one rule for wrapped lines, a set of hashes for
repeats, JSON lines. It records no edits, keeps no removed text and checks nothing.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

import chardet
import opencc

CLOSING = "。！？；：…”』」.!?;:"
WHITE = re.compile(r"\s+")


def clean_folder(raw: Path, target: Path) -> None:
    """Clean every file below ``raw`` into one file of JSON lines."""
    convert = opencc.OpenCC("t2s").convert
    seen: set[bytes] = set()
    with target.open("w", encoding="utf-8") as lines:
        for path in sorted(raw.rglob("*.txt")):
            content = path.read_bytes()
            encoding = chardet.detect(content)["encoding"] or "utf-8"
            text = convert(content.decode(encoding, "replace"))
            kept = [each for each in _paragraphs(text) if _is_new(each, seen)]
            record = {"id": str(path), "encoding": encoding, "text": "\n".join(kept)}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def _paragraphs(text: str) -> list[str]:
    joined: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            continue
        if joined and len(joined[-1]) > 20 and joined[-1][-1] not in CLOSING:  # noqa: PLR2004
            joined[-1] += stripped if not stripped.isascii() else f" {stripped}"
        else:
            joined.append(stripped)
    return joined


def _is_new(paragraph: str, seen: set[bytes]) -> bool:
    digest = hashlib.blake2b(WHITE.sub("", paragraph).encode(), digest_size=16).digest()
    if digest in seen:
        return False
    seen.add(digest)
    return True


if __name__ == "__main__":
    clean_folder(Path(sys.argv[1]), Path(sys.argv[2]))
