"""Appendix: how sure the comparison of records is, and its arithmetic in bits."""

from toolkit.charts import score_histogram
from toolkit.report.blocks import Block, Chart, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.examples import pair_examples
from toolkit.report.run import RunTables

_EXAMPLES = 3
_CAPTION = "The arithmetic of a few pairs"


def build(run: RunTables) -> tuple[Block, ...]:
    """Return the histogram of probabilities and the bits of a few pairs."""
    pair = run.table("pair")
    if not pair.num_rows:
        return (Note(("No two records were close enough to be compared.",)),)
    decisions = set(pair["decision"].to_pylist())
    decision = "same" if "same" in decisions else "review"
    rows = [
        (f"{one.name_l} – {one.name_r}" if not position else "", comparison, level, f"{bits:+.1f}".replace("-", "−"))
        for one in pair_examples(run, decision=decision, limit=_EXAMPLES)
        for position, (comparison, level, bits) in enumerate(
            zip(*(one.levels[name].to_pylist() for name in ("comparison", "level", "bits")), strict=True)
        )
    ]
    return (
        Paragraph(
            (
                (
                    "Each field adds evidence in bits: one bit doubles the odds that both records are one, minus one "
                    "bit halves them. For a grade of agreement it is the binary logarithm of m/u, its frequency among "
                    "pairs that are one (m) over that among unrelated pairs (u); a rare value in common says more. Nearly "
                    "all pairs are unrelated, so a few bits are not enough. Where sister companies, a household or branches "
                    "explain the agreement as well, the probability is lower than the bits alone say."
                ),
            )
        ),
        Chart(score_histogram.chart(pair), "Number of compared pairs by the probability that both records are one."),
        *(
            [Table(("Pair", "Compared", "Agreement", "Bits"), tuple(rows), caption=_CAPTION, is_compact=True)]
            if rows
            else []
        ),
    )


SECTION = Section("Appendix: how records were compared", 92, build, is_appendix=True)
