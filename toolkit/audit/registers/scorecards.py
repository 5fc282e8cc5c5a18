"""How well each of the client's systems can be connected: ten criteria, of which what is unknown takes nothing off."""

from collections.abc import Iterator
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.interface_facts import KnownInterface, known_interfaces
from toolkit.audit.register import Register, RegisterAnswer, register_answer
from toolkit.tables.registers import SCORECARD
from toolkit.values.counted import counted, listed

_SHOWN = {"system": "system", "score": "of 100", "criterion": "criterion", "answer": "answer", "points": "points"}
_SURE_FROM = 0.5


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the scorecards, a row for each system and criterion."""
    found = known_interfaces(engagement)
    scored = [one for one in found if one.card.score is not None]
    best = sorted(scored, key=lambda one: (-(one.card.score or 0), one.system))
    unsure = [one.system for one in scored if one.card.known_share < _SURE_FROM]
    unknown = [one.system for one in found if one.card.score is None]
    told = listed([f"{one.system} {one.card.score}" for one in best])
    return register_answer(
        f"{counted(len(scored), 'system')} scored of {len(found)}" + (f": {told}." if scored else "."),
        SCORECARD,
        (row for one in found for row in _rows(one)),
        _SHOWN,
        notes=["The score is over what is known of ten criteria; what is not known lowers how sure it is, not the score."],
        gaps=[
            *([f"Less than half of the criteria is known of {listed(unsure)}."] if unsure else []),
            *([f"Nothing is known of the interface of {listed(unknown)}: name the product (systems.NAME.product)."]
              if unknown else []),
        ],
    )  # fmt: skip


def _rows(one: KnownInterface) -> Iterator[dict[str, Any]]:
    for criterion in one.card.criteria:
        yield {
            "system": one.system,
            "product": one.product.label if one.product is not None else None,
            "score": one.card.score,
            "known_share": one.card.known_share,
            "criterion": criterion.name,
            "answer": criterion.answer or None,
            "points": criterion.points,
        }


REGISTER = Register("how well each system can be connected, by ten criteria", read)
