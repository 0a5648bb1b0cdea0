"""The pipeline in one place: which steps there are, and in what order they run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flows.edits import Layer, apply_edits, make_layer
from flows.steps import characters, furniture, line_breaks, mojibake, repeats, script, split_words
from schemas.edit import Edit
from schemas.settings import Settings, StepSettings

SettingsT = TypeVar("SettingsT", bound=StepSettings)


@dataclass(frozen=True, slots=True)
class Step(Generic[SettingsT]):
    """A named text step and where it finds its settings.

    Attributes:
        name: As in the rules of its edits.
        propose: Yields one list of edits for each text it is given, in order.
        settings_of: The step's own part of the settings.
        removes: Whether what it deletes is content, and so goes on record as removed text.
    """

    name: str
    propose: Callable[[Sequence[str], SettingsT], Iterable[Sequence[Edit]]]
    settings_of: Callable[[Settings], SettingsT]
    removes: bool = False

    def run(self, texts: Sequence[str], settings: Settings) -> list[tuple[str, Layer]]:
        """Return each text after this step, with the layer that made it so."""
        own = self.settings_of(settings)
        if not own.enabled:
            return [(text, Layer(self.name, (), ())) for text in texts]
        return [
            (apply_edits(text, edits), make_layer(self.name, text, edits))
            for text, edits in zip(texts, self.propose(texts, own), strict=True)
        ]


# Order matters. Characters come before script, because OpenCC maps look-alikes silently;
# furniture goes before breaks are judged; a repeat is recognised once its halves are joined.
STEPS: tuple[Step[Any], ...] = (
    Step("mojibake", mojibake.propose, lambda settings: settings.mojibake),
    Step("characters", characters.propose, lambda settings: settings.characters),
    Step("script", script.propose, lambda settings: settings.script),
    Step("furniture", furniture.propose, lambda settings: settings.furniture, removes=True),
    Step("line_breaks", line_breaks.propose, lambda settings: settings.line_breaks),
    Step("split_words", split_words.propose, lambda settings: settings.split_words),
    Step("repeats", repeats.propose, lambda settings: settings.repeats, removes=True),
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text after the whole pipeline, and how it became so."""

    text: str
    layers: tuple[Layer, ...]


def clean_texts(texts: Sequence[str], settings: Settings) -> list[CleanText]:
    """Run every enabled step over ``texts``.

    Args:
        texts: Decoded texts; the result for one never depends on the others.
        settings: What each step may do.

    Returns:
        One result a text, in order, with one layer a step, in the order the steps ran.
    """
    done: list[tuple[str, tuple[Layer, ...]]] = [(text, ()) for text in texts]
    for step in STEPS:
        stepped = step.run([text for text, _ in done], settings)
        done = [
            (text, (*layers, layer))
            for (_, layers), (text, layer) in zip(done, stepped, strict=True)
        ]
    return [CleanText(text, layers) for text, layers in done]


def clean_text(text: str, settings: Settings | None = None) -> CleanText:
    """Run every enabled step over one decoded text, with default settings unless told."""
    return clean_texts([text], settings or Settings())[0]
