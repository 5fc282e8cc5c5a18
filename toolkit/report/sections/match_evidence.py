"""Appendix: how sure the comparison of records is, and its arithmetic in bits."""

from toolkit.charts import match_waterfall, score_histogram
from toolkit.report.blocks import Block, Chart, Note, Paragraph, Table
from toolkit.report.document import Section
from toolkit.report.examples import pair_examples
from toolkit.report.run import RunTables
from toolkit.report.shown import share_text
from toolkit.values.written import number_text

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
        (f"{one.name_l} – {one.name_r}" if not position else "", *line)
        for one in pair_examples(run, decision=decision, limit=_EXAMPLES)
        for position, line in enumerate(_arithmetic(match_waterfall.terms(one.levels, pair)))
    ]
    return (
        Paragraph(
            (
                (
                    "Each field adds evidence in bits: one bit doubles the odds that both records are one, minus one "
                    "bit halves them. For a grade of agreement it is the binary logarithm of m/u, its frequency among "
                    "pairs that are one (m) over that among unrelated pairs (u); a rare value in common says more. Nearly "
                    "all pairs are unrelated, so a few bits are not enough. Where sister companies, a household or branches "
                    "explain the agreement as well, look-alikes take bits away. All lines of a pair together are its "
                    "probability."
                ),
            )
        ),
        Chart(score_histogram.drawn(pair), "Number of compared pairs by the probability that both records are one."),
        *(
            [Table(("Pair", "Compared", "Agreement", "Bits"), tuple(rows), caption=_CAPTION, is_compact=True)]
            if rows
            else []
        ),
    )


def _arithmetic(terms: list[tuple[str, str, float]]) -> list[tuple[str, str, str]]:
    """Return the terms of a pair, and their sum with the probability that it is."""
    total = sum(bits for _, _, bits in terms)
    lines = [*terms, ("together", share_text(1 / (1 + 2**-total)), total)]
    return [(name, level, number_text(f"{bits:+.1f}".replace("-", "−"))) for name, level, bits in lines]


SECTION = Section("Appendix: how records were compared", 92, build, is_appendix=True)
