"""Where two systems do the same work: several of a kind, and records that begin in several of them."""

from collections.abc import Iterator
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import Register, RegisterAnswer, client_systems, register_answer, settings_now
from toolkit.audit.stages.handoffs import engagement_handoffs
from toolkit.landscape.entry_points import entry_points
from toolkit.landscape.handoffs import handoff_table
from toolkit.landscape.mastered import mastered_twice
from toolkit.landscape.systems import CATEGORIES, overlaps
from toolkit.tables.registers import OVERLAP
from toolkit.values.counted import counted, listed

_SHOWN = {"kind": "kind", "what": "of", "systems": "systems", "decided_by": "decided by", "ask": "ask"}


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the overlaps, systems of one kind first."""
    rows = [*_of_one_kind(engagement), *_mastered_twice(engagement)]
    return register_answer(f"{counted(len(rows), 'overlap')}." if rows else "No overlap is known.", OVERLAP, rows, _SHOWN)


def _of_one_kind(engagement: Engagement) -> Iterator[dict[str, Any]]:
    for category, names in overlaps(client_systems(engagement)).items():
        others = "the other" if len(names) == 2 else "the others"
        yield {
            "kind": "category",
            "what": CATEGORIES.get(category, category),
            "systems": list(names),
            "ask": f"Which of {listed(names)} leads, and can {others} go?",
        }


def _mastered_twice(engagement: Engagement) -> Iterator[dict[str, Any]]:
    truth = settings_now(engagement).sources_of_truth
    handoffs = handoff_table(engagement_handoffs(engagement)).to_pylist()
    for one in mastered_twice(entry_points(engagement.store.snapshots().to_pylist(), handoffs), truth):
        words = one.entity.replace("_", " ")
        yield {
            "kind": "mastered_twice",
            "what": one.entity,
            "systems": list(one.systems),
            "decided_by": one.decided_by or None,
            "ask": f"Records of {words} begin in {listed(one.systems)}: are they the same ones, and which system decides?",
        }


REGISTER = Register("systems of one kind, and records that begin in several", read)
