"""Make flows/text/data/radicals.txt: which ideograph a CJK radical stands for.

Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database
(https://www.unicode.org/Public/UCD/latest/ucd/), under the Unicode licence. Only the supplement is
taken; `unicodedata` already knows the Kangxi radicals. Run from the project's root:

    python benchmarks/make_radical_table.py EquivalentUnifiedIdeograph.txt
"""

import re
import sys
from pathlib import Path

SUPPLEMENT = range(0x2E80, 0x2EF4)
TARGET = Path("flows/text/data/radicals.txt")
_ROW = re.compile(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)")


def main() -> None:
    """Write one `radical ideograph` pair of hexadecimal code points a line."""
    pairs: dict[int, int] = {}
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        if row := _ROW.match(line):
            first, last, ideograph = row[1], row[2] or row[1], row[3]
            for radical in range(int(first, 16), int(last, 16) + 1):
                pairs[radical] = int(ideograph, 16)
    rows = ["# From EquivalentUnifiedIdeograph.txt, Unicode Character Database (Unicode licence)"]
    rows += [f"{r:04X} {pairs[r]:04X}" for r in sorted(pairs) if r in SUPPLEMENT]
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows) - 1)


if __name__ == "__main__":
    main()
