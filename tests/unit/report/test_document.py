import re

from tests.unit.report.sample_run import empty_run, sample_run
from toolkit.report.blocks import Bullets, Decision, Heading, Note, Paragraph, ScoreCards, Table
from toolkit.report.document import client_report


def test_every_number_of_the_first_page_is_a_row_of_the_figure_table() -> None:
    """The message and the cards state figures and nothing else."""
    run = sample_run()
    headline = client_report(run).sections[0]

    [cards] = [block for block in headline.blocks if isinstance(block, ScoreCards)]
    [lead] = [block for block in headline.blocks if isinstance(block, Paragraph) and block.is_lead]
    written = " ".join(piece for piece in lead.pieces if isinstance(piece, str))
    assert len(cards.figures) == 5
    assert {figure.figure_id for figure in cards.figures} <= set(run.figures)
    # Of how many handoffs a figure speaks stands in its label.
    assert re.findall(r"\d", written.replace("3 of 4 handoffs", "")) == []


def test_the_report_states_only_figures_of_its_run() -> None:
    """Whatever is marked as a figure leads back to a row that ``explain`` can open."""
    run = sample_run()

    stated = client_report(run).figure_ids

    assert stated <= set(run.figures)
    assert len(stated) > 50


def test_the_first_line_carries_the_message() -> None:
    """What the work costs and of what that is made, before anything else; no loss is in it."""
    lead = client_report(sample_run()).sections[0].blocks[0]

    text = re.sub(r"<[^>]*>", "", lead._repr_html_())
    assert text.startswith("Carrying data between your systems by hand or through files costs about 11,800 USD a month")
    assert "waiting" in text
    assert "never" not in text


def test_loss_cash_and_recommendation_are_sentences_of_their_own() -> None:
    """The loss stands beside the cost, the cash is in no sum, and the low case comes before the middle one."""
    blocks = client_report(sample_run()).sections[0].blocks
    sentences = [re.sub(r"<[^>]*>", "", one._repr_html_()) for one in blocks if isinstance(one, Paragraph)]
    [advice] = [re.sub(r"<[^>]*>", "", one._repr_html_()) for one in blocks if isinstance(one, Decision)]
    loss, cash = sentences[1:3]

    assert "14● won deals (worth 91,250 USD●) have no invoice" in loss
    assert "a loss of its own, not in the cost" in loss
    assert "41,000 USD" in cash
    assert "in no sum" in cash
    assert advice.index("at least 5,900 USD a month") < advice.index("8,200 USD a month")
    assert "1 of 4 handoffs now, and look again at 1 more" in advice
    assert "6.3 months" in advice


def test_without_costs_the_first_line_says_what_is_known() -> None:
    """A run that lacks the inputs of cost still has a message, and points to what is missing."""
    tables = dict(sample_run().tables)
    figure = tables["figure"]
    tables["figure"] = figure.filter([not name.startswith("roi.") for name in figure["figure_id"].to_pylist()])

    lead = client_report(sample_run(tables=tables)).sections[0].blocks[0]

    text = re.sub(r"<[^>]*>", "", lead._repr_html_())
    assert "duplicate records" in text
    assert "What is missing" in text


def test_an_empty_run_gives_a_report_that_says_so() -> None:
    """Nothing readable still makes a document, with the reason in it."""
    report = client_report(empty_run())

    page = " ".join(block._repr_html_() for block in report.blocks if hasattr(block, "_repr_html_"))
    assert "No file could be read." in page
    assert report.figure_ids == frozenset()


def test_client_text_is_escaped_in_every_kind_of_block() -> None:
    """A tag in a name is shown as it was typed."""
    evil = "<script>alert(1)</script>"
    blocks = [
        Heading(evil, 2, evil),
        Paragraph((evil,)),
        Table((evil,), ((evil,),), caption=evil),
        Note((evil,)),
        Bullets(((evil,),)),
        client_report(sample_run(client=evil)).cover,
    ]

    for block in blocks:
        assert "<script" not in block._repr_html_()
        assert "&lt;script&gt;" in block._repr_html_()


def test_a_table_that_leaves_rows_out_says_how_many_there_are() -> None:
    """Nobody takes ten rows of a thousand for the whole."""
    table = Table(("name",), (("a",), ("b",)), caption="Names", row_count=1_000)

    assert "2 of 1,000" in table._repr_html_()
