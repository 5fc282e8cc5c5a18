"""Names of companies and other organisations.

A name is taken apart into distinctive words, legal form and further names (trading name, what stands in brackets).
Words keep their
order; abbreviations are written out; notes that somebody added to a name ("DO NOT USE") are taken off.

Source: legal forms of the US, UK, IE, AU, NZ, CA, DE, AT, CH, FR, BE, NL, ES, IT and the Nordic countries (GLEIF entity
legal form list, the forms in everyday use).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import folded, word_set, words

LEGAL_FORMS = word_set(
    """
    inc incorporated llc lllp llp lp ltd limited plc corp corporation co company pllc pc pa pty proprietary cic dac
    clg uc nl gmbh mbh ag kg kgaa ohg gbr ug eg ev se sa sas sasu sarl eurl sci snc scs scop sprl srl bvba asbl vzw
    bv nv cv vof sl slu slne slp sau spa srls sapa snc ss ab aktiebolag hb oy oyj ky as asa aps ans da ivs amba ehf
    hf
    """
)
_ALWAYS_LEGAL = word_set("inc incorporated llc lllp llp ltd limited plc gmbh pllc sarl aktiebolag aps oyj bvba")
"""Forms that are one wherever they stand in a name; the others only at its end."""

ABBREVIATIONS = {
    "intl": "international", "int": "international", "internatl": "international", "natl": "national",
    "mfg": "manufacturing", "mfr": "manufacturer", "bros": "brothers", "svc": "services", "svcs": "services",
    "service": "services", "serv": "services", "grp": "group", "gp": "group", "mgmt": "management",
    "mgt": "management", "assn": "associates", "assoc": "associates",
    "association": "associates", "assocs": "associates", "associate": "associates", "ctr": "center",
    "cntr": "center", "centre": "center", "cen": "center", "dept": "department", "dist": "distribution",
    "distrib": "distribution", "eng": "engineering", "engr": "engineering", "engrg": "engineering",
    "constr": "construction", "const": "construction", "equip": "equipment", "hldgs": "holdings",
    "hldg": "holdings", "holding": "holdings", "hosp": "hospital", "ind": "industries", "inds": "industries",
    "industry": "industries", "inst": "institute", "ins": "insurance", "labs": "laboratories",
    "lab": "laboratories", "mkt": "market", "mktg": "marketing", "prods": "products", "prod": "products",
    "product": "products", "prop": "properties", "props": "properties", "rest": "restaurant", "rlty": "realty",
    "sch": "school", "schl": "school", "schools": "school", "solns": "solutions", "soln": "solutions",
    "solution": "solutions", "sys": "systems", "system": "systems", "tech": "technologies",
    "technology": "technologies", "techs": "technologies", "telecom": "telecommunications", "transp": "transport",
    "trans": "transport", "univ": "university", "elec": "electric", "electrical": "electric",
    "comm": "communications", "chem": "chemical", "pharm": "pharmacy", "whse": "warehouse", "whsl": "wholesale",
    "dev": "development", "educ": "education", "acad": "academy", "elem": "elementary", "govt": "government",
    "auth": "authority", "comp": "computer", "cons": "consulting", "consult": "consulting", "arch": "architects",
    "logist": "logistics", "fin": "financial", "finl": "financial", "med": "medical", "lang": "language",
    "mtn": "mountain", "ft": "fort", "saint": "st", "daycare": "day care", "childcare": "child care",
    "preschool": "pre school", "kindergarden": "kindergarten", "bbq": "barbecue", "deli": "delicatessen",
    "supplies": "supply", "interiors": "interior", "contractors": "contracting", "builders": "building",
}  # fmt: skip
"""Short forms written out, and plural or spelling variants brought to one."""

_SILENT = word_set("the and of a an und et y e le les der die das de du")
_ARTICLES = frozenset(("the", "a", "an"))
_NOTES = re.compile(
    r"\b(?:do not use|don'?t use|dont use|not in use|use other(?: account)?|duplicate|dupe|old account|old|inactive|closed|"
    r"dormant|in liquidation|in administration|in receivership|liquidation|dissolved|deceased|defunct|archived|obsolete|"
    r"on hold|cod only|"
    r"credit hold|prospect|cash sale|see new(?: account)?|merged|deleted)\b"
)
_NOTE_IN_BRACKETS = re.compile(r"[(\[{*<][^)\]}*>]*[)\]}*>]?")
_NOTE_AT_END = re.compile(r"\s*(?:[-:*/,]+\s*|\bzz+\s*)(?:" + _NOTES.pattern + r")[\s!*.-]*$")
_NOTE_AT_START = re.compile(r"^[\s*!(]*(?:zz+[\s_-]+|(?:do not use|dont use|old|inactive|closed|duplicate)\s*[-:*/]+\s*)")
_LOUD_NOTE = re.compile(r"[*!-]*\s*\b(?:do not use|don'?t use|in liquidation|in administration|in receivership)\b\s*[*!-]*")
_TRADING_AS = re.compile(
    r"\s*\b(?:t/a|t\.a\.|d/b/a|dba|d\.b\.a\.?|trading as|doing business as|formerly(?: known as)?|f/k/a|fka|a/k/a|aka)"
    r"\b[:\s]*"
)
_CARE_OF = re.compile(r"\s*\b(?:c/o|care of|attn:?|attention:?)\s.*$")
_WEB_ENDING = re.compile(r"\.(?:com|net|org|io|co\.uk|de|eu)\b")
_LONG_FORMS = {"limited liability company": "llc", "limited liability partnership": "llp", "public limited company": "plc"}
_LONG_FORM = re.compile("|".join(_LONG_FORMS))
_SIGNS = str.maketrans({"&": " and ", "+": " and "})


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name taken apart.

    ``words`` are the distinctive ones in order; ``legal_form`` the legal form or empty; ``others`` the words of
    further names.
    """

    words: tuple[str, ...]
    legal_form: str = ""
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The distinctive words with blanks between; further names after a bar."""
        return "|".join(" ".join(name) for name in (self.words, *self.others))


def company_name(value: str) -> CompanyName | None:
    """Return a company's name taken apart; None for a filler.

    Examples
    --------
    >>> company_name("Brown Bros. Mfg. Co., Inc. (OLD)")
    CompanyName(words=('brown', 'brothers', 'manufacturing'), legal_form='inc', others=())
    >>> company_name("J. Doe Ltd t/a The Corner Shop").text
    'j doe|corner shop'
    """
    text = folded(value)
    if is_placeholder(text):
        return None
    text = _LOUD_NOTE.sub(" ", _NOTE_AT_END.sub("", _NOTE_AT_START.sub("", text)))
    text = _CARE_OF.sub("", text) or text
    names = [_parts(one) for one in _TRADING_AS.split(_bracketed_notes_off(text)) if one]
    names = [name for name in names if name[0]]
    if not names:
        return None
    legal_form = next((form for _, form in names if form), "")
    others = dict.fromkeys(name for name, _ in names[1:3] if name != names[0][0])
    return CompanyName(names[0][0], legal_form, tuple(others))


def _bracketed_notes_off(text: str) -> str:
    def kept(found: re.Match[str]) -> str:
        inner = found.group(0).strip("()[]{}*<> ")
        return " " if _NOTES.search(inner) or not inner else f" {inner} "

    return _NOTE_IN_BRACKETS.sub(kept, text)


def _parts(text: str) -> tuple[tuple[str, ...], str]:
    text = _LONG_FORM.sub(lambda found: f" {_LONG_FORMS[found.group(0)]} ", text)
    tokens = _letters_joined(words(_WEB_ENDING.sub(" ", text).translate(_SIGNS)))
    form = ""
    kept = [token for token in tokens if token not in _ALWAYS_LEGAL]
    if _ARTICLES.issuperset(kept):
        # The Limited is a name.
        return tuple(token for token in tokens if token not in _ARTICLES) or tuple(tokens), ""
    if len(kept) < len(tokens):
        form = next(token for token in tokens if token in _ALWAYS_LEGAL)
    while len(kept) > 1 and (kept[-1] in LEGAL_FORMS or (kept[-1] == "and" and form)):
        form = form or kept[-1]
        kept.pop()
    written_out = [word for token in kept for word in ABBREVIATIONS.get(token, token).split()]
    distinctive = tuple(word for word in written_out if word not in _SILENT)
    return distinctive or tuple(written_out or tokens), form


def _letters_joined(tokens: Sequence[str]) -> list[str]:
    """Return tokens with runs of single letters joined: ``a b c ltd`` is ``abc ltd``."""
    joined: list[str] = []
    run = ""
    for token in tokens:
        if len(token) == 1 and token.isalpha():
            run += token
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(token)
    if run:
        joined.append(run)
    return joined


def acronym(name: Sequence[str]) -> str:
    """Return the first letters of a name of three or more words; empty for a shorter one.

    Examples
    --------
    >>> acronym(("amazon", "web", "services"))
    'aws'
    """
    return "".join(word[0] for word in name) if len(name) > 2 else ""


_COMPANY_WORDS = word_set(
    """
    group holdings services international national manufacturing brothers association associates center management
    solutions systems technologies industries supply construction school university bank hotel restaurant cafe
    partners consulting logistics transport insurance foundation trust council church club society institute
    department hospital clinic store shop market studio design interior contracting building electric plumbing
    roofing realty properties products media software labs laboratories energy capital ventures enterprises agency
    academy care cleaning catering bakery pharmacy motors auto garage farm farms works workshop furniture printing
    packaging equipment tools
    """
)


def is_company_like(value: str) -> bool:
    """Return whether a name shows by itself that it is no person's: legal form, trade word, ampersand or digit.

    Examples
    --------
    >>> is_company_like("Acme Ltd"), is_company_like("Corner Bakery"), is_company_like("Mary Ann Evans")
    (True, True, False)
    """
    name = company_name(value)
    if name is None:
        return False
    text = folded(value)
    return bool(name.legal_form) or not _COMPANY_WORDS.isdisjoint(name.words) or bool(re.search(r"[&\d]", text))


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return each name for comparing: distinctive words, legal form and notes off, further names after ``|``.

    Examples
    --------
    >>> standardised(pa.array(["ACME Intl. Ltd", "The Acme International Company", "n/a", None])).to_pylist()
    ['acme international', 'acme international', None, None]
    """

    def text_of(value: str) -> str | None:
        name = company_name(value)
        return name.text if name else None

    return each_text(values, text_of)


def legal_forms(values: pa.StringArray) -> pa.StringArray:
    """Return the legal form in each name, as written but folded; null where there is none.

    Examples
    --------
    >>> legal_forms(pa.array(["Acme Pty Ltd", "Acme"])).to_pylist()
    ['ltd', None]
    """

    def form_of(value: str) -> str | None:
        name = company_name(value)
        return (name.legal_form or None) if name else None

    return each_text(values, form_of)


def company_like(values: pa.StringArray) -> pa.BooleanArray:
    """Return whether each name shows by itself that it is no person's; null stays null.

    Examples
    --------
    >>> company_like(pa.array(["Acme Ltd", "Mary Ann Evans", None])).to_pylist()
    [True, False, None]
    """
    encoded = values.dictionary_encode()
    return pa.array([is_company_like(value) for value in encoded.dictionary.to_pylist()], pa.bool_()).take(encoded.indices)
