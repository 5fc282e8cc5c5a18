"""What is agreed on before a client goes live, as engagement.yaml says it: usual values, and what is refused."""

from datetime import date, datetime
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.golive.gates import GateLimits
from toolkit.settings import Settings, load_settings

RUN = """\
client: Harbor & Pine
parallel_run:
  billed:
    manual: ledger.invoices
    integrated: trial.invoices
    from: 2026-03-02
    limit: 0.1
    working_days: 5
"""
CUTOVER = """\
client: Harbor & Pine
cutover:
  freeze: 2026-03-06T18:00
  live: 2026-03-09
  gates: {invoice: {max_missing: 0}}
"""


def _loaded(folder: Path, text: str) -> Settings:
    path = folder / "engagement.yaml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path).settings


def test_a_limit_and_both_lists_are_enough(tmp_path: Path) -> None:
    """Five working days from Monday to Friday, unless another thing was agreed on."""
    one = _loaded(tmp_path, RUN.replace("    working_days: 5\n", "")).parallel_run["billed"]

    assert (one.rule.working_days, one.rule.limit, one.rule.min_match_rate) == (5, 0.1, None)
    assert [one.calendar.holds(date(2026, 3, day)) for day in range(2, 9)] == [True] * 5 + [False] * 2


def test_a_gate_that_is_not_named_is_as_usual(tmp_path: Path) -> None:
    """A day without a time is its beginning; what a gate does not say stays."""
    cutover = _loaded(tmp_path, CUTOVER).cutover

    assert cutover is not None
    assert cutover.live == datetime(2026, 3, 9)  # noqa: DTZ001 - the client's zone is added where it is known
    assert cutover.gates["invoice"].limits(GateLimits()) == GateLimits(max_missing=0)


@pytest.mark.parametrize(
    ("replaced", "by", "said"),
    [
        ("limit: 0.1", "limit: 10", "less than or equal to 1"),
        ("    limit: 0.1\n", "", "'parallel_run.billed.limit' is missing"),
        ("working_days: 5", "until: 2026-03-01", "must not end before it begins"),
        ("working_days: 5", "working_days: 0", "greater than or equal to 1"),
        ("from: 2026-03-02", "from: soon", "parallel_run.billed.from"),
        ("working_days: 5", "fields: [amount]", "amount_minor"),
        ("working_days: 5", "by: [refrence]", "reference"),
        ("working_days: 5", "weekdays: []", "weekdays"),
        ("working_days: 5", "weekdays: [monday]", "'mon'"),
        ("working_days: 5", "min_match_rte: 1", "min_match_rate"),
        ("working_days: 5", "explained: {ledger/invoices/1: ''}", "explained"),
        ("    manual: ledger.invoices\n", "", "'manual'"),
        ("manual: ledger.invoices", "manual: trial.invoices", "the same"),
        ("manual: ledger.invoices", "manual: ledger", "manual"),
    ],
)
def test_terms_that_say_nothing_sure_are_refused(tmp_path: Path, replaced: str, by: str, said: str) -> None:
    """The message names the key, its line, and what was meant."""
    with pytest.raises(InputError, match=r"engagement\.yaml, line \d+") as refused:
        _loaded(tmp_path, RUN.replace(replaced, by))

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("replaced", "by", "said"),
    [
        ("live: 2026-03-09", "live: 2026-03-05", "must not go live before the freeze"),
        ("live: 2026-03-09", "live: 2026-03-09T08:00Z", "a zone for both"),
        ("freeze: 2026-03-06T18:00", "freeze: friday", "cutover.freeze"),
        ("{invoice: {max_missing: 0}}", "{invoices: {max_missing: 0}}", "invoice"),
        ("{invoice: {max_missing: 0}}", "{invoice: {max_mising: 0}}", "max_missing"),
        ("{invoice: {max_missing: 0}}", "{invoice: {max_missing: 3}}", "less than or equal to 1"),
        ("{invoice: {max_missing: 0}}", "none", "cutover.gates"),
    ],
)
def test_a_cut_over_that_contradicts_itself_is_refused(tmp_path: Path, replaced: str, by: str, said: str) -> None:
    """The message names the key, its line, and what was meant."""
    with pytest.raises(InputError, match=r"engagement\.yaml, line \d+") as refused:
        _loaded(tmp_path, CUTOVER.replace(replaced, by))

    assert said in str(refused.value)
