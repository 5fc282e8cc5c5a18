"""What the names of files, folders and sheets say: which list this is, which month of it, what kind of system it comes from.

"expenses_january.csv" and "expenses_february.csv" are two months of one list; "Kunden 2025.csv" and "Kunden 2026.csv" two
years of one.
"""

import re
import unicodedata
from collections.abc import Iterable

from toolkit.values.kinds.month import MONTHS
from toolkit.values.people_in_text import with_people
from toolkit.values.text import folded

_PERIOD = re.compile(r"(?:q|h|w|kw|wk|cw|fy|gj|sem|trim)?\d+(?:[a-z]{1,2}\d*)?z?|v\d+")
_GENERIC = frozenset(
    word
    for line in (
        "export exports exported data daten list liste lista report table tabelle tabla sheet blatt hoja feuille foglio",
        "datei download copy copia kopie final new neu all alle full latest extract dump backup current aktuell of the und",
        "and et y e de la le der die das bis until year jahr month monat quarter quartal week woche from to file",
    )
    for word in line.split()
)
_EMAIL = re.compile(r"[^\s@/]{1,128}@[^\s@/]{1,128}(?=\.\w{2,7}$|\s|$)")
_WORD = re.compile(r"[^\W_]+")
_SEAM = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_]{3})(?=\d)|(?<=\d\d)(?=[^\W\d_]{3})")
_ENDING = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{0,6})+$")
_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "å": "a", "ł": "l", "đ": "d", "œ": "oe", "þ": "th", "ð": "d"})
_MAX_NAME = 60
_RANGE = re.compile(r"(?:(?P<sheet>.*)!)?(?P<first>[A-Z]{1,3})\d+:(?P<last>[A-Z]{1,3})\d+")

CATEGORY_WORDS: dict[str, str] = {
    "crm": "crm hubspot salesforce pipedrive zoho sales vertrieb ventes commercial ventas vendite verkoop vendas salg leads",
    "ledger": "ledger accounting accounts books bookkeeping finance erp buchhaltung fibu rechnungswesen comptabilité compta "
    "contabilidad contabilità boekhouding contabilidade bokföring regnskab regnskap datev xero quickbooks sage lexware",
    "payments": "payments paypal stripe adyen mollie sumup klarna zahlungen paiements pagos pagamenti betalingen pagamentos",
    "bank": "bank banking banque banco banca giro girokonto konto kontoauszug kontoauszüge umsätze statement relevé "
    "extracto movimenti afschriften extrato kontoutdrag",
    "shop": "shop store webshop onlineshop ecommerce shopify woocommerce magento boutique tienda negozio winkel loja butik",
    "projects": "projects projekte projets proyectos progetti projecten projetos projekter asana jira trello monday",
    "support": "support helpdesk desk tickets zendesk freshdesk servicedesk kundendienst",
    "hr": "hr staff employees personal personnel payroll mitarbeiter salariés empleados dipendenti medewerkers funcionários "
    "ansatte lohn",
    "marketing": "marketing newsletter mailchimp mailing campaigns mail",
}
"""Words in the names of folders and files that say what kind of system something comes from."""

_CATEGORIES = {word: category for category, words in CATEGORY_WORDS.items() for word in words.split()}


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a file's or sheet's name that say which list it is: without ending, people, dates and numbers.

    Examples
    --------
    >>> name_words("expenses_january.csv"), name_words("Kunden 2026 (2).xlsx"), name_words("InvoiceLines_2026-01-31.csv")
    (('expenses',), ('kunden',), ('invoice', 'lines'))
    """
    return tuple(word for word in _all_words(_ENDING.sub("", _without_people(name))) if not _is_when(word))


def _without_people(name: str) -> str:
    """Return a name without the persons in it: what is named after it stands in the client's report."""
    return with_people(_EMAIL.sub(" ", name), lambda _: " ")


def telling_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without those that any file may have ("export", "data", "list").

    Examples
    --------
    >>> telling_words("export_2026.csv"), telling_words("customer export.csv")
    ((), ('customer',))
    """
    return tuple(word for word in name_words(name) if word not in _GENERIC)


def plain_name(words: Iterable[str]) -> str:
    """Return words as a name for a system or stream: small letters of the English alphabet, digits and underscores.

    Examples
    --------
    >>> plain_name(("löhne", "straße")), plain_name(("客户",))
    ('lohne_strasse', '')
    """
    text = "_".join(words).casefold().translate(_LATIN)
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "_", bare)[:_MAX_NAME].strip("_")


def name_pattern(name: str) -> str:
    """Return a pattern of file names that fits this one and its other months; characters that mean something stay literal.

    Examples
    --------
    >>> name_pattern("expenses_january.csv"), name_pattern("Kunden 2026.csv"), name_pattern("jobs [old].csv")
    ('expenses_*.csv', 'Kunden *.csv', 'jobs [[]old].csv')
    >>> name_pattern("Invoices2026Q1.xlsx"), name_pattern("01-31.csv")
    ('Invoices*.xlsx', '[0-9][0-9]-[0-9][0-9].csv')
    """
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    pieces: list[str] = []
    place = 0
    for found in _WORD.finditer(stem):
        pieces.append(_literal(stem[place : found.start()]))
        pieces += ["*" if _is_when(word.casefold()) else _literal(word) for word in _SEAM.split(found[0])]
        place = found.end()
    pieces.append(_literal(stem[place:]))
    pattern = re.sub(r"\*(?:[\s._()-]*\*)+", "*", "".join(pieces))
    # A name that is nothing but a date fits other dates written like it.
    whole = pattern if _WORD.search(pattern.replace("*", "")) else re.sub(r"\d", "[0-9]", _literal(stem))
    return whole + (_literal(ending[0]) if ending else "")


def is_one_of_several(sheet: str) -> bool:
    """Return whether a sheet's name goes on with a place on it: several tables stand there.

    Examples
    --------
    >>> is_one_of_several("Data!A1:D11"), is_one_of_several("Data")
    (True, False)
    """
    return _RANGE.fullmatch(sheet) is not None


def sheet_pattern(sheet: str) -> str:
    """Return a pattern of sheet names that fits this one and its other months; a table among several may grow.

    Examples
    --------
    >>> sheet_pattern("Sales January"), sheet_pattern("Data!A1:D11")
    ('Sales *', 'Data!A[0-9]*:D[0-9]*')
    """
    found = _RANGE.fullmatch(sheet)
    if found is None:
        return name_pattern(sheet)
    stem = f"{name_pattern(found['sheet'])}!" if found["sheet"] else ""
    return f"{stem}{found['first']}[0-9]*:{found['last']}[0-9]*"


def named_category(*names: str) -> str:
    """Return the kind of system that names of folders and files speak of, the first that does; empty where none does.

    Examples
    --------
    >>> named_category("Buchhaltung", "export.csv"), named_category("acme", "bank_jan.csv"), named_category("misc")
    ('ledger', 'bank', '')
    """
    for name in names:
        for word in name_words(name):
            category = _CATEGORIES.get(word) or _CATEGORIES.get(word.removesuffix("s"))
            if category:
                return category
    return ""


def _all_words(text: str) -> list[str]:
    spaced = _SEAM.sub(" ", unicodedata.normalize("NFC", text))
    return [word.casefold() for word in _WORD.findall(spaced.replace("_", " "))]


def _is_when(word: str) -> bool:
    return folded(word) in MONTHS or _PERIOD.fullmatch(word) is not None


def _literal(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)
