"""States and provinces: names, codes and customary short forms read as one code.

Source: ISO 3166-2 for the United States, Canada, Australia and Germany; the older short forms of the Associated
Press stylebook.
"""

from collections.abc import Mapping

import pyarrow as pa

from toolkit.values.cells import each_text
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import words

REGION_CODES: Mapping[str, str] = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "connecticut": "ct", "delaware": "de", "florida": "fl", "georgia": "ga", "hawaii": "hi", "idaho": "id",
    "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky", "louisiana": "la",
    "maine": "me", "maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn",
    "mississippi": "ms", "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh",
    "new jersey": "nj", "new mexico": "nm", "new york": "ny", "north carolina": "nc", "north dakota": "nd",
    "ohio": "oh", "oklahoma": "ok", "oregon": "or", "pennsylvania": "pa", "rhode island": "ri",
    "south carolina": "sc", "south dakota": "sd", "tennessee": "tn", "texas": "tx", "utah": "ut", "vermont": "vt",
    "virginia": "va", "washington": "wa", "west virginia": "wv", "wisconsin": "wi", "wyoming": "wy",
    "district of columbia": "dc", "puerto rico": "pr",
    "new south wales": "nsw", "victoria": "vic", "queensland": "qld", "south australia": "sa", "western australia": "wa",
    "tasmania": "tas", "northern territory": "nt", "australian capital territory": "act",
    "ontario": "on", "quebec": "qc", "british columbia": "bc", "alberta": "ab", "manitoba": "mb", "saskatchewan": "sk",
    "nova scotia": "ns", "new brunswick": "nb", "newfoundland and labrador": "nl", "newfoundland": "nl",
    "prince edward island": "pe", "northwest territories": "nt", "nunavut": "nu", "yukon": "yt",
    "baden wurttemberg": "bw", "baden wuerttemberg": "bw", "bayern": "by", "bavaria": "by", "berlin": "be",
    "brandenburg": "bb", "bremen": "hb", "hamburg": "hh", "hessen": "he", "hesse": "he", "mecklenburg vorpommern": "mv",
    "niedersachsen": "ni", "lower saxony": "ni", "nordrhein westfalen": "nw", "north rhine westphalia": "nw", "nrw": "nw",
    "rheinland pfalz": "rp", "rhineland palatinate": "rp", "saarland": "sl", "sachsen": "sn", "saxony": "sn",
    "sachsen anhalt": "st", "saxony anhalt": "st", "schleswig holstein": "sh", "thuringen": "th", "thuringia": "th",
}  # fmt: skip
"""Names of states and provinces to their codes."""

_CUSTOMARY = {
    "ala": "al", "ariz": "az", "ark": "ar", "calif": "ca", "cal": "ca", "colo": "co", "conn": "ct", "del": "de", "fla": "fl",
    "ill": "il", "ind": "in", "kan": "ks", "kans": "ks", "mass": "ma", "mich": "mi", "minn": "mn", "miss": "ms",
    "mont": "mt", "neb": "ne", "nebr": "ne", "nev": "nv",
    "okla": "ok", "ore": "or", "penn": "pa", "penna": "pa", "tenn": "tn", "tex": "tx",
    "wash": "wa", "wis": "wi", "wisc": "wi", "wyo": "wy", "washington dc": "dc", "ont": "on", "que": "qc", "pq": "qc",
    "alta": "ab", "man": "mb", "sask": "sk", "pei": "pe", "nfld": "nl", "yk": "yt",
}  # fmt: skip


def region(value: str) -> str | None:
    """Return a state or province as its code where it is known, else folded; a county without its word.

    Examples
    --------
    >>> region("California"), region("TX"), region("N.Y."), region("Co. Dublin"), region("n/a")
    ('ca', 'tx', 'ny', 'dublin', None)
    """
    if is_placeholder(value):
        return None
    own = words(value)
    if len(own) > 1 and all(len(word) == 1 for word in own):
        own = ["".join(own)]
    if len(own) > 1 and own[0] in {"county", "co"}:
        own = own[1:]
    text = " ".join(own)
    return REGION_CODES.get(text) or _CUSTOMARY.get(text) or text or None


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return ``region`` of each value.

    Examples
    --------
    >>> standardised(pa.array(["Illinois", "Ill.", None])).to_pylist()
    ['il', 'il', None]
    """
    return each_text(values, region)
