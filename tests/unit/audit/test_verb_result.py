"""What a verb shows in a notebook: a sentence and a small table, whatever a client's text holds."""

import pandas as pd

from toolkit.audit.verb_result import MAX_ROWS, VerbResult

EVIL = '<script>alert("1")</script> $x$ \x1b[31m\u202e'


def test_a_table_is_a_table_and_client_text_is_text() -> None:
    """No cell is a tag, a formula or a command to a terminal."""
    found = VerbResult(f"Of {EVIL}.", ("system", "share"), ((EVIL, "5.7 %"),), pd.DataFrame({"a": [1]}), (EVIL,))

    page = found._repr_html_()
    assert page.count("<table") == page.count("</table>") == 1
    assert "<script" not in page
    assert "mathjax_ignore" in page
    assert "<td style='text-align: right'>5.7 %</td>" in page
    assert not any(sign in repr(found) for sign in ("\x1b", "\u202e"))
    assert repr(found).splitlines()[1].split() == ["system", "share"]


def test_a_long_answer_is_cut_and_says_where_the_rest_is() -> None:
    """Twenty rows are read; thousands are not."""
    frame = pd.DataFrame({"n": range(3888)})
    found = VerbResult("Many.", ("n",), tuple((str(number),) for number in range(3888)), frame)

    assert found._repr_html_().count("<tr>") == MAX_ROWS + 1
    assert "… and 3,868 more; .frame has all of them." in found._repr_html_()
    assert len(repr(found).splitlines()) == MAX_ROWS + 3
    assert len(found.frame) == 3888


def test_without_rows_there_is_only_the_sentence() -> None:
    """No empty table is shown."""
    found = VerbResult("There was nothing to compare.", ("a", "b"), (), pd.DataFrame())

    assert (repr(found), "<table" in found._repr_html_()) == ("There was nothing to compare.", False)
