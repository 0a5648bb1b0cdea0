"""Plain callables under which evaluators and comparisons measure jiaokan's parts.

Each imports what it needs when it is called, so that one part can be measured without the others.
"""


def decode(data: bytes) -> tuple[str | None, str | None]:
    """Return the text and the codec's name; (None, None) where the bytes are declined."""
    from flows.decoding.ladder import decode as climb  # noqa: PLC0415
    from flows.errors import DocumentError  # noqa: PLC0415
    from schemas.settings import DecodingSettings  # noqa: PLC0415

    try:
        found = climb(data, DecodingSettings())
    except DocumentError:
        return None, None
    return found.text, found.encoding


def repair_mojibake(text: str) -> str:
    """Return ``text`` after the mojibake step alone."""
    from flows.edits import apply_edits  # noqa: PLC0415
    from flows.steps.mojibake import propose  # noqa: PLC0415
    from schemas.settings import MojibakeSettings  # noqa: PLC0415

    return apply_edits(text, next(iter(propose([text], MojibakeSettings()))))


def convert_script(text: str, config: str) -> str:
    """Return ``text`` converted, cleaned (``norm``), or the name of its script (``detect``).

    Any other ``config`` names an OpenCC configuration and is applied whatever the script is.
    """
    from flows.edits import apply_edits  # noqa: PLC0415
    from flows.steps.characters import propose  # noqa: PLC0415
    from flows.text.conversion import converter  # noqa: PLC0415
    from flows.text.scripts import label_script  # noqa: PLC0415
    from schemas.settings import CharacterSettings  # noqa: PLC0415

    if config == "detect":
        return label_script(text)
    if config == "norm":
        return apply_edits(text, next(propose([text], CharacterSettings())))
    return converter(config)(text)


def convert_script_with_rare_characters(text: str, config: str) -> str:
    """Return ``text`` converted as OpenCC does by default, with characters that most fonts lack."""
    from flows.text.conversion import converter  # noqa: PLC0415

    return converter(config, rare=True)(text)


def repair_lines(text: str) -> str:
    """Return ``text`` after the steps that repair lines, with default settings."""
    from flows.pipeline import STEPS  # noqa: PLC0415
    from schemas.settings import Settings  # noqa: PLC0415

    settings = Settings()
    for step in STEPS:
        if step.name in ("furniture", "line_breaks", "split_words"):
            [(text, _)] = step.run([text], settings)
    return text


def find_repeats(paragraphs: list[dict[str, object]]) -> dict[str, str]:
    """Return removed to kept paragraphs: first inside each document, then across documents.

    Args:
        paragraphs: Each with ``id``, ``doc``, ``seq`` and ``text``.
    """
    from benchmarks.paragraph_repeats import removed_to_kept  # noqa: PLC0415

    return removed_to_kept(paragraphs)
