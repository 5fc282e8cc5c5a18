"""The catalogue: kinds of systems, products and platforms, with what this engagement adds or says otherwise."""

from collections.abc import Iterator
from typing import Any

from toolkit.audit.engagement import Engagement
from toolkit.audit.interface_facts import client_products, products_of
from toolkit.audit.register import Register, RegisterAnswer, client_systems, register_answer, settings_now
from toolkit.landscape.catalogue import OLD_AFTER_DAYS, catalogue_categories
from toolkit.scoping.approach.platforms import PLATFORMS
from toolkit.settings import Settings
from toolkit.tables.registers import CATALOGUE
from toolkit.values.counted import counted, listed

_SHOWN = {
    "kind": "kind", "name": "name", "label": "called", "category": "for", "interface": "interface", "pricing_unit": "counts",
    "here": "here",
}  # fmt: skip


def read(engagement: Engagement) -> RegisterAnswer:
    """Return the catalogue, with the client's own systems beside what they are."""
    settings = settings_now(engagement)
    rows = [*_categories(engagement, settings), *_products(engagement), *_platforms()]
    old = [row["label"] for row in rows if row.get("is_old")]
    count = {kind: sum(row["kind"] == kind for row in rows) for kind in ("category", "product", "platform")}
    unknown = _unknown(engagement, settings)
    return register_answer(
        f"{counted(count['category'], 'kind')} of systems, {counted(count['product'], 'product')} and "
        f"{counted(count['platform'], 'platform')}.",
        CATALOGUE,
        rows,
        _SHOWN,
        notes=[f"Looked up longer than {OLD_AFTER_DAYS} days ago: {listed(old)}."] if old else [],
        gaps=[f"Of no known kind: {listed(unknown)}. Say what they are: systems.NAME.category."] if unknown else (),
    )


def _categories(engagement: Engagement, settings: Settings) -> Iterator[dict[str, Any]]:
    own = settings.catalogue.model_dump()["categories"]
    systems = client_systems(engagement)
    for one in catalogue_categories(own).values():
        yield {
            "kind": "category", "name": one.name, "label": one.label, "interface": one.interface or None,
            "is_own": one.is_own, "here": [system.name for system in systems if system.category == one.name],
        }  # fmt: skip


def _products(engagement: Engagement) -> Iterator[dict[str, Any]]:
    here = client_products(engagement)
    today = engagement.as_of()
    for one in products_of(engagement).values():
        yield {
            "kind": "product", "name": one.name, "label": one.label, "category": one.category or None,
            "interface": one.interface or None, "formats": list(one.formats), "methods": list(one.methods),
            "stateless": one.stateless, "id_fields": list(one.id_fields), "exports": list(one.exports),
            "read_with": one.read_with or None, "note": one.note or None, "as_of": one.as_of,
            "is_old": one.age_days(today) > OLD_AFTER_DAYS, "source": one.source, "is_own": one.is_own,
            "here": [system for system, product in here.items() if product is not None and product.name == one.name],
        }  # fmt: skip


def _platforms() -> Iterator[dict[str, Any]]:
    for one in PLATFORMS:
        yield {
            "kind": "platform", "name": one.name, "label": one.label, "category": one.branch, "pricing_unit": one.unit,
            "note": one.unpriced or None, "is_own": False,
        }  # fmt: skip


def _unknown(engagement: Engagement, settings: Settings) -> list[str]:
    known = catalogue_categories(settings.catalogue.model_dump()["categories"])
    return [one.shown_name for one in client_systems(engagement) if not one.is_sheet and one.category not in known]


REGISTER = Register("kinds of systems, products and platforms, with interfaces, ids and units", read)
