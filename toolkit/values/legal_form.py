"""Legal forms of companies, and the countries whose law knows them.

Source: GLEIF entity legal form code list (ISO 20275), the forms in everyday use.
"""

from collections.abc import Sequence

from toolkit.values.text import words

_COUNTRIES = {
    "US": "inc llc corp pllc lllp incorporated corporation",
    "CA": "inc ltd corp ltee limitee enr senc incorporated corporation ulc",
    "GB": "ltd limited plc llp cic cyf ccc",
    "IE": "ltd limited plc dac clg uc teo teoranta teo cpt",
    "AU": "pty ptyltd",
    "NZ": "ltd limited",
    "ZA": "pty ptyltd cc",
    "IN": "pvt pvtltd privatelimited llp ltd limited",
    "PK": "pvt pvtltd smcpvt",
    "BD": "pvt pvtltd",
    "LK": "pvt pvtltd",
    "SG": "pte pteltd",
    "MY": "sdnbhd bhd sdn",
    "HK": "ltd limited",
    "KE": "ltd limited",
    "NG": "ltd limited plc",
    "DE": "gmbh ag kg ohg ug ev eg gbr kgaa ek ekfm gmbhcokg agcokg mbh partgmbb partg haftungsbeschrankt se",
    "AT": "gmbh ag kg og gesmbh eu gmbhcokg",
    "CH": "gmbh ag sa sarl sagl",
    "LI": "ag anstalt",
    "LU": "sarl sa scs",
    "FR": "sarl sas sasu eurl sa sci snc scop scea earl gie selarl sca",
    "BE": "bv bvba sprl srl nv sa asbl vzw cvba scrl cv commv nvsa",
    "NL": "bv nv vof cv",
    "ES": "sl slu sa sau slne slp sll cb sc scoop slprofesional sociedadlimitada",
    "MX": "sadecv sabdecv sderldecv srldecv sderl sapidecv sc",
    "AR": "sa srl sas",
    "CL": "spa ltda sa eirl limitada",
    "CO": "sas ltda sa",
    "PE": "sac saa eirl srl sa",
    "UY": "sa srl",
    "IT": "srl srls spa snc sas sapa scarl scpa sscoop scrl ss",
    "PT": "lda sa unipessoal limitada",
    "BR": "ltda sa me epp eireli mei limitada",
    "SE": "ab hb kb aktiebolag abpubl",
    "FI": "oy oyj ky tmi ay ab",
    "NO": "as asa ans da enk nuf sa",
    "DK": "as aps is ivs ks amba fmba",
    "IS": "ehf hf slf",
    "PL": "spzoo spk sa spj spzook spzoospk",
    "CZ": "sro as vos ks spolsro",
    "SK": "sro as spolsro",
    "HU": "kft zrt nyrt bt kkt rt",
    "RO": "srl sa pfa",
    "BG": "eood ood ead ad",
    "HR": "doo jdoo dd",
    "SI": "doo dd",
    "RS": "doo ad",
    "BA": "doo",
    "EE": "ou as",
    "LV": "sia as",
    "LT": "uab ab mb",
    "GR": "epe ae ike oe",
    "TR": "as ltdsti anonimsirketi sti",
    "RU": "ooo oao zao pao",
    "UA": "tov",
    "JP": "kk gk kabushikikaisha coltd",
    "CN": "coltd",
    "KR": "coltd",
    "TH": "coltd",
    "ID": "tbk",
    "AE": "fzco fze fzllc llc",
}  # fmt: skip

_FORMS: dict[str, frozenset[str]] = {}
for _country, _names in _COUNTRIES.items():
    for _name in _names.split():
        _FORMS[_name] = _FORMS.get(_name, frozenset()) | {_country}

_LEADING = {"ooo": "RU", "oao": "RU", "zao": "RU", "pao": "RU", "uab": "LT", "sia": "LV", "pt": "ID", "tov": "UA"}
_TWO_LETTERS = 2
_NO_WORDS = frozenset(("oy", "ab", "bv", "nv", "kg"))
"""Forms of two letters that are hardly ever a word."""
_MOST_WORDS = 5
_DROPPED = frozenset(("and", "und", "et", "y", "e", "publ"))


def form_letters(name: Sequence[str]) -> str:
    """Return the single letters at the end of a name's words joined, with ``sp``, ``spol`` or ``de`` that belong to them.

    Examples
    --------
    >>> form_letters(("nova", "sp", "z", "o", "o")), form_letters(("vega", "s", "l")), form_letters(("vega",))
    ('spzoo', 'sl', '')
    """
    start = len(name)
    while start > 1 and len(name[start - 1]) == 1 and name[start - 1].isalpha():
        start -= 1
    if start == len(name):
        return ""
    if start > 1 and name[start - 1] in {"sp", "spol"}:
        start -= 1
    return "".join(name[start:])


def is_form_of_letters(letters: str) -> bool:
    """Return whether joined letters are a legal form.

    Examples
    --------
    >>> is_form_of_letters("spzoo"), is_form_of_letters("jr")
    (True, False)
    """
    return letters in _FORMS


def legal_form_country(name: str) -> frozenset[str]:
    """Return the countries whose companies bear the legal form of a name; empty where it shows none.

    Examples
    --------
    >>> sorted(legal_form_country("Alba Kft.")), sorted(legal_form_country("Vega S.L.")), legal_form_country("Anna Smith")
    (['HU'], ['ES'], frozenset())
    >>> sorted(legal_form_country("Nova Sp. z o.o.")), sorted(legal_form_country("Orient Pharma Pvt Ltd"))
    (['PL'], ['BD', 'IN', 'LK', 'PK'])
    """
    own = [word for word in words(name.replace("/", "")) if word not in _DROPPED]
    if len(own) < _TWO_LETTERS:
        return frozenset()
    for count in range(min(_MOST_WORDS, len(own) - 1), 1, -1):
        form = "".join(own[-count:])
        if form in _FORMS:
            return _FORMS[form]
    form = form_letters(own) or own[-1]
    if form in _FORMS and is_written_as_form(name, form):
        return _FORMS[form]
    return frozenset((_LEADING[own[0]],)) if own[0] in _LEADING else frozenset()


def is_written_as_form(name: str, form: str) -> bool:
    """Return whether a form at the end of a name is written as one: two letters in capitals, with signs, or after a comma.

    Examples
    --------
    >>> is_written_as_form("Nova AS", "as"), is_written_as_form("Nova A/S", "as"), is_written_as_form("Pick As", "as")
    (True, True, False)
    """
    if len(form) > _TWO_LETTERS or form in _NO_WORDS:
        return True
    last = name.rstrip(" .)").split()[-1]
    return last.isupper() or "." in last or "/" in last or ", " in name
