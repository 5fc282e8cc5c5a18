"""What people add to a company's name: notes, brackets, "care of", a second name the company trades under."""

import re

NOTE = (
    r"\b(?:(?:please )?do not (?:use|pay|mail|call|contact)|don'?t use|dnu|not in use|use other(?: account)?|duplicate|dupe|"
    r"(?:old|inactive|closed|blocked|suspended|dormant)(?: account| a/c| acct)?|new account|"
    r"in (?:voluntary |compulsory )?liquidation|in liq|in administration|in receivership|in examinership|liquidation|"
    r"i\.\s?l\.|i\.\s?ins\.|in insolvenz|in abwicklung|en liquidation|in liquidazione|en liquidacion|in vereffening|"
    r"i likvidation|under konkurs|struck off|ceased trading|no longer trading|"
    r"dissolved|deceased|defunct|archived|obsolete|bankrupt|insolvent|void|on (?:hold|stop)|cod only|credit hold|"
    r"prospect|cash (?:sale|account)|see new(?: account)?|merged|deleted|gesperrt|nicht (?:verwenden|benutzen)|"
    r"ne pas utiliser|no usar|non usare|niet gebruiken|"
    r"bacs|chaps|cheque|direct debit|wire transfer|"
    r"(?:eur|usd|gbp|aud|nzd|cad|chf|sek|nok|dkk|euro)(?: account| a/c| acct)?)(?!\w)"
)
_NOTES = re.compile(NOTE)
_IN_BRACKETS = re.compile(r"[(\[{*<][^)\]}*>]*[)\]}*>]?")
# Signs around what is looked for are left to the reader of words: to look for them first takes long in a cell of signs.
_AT_END = re.compile(r"(?:(?<=[-:*/,;!])|(?<=[-:*/,;!] )|\bzz+\s?)" + NOTE + r"[\s!*.-]*$")
_AT_START = re.compile(
    r"^[\s*!(]*(?:zz+[\s_-]+|(?:do not use|dont use|old|inactive|closed|blocked|duplicate)(?: account)?\s*[-:*/]+\s*)"
)
_CARD_READER = re.compile(r"^(?:paypal|pp|sq|sumup|iz|zettle|stripe|tst)\s?\*\s?(?=\w)")
_CARD_REFERENCE = re.compile(r"(?<=\w)\s?\*\s?[a-z0-9]*[0-9][a-z0-9]*$")
"""A card statement writes the payment service before a shop's name, and a reference after it."""
_LOUD = re.compile(
    r"\b(?:do not (?:use|pay)|don'?t use|nicht verwenden|ne pas utiliser|"
    r"(?:in(?: voluntary| compulsory)?|en) liquidation|in administration|in receivership|in examinership|in insolvenz|"
    r"in abwicklung|in liquidazione|en liquidacion|i likvidation|under konkurs)\b|(?<=\s)i\.\s?l\.$"
)
TRADING_AS = (
    r"\b(?:t/a|t\.a\.|d/b/a|dba|d\.b\.a\.?|o/a|(?:now )?trading (?:as|under)|doing business as|operating as|"
    r"formerly(?: known as| t/a| trading as)?|previously(?: known as)?|also known as|now known as|f/k/a|fka|f\.k\.a\.?|"
    r"a/k/a|aka|a\.k\.a\.?|n/k/a|vormals|ehemals|firmierend als|anciennement|voorheen|h\.o\.d\.n\.?|handelend onder de naam)"
    r"(?!\w)"
)
TRADING_TA = " ta "
"""The same without its stroke, between two names."""
_TRADING = re.compile(f"{TRADING_AS}|(?<=[a-z0-9.]){TRADING_TA}(?=[a-z])")
CARE_OF = r"\b(?:c/o|care of|attn\.?:?|attention:?|fao:|f\.a\.o\.:?|z\.\s?hd\.?)\s"
_CARE = re.compile(CARE_OF + r".*$")
_CARE_START = re.compile(r"^\W*" + CARE_OF + r"\s*")
PART_OF = r"\ban? (?:division|subsidiary|branch|member|brand) of\b"
_PART = re.compile(r"(?<=[\s,;(-])" + PART_OF + r".*$")
WEB = r"^(?:https?://)?www\.|\.(?:com?\.[a-z]{2}|com|net|org|io|de|eu|ie|fr|nl|ca|shop|biz|info)\b"
_WEB = re.compile(WEB)
JOINED_FORMS = r"(?:zhushihuishe|(?:gufen)?youxian(?:zeren)?gongsi|jusighoesa)"
_JOINED_FORMS = re.compile(JOINED_FORMS)
_FORMS_IN_BRACKETS = frozenset(("zhu", "you"))
"""The Japanese forms that are written as one sign in brackets, before or behind a name."""

_UNUSUAL = (r"[(\[{*<]", r"\bzz", NOTE, TRADING_AS, TRADING_TA, CARE_OF, PART_OF, WEB, JOINED_FORMS)
IS_UNUSUAL = "|".join(_UNUSUAL).replace(r"(?!\w)", "")
"""Where nothing of this stands in a folded name, the name has neither notes nor further names."""


def names_in(folded: str) -> list[str]:
    """Return the names in a folded cell, notes off: the name itself, then those it trades or traded under.

    Examples
    --------
    >>> names_in("j. doe ltd t/a the corner shop (old)")
    ['j. doe ltd', 'the corner shop']
    """
    folded = _CARD_REFERENCE.sub("", _CARD_READER.sub("", folded))
    text = _LOUD.sub(" ", _AT_END.sub("", _AT_START.sub("", folded)))
    text = _CARE_START.sub("", text)
    text = _PART.sub("", _CARE.sub("", text)) or text
    text = _JOINED_FORMS.sub(" ", _WEB.sub(" ", _bracketed_notes_off(text)))
    return [one for name in _TRADING.split(text) if (one := name.strip())]


def _bracketed_notes_off(text: str) -> str:
    def kept(found: re.Match[str]) -> str:
        inner = found.group(0).strip("()[]{}*<> ")
        return " " if _NOTES.search(inner) or not inner or inner in _FORMS_IN_BRACKETS else f" {inner} "

    return _IN_BRACKETS.sub(kept, text)
