"""What lines that are no records call themselves: totals and balances, in the languages of business files.

Source: exports of ledgers and banks in these languages; words alone decide nothing, the other cells of the line must agree.
"""

import re

from toolkit.files.header import is_amount, is_date, stripped

_TOTALS = (
    # English, French, Spanish, Portuguese
    r"(?:grand|sub|sous|net|overall|running|report)?[ -]?total(?:s|es)?(?: g[ée]n[ée]ral| general| geral| ttc| ht)?",
    r"totaux|suma|soma|sums?",
    # German, Dutch, Italian
    r"(?:gesamt|zwischen|end|netto|brutto)?summen?|gesamt(?:betrag|ergebnis)?|insgesamt",
    r"(?:sub|eind|tussen)?totaal(?: generaal)?|som",
    r"(?:sub[ -]?)?total[ei](?: generale| complessivo)?|somma",
    # Swedish, Danish, Norwegian, Finnish
    r"(?:del)?summa|totalt|i alt|delsum|samlet|yhteensä|välisumma",
    # Polish, Czech, Hungarian, Turkish, Russian
    r"razem|ogółem|celkem|mezisoučet|součet|összesen|részösszeg|(?:ara |genel )?toplam|итого|всего",
)
_ANY_TOTAL = "|".join(_TOTALS)
_FOR = r"(?:for|für|pour|de|du|des|di|del|della|för|voor|van|af|per|in|za|по)"
_TOTAL = re.compile(rf"(?:{_ANY_TOTAL})(?: {_FOR} \S.*|:.*| ?\(.*\)| -.*)?", re.IGNORECASE)
_LABELLED = re.compile(rf"(?:{_ANY_TOTAL})(?: {_FOR}[ :]|[ :])[ :]*(?P<label>\S.*)", re.IGNORECASE)
_CLOSING = r"(?:sub)?total|gesamt|summe|totaal|totale|yhteensä|i alt"
_CLOSED_LABEL = re.compile(rf"(?P<label>\S.*?)[ :]+(?:{_CLOSING})", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}|[$£€¥]|zł|kr\.?", re.IGNORECASE)
_MARK = re.compile(r"dr|cr|[dchs]\.?|\+|-", re.IGNORECASE)
_MAX_CHARS = 300

_BALANCES = (
    r"(?:opening|closing|starting|beginning|ending|previous|prior|current|available|ledger|statement|final|initial) balance",
    r"balance (?:brought|carried) (?:forward|down|over)|balance [bc][/.]?[fd]|(?:brought|carried) forward",
    r"balance (?:as of|as at|at|on)",
    r"(?:anfangs|end|schluss|eröffnungs|abschluss|konto|vor|tages|zwischen)[- ]?saldo|saldo[- ]?vortrag",
    r"(?:alter|neuer|aktueller) (?:saldo|kontosaldo|stand|kontostand)|kontostand(?: alt| neu)?|(?:anfangs|end)bestand",
    r"(?:ancien|nouveau|dernier) solde|report à nouveau|à reporter|solde (?:d'ouverture|de clôture|de départ)",
    r"solde(?: (?:initial|final|précédent|antérieur|créditeur|débiteur|reporté|actuel|intermédiaire))?",
    r"solde en (?:début|fin) de période",
    r"saldo(?: (?:inicial|final|anterior|actual|disponible|bloqueado|do dia|diário|atual|disponível|total))?",
    r"saldo total disponível(?: dia)?|s a l d o|saldo em conta(?: corrente)?",
    r"saldo (?:iniziale|finale|precedente|contabile|disponibile|attuale|primo|ultimo|początkowe|końcowe)",
    r"(?:begin|eind|oud|nieuw|vorig|slot)[- ]?saldo|(?:oud|nieuw|vorig) saldo",
    r"(?:ingående|utgående|inngående) (?:saldo|balans)|(?:primo|ultimo)[- ]?saldo|(?:alku|loppu|tilin )saldo",
    r"(?:počáteční|konečný) zůstatek|zůstatek|(?:nyitó|záró) egyenleg|(?:входящий|исходящий) остаток",
    r"(?:açılış|kapanış|devreden) bakiye(?:si)?",  # noqa: RUF001  # Turkish
)
_ANY_BALANCE = "|".join(_BALANCES)
# Words that are also a payee or a transfer; they are believed at the head and foot of a table only.
_DOUBTFUL = r"balance|primo|ultimo|report|riporto|transporte|übertrag|vortrag|overdracht|transport|överföring"
_AT = r"on|at|as of|as at|am|per|vom|zum|au|à|le|al|em|del|dia|den|pr\.?|op|na"
_WHEN = rf"(?:[ ,]*(?:{_AT}))?[ ,]*[\d./ -]*[ ,]*(?:[A-Z]{{3}})?[ :]*"
_BALANCE = re.compile(rf"(?:{_ANY_BALANCE}){_WHEN}", re.IGNORECASE)
_EDGE_BALANCE = re.compile(rf"(?:{_DOUBTFUL}){_WHEN}", re.IGNORECASE)

_SUMMARY_PATTERNS = (
    r"(?i)^[\s\x{a0}]*(?:(?:grand|sub|sous|net|overall|running|report)?[ -]?total|totaux|sum|som|gesamt|zwischen|",
    r"endsumme|netto|brutto|insgesamt|eindtot|tussentot|delsum|i alt|samlet|yhteens|välisumma|razem|ogółem|celkem|mezis|",
    r"součet|össze|",
    r"rész|ara |genel |toplam|итого|всего)",
    r"|(?:total|gesamt|summe|totaal|totale|yhteensä|i alt)[\s:]*$",
)
SUMMARY_PATTERN = "".join(_SUMMARY_PATTERNS)
"""Finds whatever may call itself a total in a whole column; much of what it finds does not."""

_BALANCE_PATTERNS = (
    r"(?i)balance|saldo|kontostand|bestand|solde|report|riporto|transport|vortrag|übertrag|forward|primo|ultimo|balans|",
    r"overdracht|zůstatek|egyenleg|остаток|bakiye|överföring",
)
BALANCE_PATTERN = "".join(_BALANCE_PATTERNS)
"""The same for balances."""


def is_total_label(cell: str) -> bool:
    """Say whether a cell reads like the label of a total.

    Examples
    --------
    >>> [is_total_label(cell) for cell in ("TOTAL", "Zwischensumme:", "Sous-total", "Total for Bolt", "Totally Ltd")]
    [True, True, True, True, False]
    """
    return bool(_TOTAL.fullmatch(stripped(cell)[:_MAX_CHARS].replace("\n", " ")))


def is_balance_label(cell: str, *, is_at_edge: bool) -> bool:
    """Say whether a cell says that its line states a balance; doubtful words count at the head and foot of a table.

    Examples
    --------
    >>> [is_balance_label(cell, is_at_edge=False) for cell in ("Saldo anterior", "Solde au 31/08", "Primo", "Balance Gym")]
    [True, True, False, False]
    """
    text = stripped(cell)[:_MAX_CHARS].replace("\n", " ")
    return bool(_BALANCE.fullmatch(text) or (is_at_edge and _EDGE_BALANCE.fullmatch(text)))


def states_only(cell: str) -> bool:
    """Say whether a cell holds nothing but an amount, a date, a currency or a mark of debit and credit."""
    text = stripped(cell)
    return is_amount(text) or is_date(text) or bool(_CURRENCY.fullmatch(text) or _MARK.fullmatch(text))


def closed_label(text: str) -> str:
    """Return the group that a line ends; empty when it ends none.

    Examples
    --------
    >>> [closed_label(text) for text in ("Total for Harbor & Pine", "Summe Werkzeug", "Rent total", "Totally")]
    ['Harbor & Pine', 'Werkzeug', 'Rent', '']
    """
    text = stripped(text)[:_MAX_CHARS]
    found = _LABELLED.fullmatch(text) or _CLOSED_LABEL.fullmatch(text)
    return found["label"].strip() if found else ""
