"""Suppliers of two Italian systems to link: the ledger in capitals without accents, cut at thirty letters, and the shop's.

Nearly every supplier stands once in each; a twentieth of the shop's are there twice. Consortia of one name in several towns,
firms of brothers at one address, and a tax adviser's address for several are in both.
"""

import random
import unicodedata

from benchmarks.matching.exam import Exam
from benchmarks.matching.standins.drawing import Domains, Row, by_rank, coined, kept, listed, slipped, standin

_ROLES = {"ragione sociale": "name", "indirizzo": "street", "cap": "postcode", "comune": "city", "telefono": "phone",
          "partita iva": "id", "email": "email"}  # fmt: skip
_IN_LEDGER = {"telefono": 0.2, "partita iva": 0.6, "email": 0.1}
_IN_SHOP = {"indirizzo": 0.7, "cap": 0.6, "telefono": 0.6, "partita iva": 0.35, "email": 0.55}
_FAMILY = listed("""
Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo
Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale
Serra Villa Cattaneo Fabbri Bellini Grassi Pagani Sartori Bonetti Neri Orlando Zanetti Piras Sala Testa Valenti Monti
""")
_GIVEN = listed(
    "Marco Giulia Andrea Paolo Francesca Luca Elena Giovanni Sara Antonio Chiara Davide Laura Stefano Anna Matteo"
)
_TRADES = listed("""
Costruzioni Trasporti Impianti Forniture Arredamenti Officine Ceramiche Alimentari Servizi Meccanica Grafica Tessuti Vini
Serramenti Elettronica Immobiliare Carpenteria Imballaggi Pulizie Ferramenta Legnami Marmi Autotrasporti Stampi Vernici
""")
_STREETS = listed(
    "Roma Garibaldi Mazzini Verdi Dante Cavour Matteotti Marconi Europa Nazionale Manzoni Volta Trieste Gramsci"
)
_TOWNS = listed("""
Milano Torino Bologna Verona Padova Brescia Parma Modena Bergamo Firenze Prato Pisa Ancona Perugia Vicenza Treviso Udine Como
Varese Pavia Cremona Mantova Rimini Forlì Ravenna Ferrara Piacenza Novara Asti Cuneo Lecco Lodi
""")
_STARTS = listed("eco tec euro ital nova gen uni pro alfa del fer lam mec sid idro aero bio cart edil foto gom inter")
_ENDS = listed("plast mar line tron bloc fer service sol tex pack form dis lux car med point gest mec nord sud ven")
_FORMS = ("S.r.l.", "S.r.l.", "S.p.A.", "s.n.c.", "S.a.s.", "")
_LONGEST = 30


def ledgers(count: int, seed: int) -> Exam:
    """Return two lists of suppliers, about ``count`` in each."""
    dice = random.Random(f"ledgers {seed}")
    rows: list[tuple[str, Row, int]] = []
    domains, party = Domains(), 0
    while len(rows) < 2 * count:
        for one in _family_of(dice, domains):
            where = dice.random()
            if where < 0.75:
                rows.append(("l", _ledger_row(dice, one), party))
            if where > 0.3:
                rows += [("r", _shop_row(dice, one), party) for _ in range(2 if dice.random() < 0.05 else 1)]
            party += 1
    return standin(f"ledgers {count:,}, seed {seed}", rows, _ROLES, dice)


def _supplier(dice: random.Random, domains: Domains) -> Row:
    drawn = dice.random()
    family = by_rank(dice, _FAMILY)
    if drawn < 0.3:
        name = f"{by_rank(dice, _TRADES)} {family}"
    elif drawn < 0.45:
        name = f"{family} {by_rank(dice, _GIVEN)}"
    elif drawn < 0.55:
        name = f"F.lli {family} {by_rank(dice, _TRADES)}"
    else:
        name = coined(dice, _STARTS, _ENDS, is_long=dice.random() < 0.7) + (
            f" {by_rank(dice, _TRADES)}" if dice.random() < 0.4 else ""
        )
    form = "" if 0.3 <= drawn < 0.45 else dice.choice(_FORMS)
    return {"ragione sociale": f"{name} {form}".strip(), **_place(dice), "telefono": _telephone(dice),
            "partita iva": f"{dice.randrange(10**10, 10**11)}", "email": f"info@{domains.of(name, 'it')}"}  # fmt: skip


def _place(dice: random.Random) -> Row:
    town = by_rank(dice, _TOWNS)
    street = f"{dice.choice(('Via', 'Via', 'Viale', 'Piazza'))} {by_rank(dice, _STREETS)}"
    return {
        "indirizzo": f"{street} {dice.randrange(1, 180)}",
        "cap": f"{20_000 + 1_010 * _TOWNS.index(town)}",
        "comune": town,
    }


def _telephone(dice: random.Random) -> str:
    return f"0{dice.randrange(10, 99)}{dice.randrange(1_000_000, 9_999_999)}"


def _family_of(dice: random.Random, domains: Domains) -> list[Row]:
    first, drawn = _supplier(dice, domains), dice.random()
    if drawn < 0.05:
        return [first, *({**_supplier(dice, domains), "ragione sociale": first["ragione sociale"]} for _ in range(2))]
    if drawn < 0.12:
        shared = {name: first[name] for name in ("indirizzo", "cap", "comune", "telefono")}
        return [first, {**_supplier(dice, domains), **shared}]
    return [first]


def _ledger_row(dice: random.Random, one: Row) -> Row:
    old = _place(dice) if dice.random() < 0.08 else {}
    row = {**one, **old, "telefono": one["telefono"]}
    capitals = {
        name: unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper() for name, text in row.items()
    }
    capitals["ragione sociale"] = slipped(dice, capitals["ragione sociale"].replace(".", ""), 0.03)[:_LONGEST]
    capitals["email"] = row["email"]
    return kept(dice, capitals, _IN_LEDGER)


def _shop_row(dice: random.Random, one: Row) -> Row:
    name = one["ragione sociale"]
    if dice.random() < 0.35:
        name = name.rsplit(" ", 1)[0] if name.endswith((".", "S.p.A")) else name
    if dice.random() < 0.1:
        name = " ".join(reversed(name.split(" ", 1)))
    phone = one["telefono"] if dice.random() < 0.85 else _telephone(dice)
    spaced = f"{phone[:3]} {phone[3:]}" if dice.random() < 0.5 else f"+39 {phone}"
    return kept(dice, {**one, "ragione sociale": slipped(dice, name, 0.04), "telefono": spaced}, _IN_SHOP)
