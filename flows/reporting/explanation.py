"""What one document lost and why, for a person to judge: each removed passage beside its kept copy.

Where the two differ, the removed side shows ``[-so-]`` and the kept side ``{+so+}``, as edits are
shown elsewhere, so that it reads in a pipe as it does in colour. Paragraphs are counted from 0, as in
the records, so that a number shown here finds its paragraph there.
"""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from flows.corpus.copies import STEP, chars_by_keeper
from flows.corpus.explaining import Explanation
from flows.repeats.alignment import opcodes_of
from flows.reporting.before_after import with_signs
from flows.reporting.summary import rejection_reason
from flows.text.display import counted, visible
from schemas.rejection import Rejection
from schemas.removal import ExplainedRemoval


def explanation_lines(explanation: Explanation, limit: int) -> Iterator[RenderableType]:
    """Yield what happened to the document as a whole, then every removed passage.

    Args:
        explanation: What is on record.
        limit: Passages shown; 0 shows all. What is not shown is counted.
    """
    removals = explanation.removals
    yield Text(f"{visible(explanation.source_path)}  {explanation.document_id}", style="bold")
    if explanation.rejection:
        yield from _rejection(explanation.rejection)
        yield from _where_it_stands(removals)
    elif not removals:
        yield Text("Nothing was removed.")
    if removals:
        yield Text(f"Removed: {counted(len(removals), 'passage')}")
    for removal in removals[: limit or None]:
        yield _beside(removal)
    if limit and len(removals) > limit:
        yield Text(f"… {len(removals) - limit:,} more not shown", style="dim")


def _rejection(rejection: Rejection) -> Iterator[Text]:
    yield Text(visible(f"Rejected by {rejection.step}, {rejection_reason(rejection)}"))
    yield Text(visible(f"Advice: {rejection.advice}"))


def _where_it_stands(removals: Sequence[ExplainedRemoval]) -> Iterator[Text]:
    """Yield in which documents the text of a copy stands, the one with most of it first."""
    paths = {row.kept_document_id: row.kept_source_path for row in removals}
    shared = [row for row in removals if row.rule.startswith(f"{STEP}.")]
    for keeper, chars in chars_by_keeper(shared).most_common():
        place = f"in {paths[keeper]} ({keeper})" if keeper else "nowhere else"
        yield Text(visible(f"  {counted(chars, 'character')} {place}"))


def _beside(removal: ExplainedRemoval) -> Table | Text:
    """Return a removed passage, beside the copy that was kept for it if there is one."""
    taken = removal.removed_text.strip() or removal.removed_text
    title = visible(f"{removal.rule} at {removal.start:,}")
    if not removal.kept_document_id:
        return Text.assemble(f"{title}: ", (with_signs(taken), "red"))
    opcodes = opcodes_of(taken, removal.kept_text)
    spans = [(start, end) for _, start, end, _, _ in opcodes]
    kept_spans = [(start, end) for _, _, _, start, end in opcodes]
    title = f"{title}, similarity {removal.similarity:.3f}"
    table = Table(title=Text(title), title_justify="left", expand=True)
    place = f"kept in {visible(removal.kept_source_path)}, paragraph {removal.kept_paragraph:,}"
    for heading in ("removed", place):
        table.add_column(Text(heading), overflow="fold", ratio=1)
    table.add_row(
        _marked(taken, spans, ("[-", "-]", "red")),
        _marked(removal.kept_text, kept_spans, ("{+", "+}", "green")),
    )
    return table


def _marked(text: str, spans: Sequence[tuple[int, int]], mark: tuple[str, str, str]) -> Text:
    """Return ``text`` with the spans between two marks of one style."""
    opening, closing, style = mark
    marked, done = Text(), 0
    for start, end in spans:
        if start < end:
            marked.append(with_signs(text[done:start]))
            marked.append(f"{opening}{with_signs(text[start:end])}{closing}", style)
            done = end
    return marked.append(with_signs(text[done:]))
