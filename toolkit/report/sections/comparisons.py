"""Appendix: how far each comparison of two systems can be trusted, aspect by aspect."""

from toolkit.report.blocks import Block, Inline, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.judgements import ASPECT_WORDS, VERDICT_WORDS
from toolkit.report.masking import masked_text
from toolkit.report.record_names import client_words, told
from toolkit.report.run import RunTables
from toolkit.values.written import sentence_text

_MAX_ROWS = 400


def build(run: RunTables) -> tuple[Block, ...]:
    """Return what was judged of each handoff before a figure of it was believed."""
    labels = run.handoff_labels()
    judged = run.table("handoff_judgement").to_pylist()
    if not judged:
        return (Note(("No two systems were compared.",)),)
    rows: list[tuple[Inline, ...]] = []
    for name, label in labels.items():
        own = [row for row in judged if row["handoff_id"] == name]
        if own:
            rows.append((label,))
        rows += [
            (
                ASPECT_WORDS[row["aspect"]],
                VERDICT_WORDS[row["verdict"]],
                masked_text(told(sentence_text(client_words(_said(row["reason"], row["to_do"]))))),
            )
            for row in own
        ]
    text = (
        "Before a figure is told, each comparison is judged: what is not sound is said here, and the figures that would "
        "rest on it are left out."
    )
    table = Table(("Aspect", "Judged", "What was seen"), tuple(rows[:_MAX_ROWS]), row_count=len(rows), is_compact=True)
    return (Paragraph((text,)), table)


def _said(reason: str, to_do: str | None) -> str:
    return f"{reason} {to_do}" if to_do else reason


SECTION = Section("Appendix: how far each comparison can be trusted", 88, build, is_appendix=True)
