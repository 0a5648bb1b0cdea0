"""What the pipeline may be told: one model a step, composed into one ``Settings``."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.regular_expression import RegularExpression


class SettingsGroup(BaseModel):
    """Ground for all settings: immutable, and loud about a misspelt name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StepSettings(SettingsGroup):
    """Settings of a step that can be switched off."""

    enabled: bool = Field(default=True, description="Whether the step runs.")


class DecodingSettings(SettingsGroup):
    """From bytes to text."""

    # 2,048 and 4,096 bytes read the same 1,711 public files right; the time grows with the sample.
    sample_bytes: int = Field(
        default=2048,
        ge=64,
        description="Encodings are compared on so much of a file, from its first non-ASCII byte on (bytes).",
    )
    # One stray byte in a line of 20 characters passes; where each line has several, reading is a guess.
    max_damaged_share: float = Field(
        default=0.05,
        ge=0.0,
        le=1.0,
        description="A document with more U+FFFD, put in or brought along, is rejected (share of its "
        "code points).",
    )


class MojibakeSettings(StepSettings):
    """Text that was decoded with the wrong codec before it reached us."""

    # Of 13,193 misread lines 97.9 % come back at 0.30 and 98.2 % at 0.22; at neither is one of them,
    # or of 149,802 clean ones, changed wrongly. The safer of the two.
    min_gain: float = Field(
        default=0.30,
        ge=0.22,
        le=1.0,
        description="A repaired line must save at least this share of its code length.",
    )


class CharacterSettings(StepSettings):
    """Characters that look right and are not: which rules act."""

    line_end: bool = Field(
        default=True, description="Every line end becomes a line feed; a form feed stays."
    )
    control: bool = Field(default=True, description="Control characters are deleted.")
    invisible: bool = Field(
        default=True, description="Zero-width spaces, soft hyphens and inner BOMs are deleted."
    )
    space: bool = Field(default=True, description="No-break and thin spaces become a space.")
    kangxi_radical: bool = Field(default=True, description="Kangxi radicals become ideographs.")
    radical_supplement: bool = Field(
        default=True, description="Other radicals become the ideographs they stand for."
    )
    compatibility_ideograph: bool = Field(
        default=True, description="Compatibility ideographs become the unified ones."
    )
    fullwidth: bool = Field(
        default=True, description="Full-width letters and digits become ASCII; no punctuation."
    )
    ligature: bool = Field(default=True, description="Latin ligatures become letters.")
    arabic_form: bool = Field(
        default=True, description="Arabic presentation forms become letters in Arabic lines."
    )
    surrogate: bool = Field(default=True, description="A lone surrogate becomes U+FFFD.")
    nfc: bool = Field(default=True, description="The rest is brought to Unicode's form NFC.")
    # Nothing is lost where these two stay off; on, they change the author's marks.
    ellipsis: bool = Field(
        default=False, description="In Chinese, `...`, `......` and `。。。` become `……`."
    )
    punctuation: bool = Field(
        default=False,
        description="ASCII punctuation between Han characters, or after them at the end of a "
        "line, becomes full-width.",
    )


class ScriptSettings(StepSettings):
    """Which Chinese script comes out."""

    target: Literal["simplified", "traditional", "taiwan", "hong_kong", "keep"] = Field(
        default="simplified",
        description="Script of the clean text; `keep` converts nothing. Traditional text stays as "
        "it is for every traditional target.",
    )
    source_region: Literal["auto", "taiwan", "hong_kong"] = Field(
        default="auto",
        description="Where traditional text comes from: Taiwan writes the particle 着 as 著. "
        "`auto` decides for each document.",
    )
    quotes: bool = Field(
        default=False,
        description="Quotation marks of a converted line follow the script, where they balance.",
    )
    protected_words: tuple[str, ...] = Field(
        default=(), description="Words that are never converted, as they stand in the text."
    )
    rare_characters: bool = Field(
        default=False,
        description="Conversion may put in characters that most fonts lack.",
    )


class FurnitureSettings(StepSettings):
    """Page numbers and running heads.

    Measured on development documents of genres that the weights had not seen: at 0.5 precision is
    99.0 and recall 96.8, and 628 characters of text go with the furniture; at 0.65 99.4 and 96.3
    (309), at 0.8 99.7 and 95.0 (103), at 0.9 99.9 and 92.7 (25). Losing text is the worse error.
    """

    min_score: float = Field(
        default=0.8,
        ge=0.5,
        le=1.0,
        description="Probability from which a line that looks like furniture is taken out.",
    )


class LineBreakSettings(StepSettings):
    """When two neighbouring lines are one sentence.

    Measured on development documents of genres that the weights had not seen: from 0.35 to 0.65 the
    F1 of joins stays within a tenth of a point of 98.6; the share of breaks that stay as they must
    rises from 0.971 over 0.978 at 0.5 to 0.985.
    """

    min_score: float = Field(
        default=0.5,
        gt=0.0,
        le=1.0,
        description="Probability from which two lines are joined.",
    )


class SplitWordSettings(StepSettings):
    """Spaces and soft hyphens inside words, and spaces missing between them."""

    chinese_spaces: bool = Field(
        default=True, description="Stray spaces between Chinese characters go."
    )
    letter_spaced_titles: bool = Field(
        default=True, description="Latin titles such as `T H E  E N D` are joined."
    )
    soft_hyphens: bool = Field(default=True, description="Soft hyphens inside words go.")
    widened_spaces: bool = Field(
        default=True, description="Runs of spaces in Latin prose become one space."
    )
    split_english_words: bool = Field(
        default=True,
        description="Pieces of English words (`har bour`) are joined in documents with such damage.",
    )
    run_together_english_words: bool = Field(
        default=True,
        description="English words in one (`ofthe`) are parted in documents with such damage.",
    )


class RepeatSettings(StepSettings):
    """When a paragraph counts as a repeat of another in the same document.

    Lengths are weighted characters: three Latin letters, or two kana or Korean syllables, count
    as one Chinese character.
    """

    near: bool = Field(default=True, description="Copies with misreadings go too.")
    truncated: bool = Field(default=True, description="Cut or contained copies go too.")
    min_weight: int = Field(
        default=14,
        ge=8,
        description="A shorter paragraph is a salutation, label or refrain and never goes "
        "(weighted characters).",
    )
    # Sentences such as a vote's result stand after each item of the minutes and are below 32; of
    # 397 copies planted in the development corpus, cut ones and boilerplate apart, none was.
    min_lone_weight: int = Field(
        default=32,
        ge=8,
        description="A shorter whole paragraph goes only beside its copy or in a repeated "
        "passage (weighted characters).",
    )
    protect: tuple[RegularExpression, ...] = Field(
        default=(),
        description="Regular expressions, searched for in the first 200 code points of a "
        "paragraph; where one is found, the paragraph is never compared.",
    )


class SharedRepeatSettings(StepSettings):
    """When a paragraph counts as a repeat of one in another document.

    Lengths are weighted characters: three Latin letters, or two kana or Korean syllables, count
    as one Chinese character.
    """

    near: bool = Field(default=True, description="Copies with misreadings go too.")
    truncated: bool = Field(default=True, description="Copies cut at their end go too.")
    # Formulas, titles and contact lines that documents share are mostly below 32. Of 500 reworded
    # paragraphs of different government reports 3 go with 14, 2 with 22, 1 with 32, none with 48.
    min_weight: int = Field(
        default=32,
        ge=8,
        description="A shorter paragraph is shared wording, not a copy (weighted characters).",
    )
    # Of 109 copies cut at their end between documents 7 lie between 22 and 32, none below.
    min_cut_weight: int = Field(
        default=22,
        ge=8,
        description="A shorter one goes where a longer has it word for word and it breaks off, or "
        "begins, inside a clause (weighted characters).",
    )
    protect: tuple[RegularExpression, ...] = Field(
        default=(), description="The same for documents: see `repeats.protect`."
    )
    # Of 2,519 synthetic documents 119 are copies, noise apart; 101 of these are left with
    # less than 0.1, and no other document with less than 0.33.
    remainder_share: float = Field(
        default=0.1,
        ge=0.0,
        lt=1.0,
        description="A document with no more left of its text when its repeats are out is a copy "
        "and is rejected (share of the code points that are no white space).",
    )


class InputSettings(SettingsGroup):
    """Which files are read, and how large they may be."""

    source: str = Field(default="raw", description="Name of the corpus, kept in every record.")
    patterns: tuple[str, ...] = Field(
        default=("*",),
        description="Shell patterns of paths below the raw folder that are documents; "
        "`*` also matches `/`. Names that begin with a dot never are.",
    )
    ignore: tuple[str, ...] = Field(
        default=("README.md",), description="Shell patterns of paths that are no documents."
    )
    max_file_bytes: int = Field(
        default=256 * 2**20, ge=1, description="A larger file is rejected (bytes)."
    )
    # Cleaning takes some 150 bytes of memory a character: 5 GB at this length.
    max_chars: int = Field(
        default=32 * 2**20, ge=1, description="A longer text is rejected (code points)."
    )
    # The slowest text that was made, of copies that differ in a number, takes 20 microseconds a
    # character: 11 minutes at the length above.
    max_seconds: int = Field(
        default=1800,
        ge=1,
        description="A document that takes longer to clean is rejected (seconds).",
    )
    batch_bytes: int = Field(
        default=2**20, ge=1, description="Files cleaned together in one worker (bytes)."
    )


class OutputSettings(SettingsGroup):
    """How the published version is laid out."""

    shard_bytes: int = Field(
        default=128 * 2**20, ge=1, description="Source bytes whose records share one file."
    )
    keep_versions: int = Field(
        default=2, ge=1, description="Published versions kept for readers that are still at work."
    )
    keep_work: bool = Field(
        default=True,
        description="Cleaned batches are kept for the next run, which cleans only what changed; "
        "they take about twice the room of a version.",
    )
    deleted: Literal["remove", "keep"] = Field(
        default="remove",
        description="What becomes of a document whose file is gone. Kept, it stays as it was "
        "cleaned last, for as long as the work is there.",
    )

    @model_validator(mode="after")
    def _keeps_work_for_kept_documents(self) -> Self:
        if self.deleted == "keep" and not self.keep_work:
            raise ValueError("deleted = keep needs keep_work, where those documents lie")
        return self


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
