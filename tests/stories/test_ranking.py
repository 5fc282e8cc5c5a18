"""Which handoff of the sample client comes first, in every way to say so."""

import pytest

import toolkit
from toolkit.audit.engagement import Engagement
from toolkit.errors import InputError, UnknownNameError


def test_handoffs_are_ranked_in_every_way_side_by_side(scoped: Engagement) -> None:
    """By money the deals come first; RICE and WSJF only where points were given; the usual three are judged."""
    found = toolkit.rank_handoffs(
        scoped, rice_points={"deal_to_project": (2, 0.8)}, wsjf_points={"deal_to_project": (8, 5, 3, 5)}
    )

    rows = found.table.to_pylist()
    assert [row["money_rank"] for row in rows] == list(range(1, 9))
    assert (rows[0]["handoff_id"], rows[0]["wsjf"]) == ("deal_to_project", 3.2)
    assert rows[0]["rice"] > 0
    assert {row["rice"] for row in rows[1:]} == {None}
    ranks = {one.kind: one.best_rank for one in found.usual}
    assert ranks["sales or billing tool"] == 2
    assert ranks["payment processor"] == 5
    assert "the data ranks" in found.sentence
    assert "look at that before following the rule" in repr(found)
    with pytest.raises(UnknownNameError, match="Did you mean 'deal_to_project'"):
        toolkit.rank_handoffs(scoped, rice_points={"deal_to_projct": (1, 1)})
    with pytest.raises(InputError, match="weights"):
        toolkit.rank_handoffs(scoped, weights=(1, 1, 1))
