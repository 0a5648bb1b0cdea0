"""What the pipeline may be told: one model a step, composed into one ``Settings``."""

from pydantic import BaseModel, ConfigDict, Field


class SettingsGroup(BaseModel):
    """Ground for all settings: immutable, and loud about a misspelt name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StepSettings(SettingsGroup):
    """Settings of a step that can be switched off."""

    enabled: bool = Field(default=True, description="Whether the step runs.")


class DecodingSettings(SettingsGroup):
    """From bytes to text."""


class MojibakeSettings(StepSettings):
    """Text that was decoded with the wrong codec before it reached us."""


class CharacterSettings(StepSettings):
    """Characters that look right and are not."""


class ScriptSettings(StepSettings):
    """Which Chinese script comes out."""


class FurnitureSettings(StepSettings):
    """Page numbers and running heads."""


class LineBreakSettings(StepSettings):
    """When two neighbouring lines are one sentence."""


class SplitWordSettings(StepSettings):
    """Spaces inside words."""


class RepeatSettings(StepSettings):
    """When a paragraph counts as a repeat of another in the same document."""


class SharedRepeatSettings(StepSettings):
    """When a paragraph counts as a repeat of one in another document."""


class InputSettings(SettingsGroup):
    """Which files are read, and how large they may be."""

    source: str = Field(default="raw", description="Name of the corpus, kept in every record.")
    max_file_bytes: int = Field(
        default=256 * 2**20, ge=1, description="A larger file is rejected (bytes)."
    )
    batch_bytes: int = Field(
        default=4 * 2**20, ge=1, description="Files cleaned together in one worker (bytes)."
    )


class OutputSettings(SettingsGroup):
    """How the published version is laid out."""

    shard_bytes: int = Field(
        default=128 * 2**20, ge=1, description="Source bytes whose records share one file."
    )
    keep_versions: int = Field(
        default=2, ge=1, description="Published versions kept for readers that are still at work."
    )


class Settings(SettingsGroup):
    """Everything that decides what is published, in the order of the pipeline."""

    input: InputSettings = InputSettings()
    decoding: DecodingSettings = DecodingSettings()
    mojibake: MojibakeSettings = MojibakeSettings()
    characters: CharacterSettings = CharacterSettings()
    script: ScriptSettings = ScriptSettings()
    furniture: FurnitureSettings = FurnitureSettings()
    line_breaks: LineBreakSettings = LineBreakSettings()
    split_words: SplitWordSettings = SplitWordSettings()
    repeats: RepeatSettings = RepeatSettings()
    shared_repeats: SharedRepeatSettings = SharedRepeatSettings()
    output: OutputSettings = OutputSettings()
