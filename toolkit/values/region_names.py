"""States, provinces, counties and cantons: names in Latin letters without accents, and the codes that addresses use.

Source: ISO 3166-2; for Great Britain and Ireland the counties of postal use.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from toolkit.values.known_names import listed_names
from toolkit.values.region import REGION_CODES

_CODES = {
    "US": "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR"
    " PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR",
    "CA": "ON QC BC AB MB SK NS NB NL PE NT NU YT",
    "AU": "NSW VIC QLD SA WA TAS NT ACT",
    "DE": "BW BY BE BB HB HH HE MV NI NW NRW RP SL SN ST SH TH",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "IT": "AG AL AN AO AP AQ AR AT AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CL CN CO CR CS CT CZ EN FC FE FG FI FM FR"
    " GE GO GR IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA NO NU OR PA PC PD PE PG PI PN PO PR PT PU PV PZ"
    " RA RC RE RG RI RM RN RO RV SA SI SO SP SR SS SU SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV",
    "BR": "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO",
    "MX": "AGS BC BCS CAM CHIS CHIH CDMX COAH COL DGO GTO GRO HGO JAL MEX MICH MOR NAY NL OAX PUE QRO QROO SLP SIN SON"
    " TAB TAMPS TLAX VER YUC ZAC",
    "IN": "AP AR AS BR CG CT DL GA GJ HP HR JH JK KA KL MH ML MN MP MZ NL OD OR PB RJ SK TN TS TG TR UK UT UP WB",
    "ES": "A AB AL AV B BA BI BU C CA CC CE CO CR CS CU GC GI GR GU H HU J L LE LO LU M MA ML MU NA O OR OU P PM PO S SA"
    " SE SG SO SS T TE TF TO V VA VI Z ZA",
    "NL": "DR FL FR GE GR LI NB NH OV UT ZE ZH",
    "ZA": "EC FS GP KZN LP MP NC NW WC",
}  # fmt: skip


@cache
def region_names() -> frozenset[str]:
    """Return the names, folded, words with blanks between.

    Examples
    --------
    >>> "noord holland" in region_names(), "texas" in region_names(), "paid" in region_names()
    (True, True, False)
    """
    return listed_names("region_names.txt")["names"] | REGION_CODES.keys()


@cache
def region_codes_of() -> Mapping[str, frozenset[str]]:
    """Return the codes in addresses of each country that uses some, in capitals.

    Examples
    --------
    >>> "NSW" in region_codes_of()["AU"], "MI" in region_codes_of()["IT"]
    (True, True)
    """
    return MappingProxyType({country: frozenset(codes.split()) for country, codes in _CODES.items()})
