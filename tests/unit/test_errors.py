"""Errors say what to do next."""

from toolkit import errors


def test_an_unknown_name_offers_the_nearest() -> None:
    """A typing mistake is mended without a manual."""
    error = errors.UnknownNameError("connector", "xeor", ["xero", "hubspot"])

    assert str(error) == "There is no connector named 'xeor'. Did you mean 'xero'?"


def test_an_unknown_name_without_a_neighbour_lists_what_there_is() -> None:
    """Far from everything, the list helps more than a guess; a name that stands for several things is in it once."""
    assert str(errors.UnknownNameError("connector", "zzz", ["xero", "ledger", "xero"])).endswith("Known: 'ledger', 'xero'.")


def test_a_list_of_names_that_goes_on_says_so() -> None:
    """Nobody takes the first twelve for all."""
    names = [f"system {number:02}" for number in range(14)]

    assert str(errors.UnknownNameError("connector", "zzz", names)).endswith("'system 11', and 2 more.")


def test_exit_codes_tell_what_to_do() -> None:
    """A script can tell wrong input from a refused plan."""
    codes = {
        errors.InputError: 3,
        errors.TableError: 3,
        errors.SnapshotMissingError: 3,
        errors.IncompleteError: 4,
        errors.RetryableError: 4,
        errors.PlanRefusedError: 5,
        errors.RejectedError: 6,
        errors.ConflictError: 6,
        errors.AuthError: 7,
        errors.BusyError: 8,
        errors.ResponseError: 1,
    }
    assert {error: error.exit_code for error in codes} == codes


def test_outside_a_notebook_an_error_is_two_lines() -> None:
    """IPython in a terminal shows the message and the next step, without what would steer the terminal."""
    error = errors.InputError("There is no folder '\x1b[31mx'.")

    assert error._render_traceback_() == ["There is no folder ' [31mx'.", "Mend it, then run this cell again."]


def test_an_error_in_a_notebook_is_inert() -> None:
    """Client text in a message is text."""
    shown = errors.BusyError("<script>alert(1)</script> $x$")._repr_html_()

    assert "<script" not in shown
    assert "mathjax_ignore" in shown
    assert "Wait for it, then run this cell again." in shown
