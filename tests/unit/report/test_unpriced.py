import re

import pyarrow.compute as pc

from tests.unit.report.sample_run import empty_run, sample_run
from toolkit.report.run import RunTables
from toolkit.report.sections.unpriced import SECTION


def text_of(run: RunTables) -> str:
    """Return what the section says, without tags."""
    return " ".join(re.sub(r"<[^>]*>", "", block._repr_html_()) for block in SECTION.build(run))


def test_what_has_an_amount_is_not_told_a_second_time() -> None:
    """Waiting that is part of the cost of a handoff stands in the cost; that of another stands here, in words."""
    text = text_of(sample_run())

    assert "“Card payment to ledger”: items wait for the next run of a connection, half a day by our assumption" in text
    assert "today half of them take up to 2.3 days" in text
    assert "“Won deal to project”: items wait for the next run of a connection" not in text


def test_without_any_cost_all_that_was_measured_is_a_benefit_without_an_amount() -> None:
    """The list grows where nothing is priced, and says that it is in no sum."""
    tables = dict(sample_run().tables)
    tables["cost_line"] = tables["cost_line"].filter(pc.equal(tables["cost_line"]["line"], "nothing"))

    text = text_of(sample_run(tables=tables))

    assert "“Won deal to project”: items wait for the next run of a connection" in text
    assert "4.1 %● does" in text
    assert "in no sum of this report" in text


def test_a_run_without_anything_measured_has_no_such_section() -> None:
    """No benefit is promised of which nothing was seen."""
    assert not SECTION.is_for(empty_run())
