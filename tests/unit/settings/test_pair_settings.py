"""Fields that two systems keep alike may be said in short."""

from toolkit.settings import PairSettings


def test_a_mere_list_of_columns_has_the_careful_rule() -> None:
    """Two-way a person decides; one-way the system that is followed."""
    two_way = PairSettings.model_validate({"systems": ["crm", "shop"], "columns": ["phone"]})
    one_way = PairSettings.model_validate({"from": "crm", "to": "shop", "columns": ["phone"]})
    said = PairSettings.model_validate({"from": "crm", "to": "shop", "columns": {"phone": "newest"}})

    assert [dict(one.columns) for one in (two_way, one_way, said)] == [
        {"phone": "manual"}, {"phone": "source_of_truth"}, {"phone": "newest"},
    ]  # fmt: skip
