"""The catalogue: kinds of systems with how one usually connects to them, and products with their interfaces and ids.

A fact bears the day on which it was read and where; an engagement adds to it or changes it in its settings.

Source: the vendors' developer documentation, each named at its product, as of autumn 2026.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toolkit.landscape.systems import CATEGORIES

OLD_AFTER_DAYS = 180
"""From this age on a fact is to be looked up again."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of system: what a client calls it, and what is usual about its interfaces."""

    name: str
    label: str
    interface: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its kind, how it is asked, in which formats, what names its records, and what its exports are called.

    ``read_with`` is the connector that knows its files and its interface; empty where its files are read as any table.
    ``stateless`` is whether each request stands alone; null where nobody knows.
    """

    name: str
    label: str
    category: str
    interface: str
    formats: tuple[str, ...]
    methods: tuple[str, ...]
    id_fields: tuple[str, ...]
    exports: tuple[str, ...]
    source: str
    as_of: date
    read_with: str = ""
    note: str = ""
    stateless: bool | None = None
    is_own: bool = False

    def age_days(self, today: date) -> int:
        """Return for how many days nobody has looked its facts up."""
        return (today - self.as_of).days


INTERFACES: Mapping[str, str] = {
    "crm": "REST with webhooks; files as CSV. Ask for a sign-in that may only read.",
    "ledger": "REST; few webhooks; writes are final once a period is closed. Reports as XLSX or CSV, often without ids.",
    "erp": "OData, SOAP or REST over the vendor's gateway, rights per module; a sandbox costs extra. Bulk as files.",
    "projects": "REST with webhooks; custom fields carry what matters. Files as CSV.",
    "marketing": "REST; lists with consent per contact. Files as CSV.",
    "support": "REST with incremental exports and webhooks. Files as CSV or JSON.",
    "files": "REST over folders; what is in a file has no interface of its own.",
    "office": "REST over documents, sheets and contacts; whoever may edit a sheet may break a flow.",
    "chat": "REST to post, events to listen; a place for notices, no place for records.",
    "hr": "REST with narrow rights, often files by SFTP; personal data of employees.",
    "shop": "REST or GraphQL with signed webhooks; orders repeat a row per line in files.",
    "payments": "REST with signed webhooks and idempotent writes; fees and payouts stand apart from payments.",
    "expenses": "REST, or CSV to the ledger; receipts are images.",
    "inventory": "REST or files; stock changes faster than a poll.",
    "procurement": "REST, EDI or punch-out; orders and confirmations as XML.",
    "field_service": "REST, app-driven; jobs close offline and arrive late.",
    "industry": "Often files only, or a database; ask the vendor for a specification.",
    "health": "HL7 v2 messages over MLLP, or FHIR (REST, JSON); patient data: mask in every preview, log every access.",
    "government": "Files or SOAP with certificates and fixed dates (tax, customs); ask for a test gateway early.",
    "bank": "Files (OFX, CAMT.053, MT940, CSV), or bank feeds through a licensed service; read only.",
    "sheet": "No interface: a file with one editor. Its columns are an agreement with a person.",
}
"""What is usual about connecting to a kind of system, by category."""


def catalogue_categories(own: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Category]:
    """Return the kinds of systems, with what an engagement adds or says otherwise.

    Parameters
    ----------
    own
        ``label`` and ``interface`` by category, of the settings.

    Examples
    --------
    >>> found = catalogue_categories({"lab": {"label": "Laboratory", "interface": "ASTM over a serial line"}})
    >>> found["health"].label, found["lab"].is_own
    ('Health care (HL7, FHIR)', True)
    """
    known = {name: Category(name, label, INTERFACES.get(name, "")) for name, label in CATEGORIES.items()}
    for name, one in (own or {}).items():
        known[name] = Category(name, one["label"], one["interface"] or INTERFACES.get(name, ""), is_own=True)
    return known


def catalogue_products(
    products: Iterable[Product], own: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Product]:
    """Return products by name, with what an engagement adds or says otherwise.

    Parameters
    ----------
    products
        The catalogue's.
    own
        Facts by product, of the settings: what is empty there stays as the catalogue has it.
    """
    known = {one.name: one for one in products}
    for name, facts in (own or {}).items():
        before = known.get(name) or Product(name, name, "", "", (), (), (), (), "", facts["as_of"])
        said = {key: value for key, value in facts.items() if value not in ("", (), None)}
        known[name] = replace(before, **said, is_own=True)
    return known


def product_named(words: str, products: Mapping[str, Product]) -> Product | None:
    """Return the product that a client's words name, whatever their case; none where they name none.

    Parameters
    ----------
    words
        As somebody wrote them, such as ``Sage Accounting``.
    products
        By name.
    """
    wanted = words.casefold().strip()
    if not wanted:
        return None
    return next((one for one in products.values() if wanted in (one.name.casefold(), one.label.casefold())), None)
