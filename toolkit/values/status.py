"""What the words of a state mean: whether a deal is won, a bill paid, a job done, in the languages of the trade.

A word is folded before it is looked up, so that capitals, accents, hyphens and low lines make no difference. What is not in
the list (``status_words.txt``) means nothing here, and is asked; a table without any such column is what its name says ("won
deals.csv").
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from toolkit.values.known_names import listed_names
from toolkit.values.text import word_set, words

OUTCOMES = (
    "won", "lost", "paid", "part_paid", "overdue", "open", "draft", "sent", "done", "in_progress", "pending",
    "cancelled", "failed", "refunded", "voided", "authorised", "active", "inactive",
)  # fmt: skip
"""What a state may mean."""

_OUTER_WORDS = word_set(
    """
    invoice bill order payment status state stage rechnung zahlung auftrag facture commande paiement factura pedido pago
    fattura ordine fatura faktura laskun is was closed
    """
)
_STAGE = re.compile(r"^\d{1,3}(?: pct| percent)? (?=[a-z])|(?<=[a-z]) \d{1,3}$")
_MOST_WORDS = 6
_INFLECTED = """
    offene:open offener:open gewonnene:won verlorene:lost bezahlte:paid unbezahlte:open uberfallige:overdue
    stornierte:cancelled gagnees:won perdues:lost payees:paid impayees:overdue ganadas:won ganados:won perdidas:lost
    pagadas:paid vinte:won perse:lost pagate:paid scadute:overdue betaalde:paid openstaande:open vunna:won forlorade:lost
    vundne:won vunne:won
"""
"""States inflected as they stand before the name of a list."""
_NOT_OF_A_LIST = word_set("new neu ny client customer lead solde quote estimate kunde cliente partial due du")
"""States that files are called after for other reasons: they say nothing of the rows."""
_NOT_TELLING = frozenset(("active", "draft", "done", "sent"))


def outcome_of(value: str) -> str | None:
    """Return what the wording of a state means, one of ``OUTCOMES``; None where the list does not say.

    Examples
    --------
    >>> outcome_of("Closed Won"), outcome_of("teilweise bezahlt"), outcome_of("En retard"), outcome_of("Acme Ltd")
    ('won', 'part_paid', 'overdue', None)
    """
    return outcome_of_words(tuple(words(value.replace("_", " ").replace("-", " "))))


def outcome_of_words(own: tuple[str, ...]) -> str | None:
    """Return what a state means, given its folded words.

    Examples
    --------
    >>> outcome_of_words(("closed", "won"))
    'won'
    """
    if not 1 <= len(own) <= _MOST_WORDS:
        return None
    text = " ".join(own)
    known = _meanings()
    found = known.get(text)
    if found is None and len(own) > 1 and (own[0] in _OUTER_WORDS or own[0].isdigit() or own[-1].isdigit()):
        bare = _STAGE.sub("", text)
        found = (
            known.get(bare)
            or known.get(bare.partition(" ")[2])
            or known.get(own[0] + " " + own[1] if own[0] == "closed" else "")
        )
    return found


def outcomes(values: Iterable[str | None]) -> Mapping[str, str | None]:
    """Return what each different value of a column means, commonest first: the list that is shown to be confirmed.

    Examples
    --------
    >>> dict(outcomes(["Won", "Lost", "Won", None, "Parked with Jo"]))
    {'Won': 'won', 'Lost': 'lost', 'Parked with Jo': None}
    """
    counts = Counter(value.strip() for value in values if value and value.strip())
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return MappingProxyType({value: outcome_of(value) for value, _ in ranked})


def is_won(value: str) -> bool | None:
    """Return whether a state says that a deal is won; None while it is open, or where the list does not say.

    Examples
    --------
    >>> is_won("Closed Won"), is_won("verloren"), is_won("Negotiation")
    (True, False, None)
    """
    return {"won": True, "lost": False, "cancelled": False}.get(outcome_of(value) or "")


def outcome_in_name(name: str) -> str | None:
    """Return the outcome that the name of a file or sheet says of all its rows; None where it says none, or two.

    Examples
    --------
    >>> outcome_in_name("won deals.csv"), outcome_in_name("Offene Posten 2026"), outcome_in_name("open and paid.xlsx")
    ('won', 'open', None)
    """
    own = [word for word in words(name.replace("_", " ").replace("-", " ")) if not word.isdigit()]
    pairs = [" ".join(pair) for pair in pairwise(own)]
    known = _meanings()
    found = {known[text] for text in pairs if text in known}
    found |= {_in_name()[word] for word in own if word in _in_name()}
    return next(iter(found)) if len(found) == 1 else None


@cache
def _in_name() -> dict[str, str]:
    """Return single words that say something of a whole file, inflected ones too; no word that files are called after."""
    said = {word: meaning for word, meaning in _meanings().items() if " " not in word and meaning not in _NOT_TELLING}
    for pair in _INFLECTED.split():
        word, _, meaning = pair.partition(":")
        said[word] = meaning
    for word in _NOT_OF_A_LIST:
        said.pop(word, None)
    return said


@cache
def _meanings() -> dict[str, str]:
    known: dict[str, str] = {}
    for meaning, wordings in listed_names("status_words.txt").items():
        for wording in wordings:
            known.setdefault(wording, meaning)
    return known
