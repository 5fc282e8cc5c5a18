"""Countries: names, two-letter and three-letter codes read as one ISO 3166-1 code.

Source: ISO 3166-1 codes and English short names; names in other languages from the Unicode CLDR (the lists
``country_names.txt``, and of other scripts and smaller languages ``country_names_transcribed.txt``); the aliases are what
people type into country fields.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from toolkit.values.known_names import listed_names
from toolkit.values.text import folded

_APOSTROPHE = re.compile("['\u2018\u2019`\u00b4]")
_NOT_LETTER = re.compile("[^a-z]+")
_LONGEST = 100
_LONGEST_CODE = 3

_ISO_3166 = """
AD AND Andorra; AE ARE United Arab Emirates; AF AFG Afghanistan; AG ATG Antigua and Barbuda
AI AIA Anguilla; AL ALB Albania; AM ARM Armenia; AO AGO Angola; AQ ATA Antarctica; AR ARG Argentina
AS ASM American Samoa; AT AUT Austria; AU AUS Australia; AW ABW Aruba; AX ALA Åland Islands
AZ AZE Azerbaijan; BA BIH Bosnia and Herzegovina; BB BRB Barbados; BD BGD Bangladesh; BE BEL Belgium
BF BFA Burkina Faso; BG BGR Bulgaria; BH BHR Bahrain; BI BDI Burundi; BJ BEN Benin
BL BLM Saint Barthélemy; BM BMU Bermuda; BN BRN Brunei; BO BOL Bolivia
BQ BES Bonaire, Sint Eustatius and Saba; BR BRA Brazil; BS BHS Bahamas; BT BTN Bhutan
BV BVT Bouvet Island; BW BWA Botswana; BY BLR Belarus; BZ BLZ Belize; CA CAN Canada
CC CCK Cocos (Keeling) Islands; CD COD Democratic Republic of the Congo
CF CAF Central African Republic; CG COG Congo; CH CHE Switzerland; CI CIV Côte d'Ivoire
CK COK Cook Islands; CL CHL Chile; CM CMR Cameroon; CN CHN China; CO COL Colombia; CR CRI Costa Rica
CU CUB Cuba; CV CPV Cabo Verde; CW CUW Curaçao; CX CXR Christmas Island; CY CYP Cyprus
CZ CZE Czechia; DE DEU Germany; DJ DJI Djibouti; DK DNK Denmark; DM DMA Dominica
DO DOM Dominican Republic; DZ DZA Algeria; EC ECU Ecuador; EE EST Estonia; EG EGY Egypt
EH ESH Western Sahara; ER ERI Eritrea; ES ESP Spain; ET ETH Ethiopia; FI FIN Finland; FJ FJI Fiji
FK FLK Falkland Islands; FM FSM Micronesia; FO FRO Faroe Islands; FR FRA France; GA GAB Gabon
GB GBR United Kingdom; GD GRD Grenada; GE GEO Georgia; GF GUF French Guiana; GG GGY Guernsey
GH GHA Ghana; GI GIB Gibraltar; GL GRL Greenland; GM GMB Gambia; GN GIN Guinea; GP GLP Guadeloupe
GQ GNQ Equatorial Guinea; GR GRC Greece; GS SGS South Georgia and the South Sandwich Islands
GT GTM Guatemala; GU GUM Guam; GW GNB Guinea-Bissau; GY GUY Guyana; HK HKG Hong Kong
HM HMD Heard Island and McDonald Islands; HN HND Honduras; HR HRV Croatia; HT HTI Haiti
HU HUN Hungary; ID IDN Indonesia; IE IRL Ireland; IL ISR Israel; IM IMN Isle of Man; IN IND India
IO IOT British Indian Ocean Territory; IQ IRQ Iraq; IR IRN Iran; IS ISL Iceland; IT ITA Italy
JE JEY Jersey; JM JAM Jamaica; JO JOR Jordan; JP JPN Japan; KE KEN Kenya; KG KGZ Kyrgyzstan
KH KHM Cambodia; KI KIR Kiribati; KM COM Comoros; KN KNA Saint Kitts and Nevis; KP PRK North Korea
KR KOR South Korea; KW KWT Kuwait; KY CYM Cayman Islands; KZ KAZ Kazakhstan; LA LAO Laos
LB LBN Lebanon; LC LCA Saint Lucia; LI LIE Liechtenstein; LK LKA Sri Lanka; LR LBR Liberia
LS LSO Lesotho; LT LTU Lithuania; LU LUX Luxembourg; LV LVA Latvia; LY LBY Libya; MA MAR Morocco
MC MCO Monaco; MD MDA Moldova; ME MNE Montenegro; MF MAF Saint Martin; MG MDG Madagascar
MH MHL Marshall Islands; MK MKD North Macedonia; ML MLI Mali; MM MMR Myanmar; MN MNG Mongolia
MO MAC Macao; MP MNP Northern Mariana Islands; MQ MTQ Martinique; MR MRT Mauritania
MS MSR Montserrat; MT MLT Malta; MU MUS Mauritius; MV MDV Maldives; MW MWI Malawi; MX MEX Mexico
MY MYS Malaysia; MZ MOZ Mozambique; NA NAM Namibia; NC NCL New Caledonia; NE NER Niger
NF NFK Norfolk Island; NG NGA Nigeria; NI NIC Nicaragua; NL NLD Netherlands; NO NOR Norway
NP NPL Nepal; NR NRU Nauru; NU NIU Niue; NZ NZL New Zealand; OM OMN Oman; PA PAN Panama; PE PER Peru
PF PYF French Polynesia; PG PNG Papua New Guinea; PH PHL Philippines; PK PAK Pakistan; PL POL Poland
PM SPM Saint Pierre and Miquelon; PN PCN Pitcairn; PR PRI Puerto Rico; PS PSE Palestine
PT PRT Portugal; PW PLW Palau; PY PRY Paraguay; QA QAT Qatar; RE REU Réunion; RO ROU Romania
RS SRB Serbia; RU RUS Russia; RW RWA Rwanda; SA SAU Saudi Arabia; SB SLB Solomon Islands
SC SYC Seychelles; SD SDN Sudan; SE SWE Sweden; SG SGP Singapore; SH SHN Saint Helena
SI SVN Slovenia; SJ SJM Svalbard and Jan Mayen; SK SVK Slovakia; SL SLE Sierra Leone
SM SMR San Marino; SN SEN Senegal; SO SOM Somalia; SR SUR Suriname; SS SSD South Sudan
ST STP Sao Tome and Principe; SV SLV El Salvador; SX SXM Sint Maarten; SY SYR Syria; SZ SWZ Eswatini
TC TCA Turks and Caicos Islands; TD TCD Chad; TF ATF French Southern Territories; TG TGO Togo
TH THA Thailand; TJ TJK Tajikistan; TK TKL Tokelau; TL TLS Timor-Leste; TM TKM Turkmenistan
TN TUN Tunisia; TO TON Tonga; TR TUR Türkiye; TT TTO Trinidad and Tobago; TV TUV Tuvalu
TW TWN Taiwan; TZ TZA Tanzania; UA UKR Ukraine; UG UGA Uganda
UM UMI United States Minor Outlying Islands; US USA United States; UY URY Uruguay; UZ UZB Uzbekistan
VA VAT Vatican City; VC VCT Saint Vincent and the Grenadines; VE VEN Venezuela
VG VGB British Virgin Islands; VI VIR US Virgin Islands; VN VNM Vietnam; VU VUT Vanuatu
WF WLF Wallis and Futuna; WS WSM Samoa; YE YEM Yemen; YT MYT Mayotte; ZA ZAF South Africa
ZM ZMB Zambia; ZW ZWE Zimbabwe
"""

CODES = frozenset(entry[:2] for entry in _ISO_3166.replace("\n", "; ").strip("; ").split("; "))
"""The two-letter codes."""

_ALIASES = {
    "US": "u s|u s a|united states of america|the united states|america|amerika|eeuu|ee uu|vereinigte staaten von amerika|"
    "etats unis damerique|stati uniti damerica|estados unidos da america|verenigde staten van amerika",
    "GB": "uk|u k|great britain|britain|england|scotland|wales|northern ireland|grossbritannien|gross britannien|inglaterra|"
    "angleterre|gran bretana|grande bretagne|inghilterra|gran bretagna|storbritannia|storbritannien|the united kingdom|"
    "united kingdom of great britain and northern ireland|schottland|nordirland",
    "IE": "republic of ireland|eire|ireland republic of",
    "DE": "deutschland|federal republic of germany|bundesrepublik deutschland|brd",
    "AT": "oesterreich",
    "NL": "holland|the netherlands|olanda|hollande|holanda",
    "NO": "noreg",
    "CZ": "czech republic|ceska republika|tschechische republik|republique tcheque|republica checa|repubblica ceca",
    "GR": "hellas|el",
    "TR": "turkey|turkiye",
    "RU": "russian federation",
    "MX": "mejico",
    "KR": "korea|republic of korea|korea republic of",
    "CN": "peoples republic of china|pr china|prc",
    "HK": "hong kong sar",
    "AE": "uae|u a e|emirates",
    "VN": "viet nam",
    "CI": "ivory coast",
    "CV": "cape verde",
    "MK": "macedonia",
    "SZ": "swaziland",
    "MM": "burma",
    "NZ": "aotearoa",
    "LU": "luxemburg",
    "PT": "portugal continental",
}


def country_code(text: str | None) -> str | None:
    """Return the two-letter ISO 3166-1 code of a country as people write it; null when it is unknown or missing.

    Examples
    --------
    >>> country_code("U.S.A."), country_code("Deutschland"), country_code("gbr"), country_code("Atlantis")
    ('US', 'DE', 'GB', None)
    >>> country_code("Yhdysvallat"), country_code("Vereinigtes Königreich"), country_code("Estados Unidos")
    ('US', 'GB', 'US')
    """
    if text is None or any(map(str.isdigit, text[:_LONGEST])):
        return None
    return code_of_name(_folded(text), is_plain=text.isascii())


def code_of_name(name: str, *, is_plain: bool = True) -> str | None:
    """Return the code of a country's name that is folded: small Latin letters, one blank between words.

    Parameters
    ----------
    name
        The name.
    is_plain
        Whether it was written so, without accents and letters of other scripts.

    Examples
    --------
    >>> code_of_name("pays bas"), code_of_name("paid")
    ('NL', None)
    """
    code = _codes().get(name)
    if code or (len(name) <= _LONGEST_CODE and is_plain):
        return code
    code = _listed_codes("country_names.txt").get(name)
    return code if code or is_plain else _listed_codes("country_names_transcribed.txt").get(name)


def standardised(values: Iterable[str | None]) -> list[str | None]:
    """Return the ISO code of every value, null where there is none.

    Examples
    --------
    >>> standardised(["United Kingdom", None, "IE", "Mars"])
    ['GB', None, 'IE', None]
    """
    known: dict[str | None, str | None] = {None: None}
    result = []
    for value in values:
        if value not in known:
            known[value] = country_code(value)
        result.append(known[value])
    return result


def judged(values: Sequence[str | None]) -> list[str | None]:
    """Return for every value null when it is missing or a known country, else the reason why it is not.

    Examples
    --------
    >>> judged(["France", "Frnace", None])
    [None, 'No country or country code is written so.', None]
    """
    return [
        None if value is None or not value.strip() or code is not None else "No country or country code is written so."
        for value, code in zip(values, standardised(values), strict=True)
    ]


def country_name(code: str) -> str | None:
    """Return the English name of a two-letter code.

    Examples
    --------
    >>> country_name("NZ")
    'New Zealand'
    """
    return _names().get(code)


def _folded(text: str) -> str:
    """Latin letters, lower case, without accents and punctuation, "and" for "&"."""
    letters = _APOSTROPHE.sub("", folded(text[:_LONGEST]).replace("&", " and "))
    return _NOT_LETTER.sub(" ", letters).strip()


@cache
def _entries() -> tuple[tuple[str, str, str], ...]:
    entries = _ISO_3166.replace("\n", "; ").strip("; ").split("; ")
    return tuple((entry[:2], entry[3:6], entry[7:]) for entry in entries)


@cache
def _names() -> dict[str, str]:
    return {code: name for code, _, name in _entries()}


@cache
def _codes() -> dict[str, str]:
    codes = {}
    for code, long_code, name in _entries():
        codes[_folded(name)] = code
        codes[code.lower()] = code
        codes[long_code.lower()] = code
    for code, aliases in _ALIASES.items():
        codes.update(dict.fromkeys(aliases.split("|"), code))
    return codes


@cache
def _listed_codes(file: str) -> dict[str, str]:
    """Return the names of countries in a list; to gather them from Babel's locales takes thirty times as long."""
    return {name: code for code, names in listed_names(file).items() for name in names}
