"""The waterfall of one pair: every term of its probability, and the probability at its end."""

import pytest

from toolkit.charts.match_waterfall import chart, terms
from toolkit.tables import PAIR, PAIR_LEVEL

KEYS = {"key_l": "crm/c/1", "key_r": "crm/c/2"}
LEVELS = PAIR_LEVEL.from_rows(
    {**KEYS, "comparison": name, "level": level, "bits": bits}
    for name, level, bits in (("company name", "same name", 12.0), ("location", "elsewhere", -3.0), ("phone", "same", 9.5))
)
TOLD = {**KEYS, "match_weight": 1.5, "match_probability": 0.7388, "decision": "same", "decided_by": "model"}
PAIRS = PAIR.from_rows([
    {**TOLD, "key_l": "crm/c/0", "start_bits": -9.0, "rival_bits": 0.0, "group_bits": 0.0},
    {**TOLD, "start_bits": -9.0, "rival_bits": -11.0, "group_bits": 3.0},
])  # fmt: skip


def test_start_facts_look_alikes_and_group_stand_in_this_order_and_add_up() -> None:
    """Facts by weight, the strongest first; the sum is the weight of the pair."""
    told = terms(LEVELS, PAIRS)

    assert [(name, bits) for name, _, bits in told] == [
        ("any two records", -9.0), ("company name", 12.0), ("phone", 9.5), ("location", -3.0), ("look-alikes", -11.0),
        ("the group", 3.0),
    ]  # fmt: skip
    assert sum(bits for _, _, bits in told) == pytest.approx(1.5)


def test_the_last_bar_is_the_stated_probability() -> None:
    """A total, in words; the message names what speaks for and against, which are facts alone."""
    figure = chart(LEVELS, pair=PAIRS, with_bits=True)
    [bars] = figure.data

    assert bars.measure[-1] == "total"
    assert bars.text[-1] == "73.9 % sure, +1.5 bits"
    assert "company name, phone; against: location" in figure.layout.title.text.replace("<br>", " ")


def test_a_pair_of_an_older_run_shows_its_facts() -> None:
    """What it does not tell is not made up."""
    old = PAIRS.select(["key_l", "key_r", "match_weight", "match_probability"])

    assert [name for name, _, _ in terms(LEVELS, old)] == ["company name", "phone", "location"]
    assert terms(LEVELS) == terms(LEVELS, PAIR.from_rows([TOLD]))
