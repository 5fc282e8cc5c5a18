"""Ways to pay: transfer, card, cash, direct debit, cheque, wallets, in the languages of the trade."""

from toolkit.values.sample import Sample, Worded
from toolkit.values.text import word_set

_WORDS = word_set(
    """
    cash card cards creditcard debitcard visa mastercard maestro amex discover diners paypal stripe klarna ideal
    bancontact sepa bacs chaps ach wire cheque check cheques eft giro applepay googlepay gpay upi phonepe paytm venmo
    zelle twint swish vipps mobilepay bizum blik pix boleto sofort giropay przelewy24 afterpay clearpay alipay wechat
    wise revolut square gocardless uberweisung ueberweisung lastschrift bankeinzug bar barzahlung kreditkarte vorkasse
    rechnungskauf nachnahme scheck dauerauftrag virement prelevement especes carte cb transferencia tarjeta efectivo
    domiciliacion contado bonifico contanti contante carta assegno ricevuta riba overboeking pin contant incasso
    automatische machtiging multibanco mbway numerario dinheiro cartao bankgiro plusgiro autogiro kontant kontanter
    kort kortti tilisiirto kateinen lasku atutalas keszpenz bankkartya przelew gotowka karta prevod hotovost havale
    eft nakit dobirka pobranie overforsel overforing bankoverforing
    """
)
_BESIDE = word_set(
    """
    bank transfer credit debit payment pay by on invoice account direct online wire a de la en di med per bancaire
    bancaria bancario bancaire zahlung sepa core apple google amazon american express delivery order money manual
    electronic funds standing faster payments bancomat prepayment advance terminal pos
    """
)
_PHRASES = frozenset(
    (
        "direct debit", "bank transfer", "wire transfer", "standing order", "money order", "american express", "apple pay",
        "google pay", "amazon pay", "credit card", "debit card", "on account", "on invoice", "auf rechnung",
        "faster payment", "faster payments", "bank payment", "online payment", "card payment",
        "mc", "kk", "ec", "lcr", "lsv",
    )
)  # fmt: skip


_CARD_END = 4
"""Digits of a card that are shown beside its name."""


def share(sample: Sample) -> float:
    """Return the share of ways to pay.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["Bank transfer", "Überweisung", "Visa", "Carte bancaire"]))
    1.0
    >>> share(sample_of(["Bank of Ireland", "Acme"]))
    0.0
    """
    return sample.read(_fit)


def _fit(worded: Worded) -> float:
    words = worded.words
    if len(words) > 5:
        return 0.0
    if " ".join(words) in _PHRASES:
        return 1.0
    known = sum(word in _WORDS for word in words)
    if not known or any(
        word not in _WORDS and word not in _BESIDE and not (word.isdigit() and len(word) <= _CARD_END) for word in words
    ):
        return 0.0
    return 1.0
