"""What is known of the interface of each of a client's systems: of its connector, else of the catalogue, else as said."""

from dataclasses import dataclass

from toolkit.audit.engagement import Engagement
from toolkit.audit.register import client_systems, settings_now
from toolkit.connector import Connector
from toolkit.connector.scorecard import Criterion, Scorecard, scorecard
from toolkit.connectors import connector_of
from toolkit.landscape.catalogue import Product, catalogue_products, product_named
from toolkit.landscape.catalogue_data import PRODUCTS
from toolkit.settings import SystemSettings

_NOBODYS = frozenset({"table", ""})


@dataclass(frozen=True, slots=True)
class KnownInterface:
    """A system's connector and product, where there are any, and its scorecard."""

    system: str
    connector: Connector | None
    product: Product | None
    card: Scorecard
    source: str


def products_of(engagement: Engagement) -> dict[str, Product]:
    """Return the catalogue's products with what the engagement says of them."""
    return catalogue_products(PRODUCTS, settings_now(engagement).catalogue.model_dump()["products"])


def client_products(engagement: Engagement) -> dict[str, Product | None]:
    """Return the product behind each of the client's systems: by its connector, else as somebody named it."""
    known, given = products_of(engagement), settings_now(engagement).systems
    found: dict[str, Product | None] = {}
    for one in client_systems(engagement):
        said = given[one.name].product if one.name in given else ""
        own = product_named(said, known) or product_named(one.connector, known)
        found[one.name] = own or product_named(one.label, known) or product_named(one.name, known)
    return found


def known_interfaces(engagement: Engagement) -> list[KnownInterface]:
    """Return what is known of the interface of each of the client's systems, in the order of their names."""
    given, products = settings_now(engagement).systems, client_products(engagement)
    found = []
    for one in client_systems(engagement):
        connector = None if one.connector in _NOBODYS else connector_of(one.connector)
        product = products[one.name]
        if connector is not None and connector.is_product:
            found.append(KnownInterface(one.name, connector, product, scorecard(connector), "connector"))
        else:
            said = given.get(one.name)
            card, source = _other_card(product, said)
            found.append(KnownInterface(one.name, None, product, card, source))
    return found


def _other_card(product: Product | None, said: SystemSettings | None) -> tuple[Scorecard, str]:
    """Return the scorecard of a system that no connector knows: the kind of its interface at best, all else unknown."""
    kind = product.interface if product is not None else ""
    source = "catalogue" if product is not None else ""
    if not kind and said is not None and said.has_api is not None:
        kind, source = ("" if said.has_api else "none"), "said"
    empty = scorecard(Connector("unknown", "Unknown", "other"))
    points = {"rest": 1.0, "graphql": 1.0, "query": 1.0, "odata": 1.0, "sql": 1.0, "soap": 0.5, "files": 0.0, "none": 0.0}
    first = Criterion("interface", kind, points.get(kind))
    return Scorecard((first, *empty.criteria[1:])), source
