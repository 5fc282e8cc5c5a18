"""A number on the page leads to its arithmetic in the appendix, and no link leads nowhere."""

import re

from tests.unit.report.sample_run import sample_run
from toolkit.report.document import client_report
from toolkit.report.figure_list import figure_anchor
from toolkit.report.shown import Opened, shown_figure


def test_a_number_leads_to_its_arithmetic() -> None:
    """Each link of a figure ends at a row of the appendix, and no two rows have one name."""
    run = sample_run()
    page = "".join(block._repr_html_() for part in client_report(run).sections for block in part.blocks if _is_text(block))
    links = set(re.findall(r'href="#(figure-[^"]+)"', page))
    places = re.findall(r'id="(figure-[^"]+)"', page)

    assert len(links) > 20
    assert links <= set(places)
    assert len(places) == len(set(places))


def _is_text(block: object) -> bool:
    return hasattr(block, "_repr_html_")


def test_hovering_shows_the_arithmetic() -> None:
    """Method and numbers stand beside the figure; names of ours do not."""
    row = {
        "figure_id": "x.y", "label": "Share", "value": 0.5, "unit": "share", "currency": None, "low": None, "high": None,
        "n": 4, "evidence": "measured", "method": "Counted.", "unconfirmed": None,
    }  # fmt: skip
    plain = shown_figure({"x.y": {**row, "formula": "2 / 4"}}, "x.y").html()
    ours = shown_figure({"x.y": {**row, "formula": "deal_to_invoice 2 / 4"}}, "x.y").html()

    assert 'title="Counted. Arithmetic: 2 / 4."' in plain
    assert 'title="Counted."' in ours
    assert 'href="#figure-x.y"' in plain


def test_an_arithmetic_is_escaped() -> None:
    """Client words in a label or a formula are text."""
    html = Opened("<b>", 'figure-"', "<script>").html()

    assert "<b>" not in html
    assert "<script>" not in html
    assert figure_anchor({"figure_id": 'a.b."><i>', "value": 1.0}) == "figure-a.b.___i_"
