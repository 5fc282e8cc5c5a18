"""E-mail addresses.

Source: RFC 5321 section 4.5.3.1 for lengths, RFC 5322 section 3.2.3 for the characters of a local part (quoted local
parts, which no business system accepts, are judged wrong).
"""

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import with_unusual
from toolkit.values.domain import domain_of
from toolkit.values.placeholder import is_placeholder
from toolkit.values.text import each_distinct, folded, word_set

ROLES = word_set(
    """
    info office sales admin contact mail hello enquiries enquiry inquiries accounts accounting accountspayable ap ar
    billing invoices invoice finance support service help helpdesk reception team orders purchasing procurement
    marketing hr jobs noreply no-reply webmaster postmaster general buchhaltung rechnung kontakt vertrieb
    payables receivables payroll remittance customerservice customercare bookings reservations frontdesk operations
    dispatch warehouse legal press media verkauf einkauf zentrale kundenservice ventas contacto facturacion
    comptabilite compta accueil secretariat direction amministrazione administratie verkoop facturen post kontor
    """
)
"""Local parts that name a desk, not a person."""

_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9.-]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_NOBODY = "(?:test|none|na|noemail|nobody|no|unknown|x+|a+|asdf|dummy|fake)"
_NOWHERE = "(?:test|example|none|na|noemail|x+|fake|dummy|domain)"
_MADE_UP = re.compile(rf"{_NOBODY}\d*@.*")
_MADE_UP_HOSTS = re.compile(rf".*@{_NOWHERE}\.[a-z.]+")
_PLAIN = (
    r"^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?:\+[a-z0-9_-]+)?"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.)+[a-z]{2,20}$"
)
_DOUBTFUL = rf"^{_NOBODY}[0-9]*@|@{_NOWHERE}\."


def address_in(value: str) -> str | None:
    """Return the first e-mail address in a cell, folded; None where there is none.

    Examples
    --------
    >>> address_in("Jo Bell <Jo.Bell@Acme.com>; other@acme.com")
    'jo.bell@acme.com'
    """
    found = _ADDRESS.search(folded(value).replace("mailto:", ""))
    if not found:
        return None
    address = found.group(0).strip(".")
    return address if _HOST.fullmatch(address.rpartition("@")[2]) else None


def is_made_up(address: str) -> bool:
    """Return whether a folded address only fills a field (``test@test.com``).

    Examples
    --------
    >>> is_made_up("test@test.com"), is_made_up("tess@acme.com")
    (True, False)
    """
    return bool(_MADE_UP_HOSTS.fullmatch(address) or (_MADE_UP.fullmatch(address) and domain_of(address) is None))


def is_role(address: str) -> bool:
    """Return whether an address names a desk that several people share.

    Examples
    --------
    >>> is_role("info@acme.com"), is_role("jo@acme.com")
    (True, False)
    """
    return address.partition("@")[0].partition("+")[0] in ROLES


def mailbox(value: str) -> str | None:
    """Return the mailbox that an address in a cell reaches; None where there is none, or a made-up one.

    Examples
    --------
    >>> mailbox("Jo Bell <Jo.Bell+news@googlemail.com>"), mailbox("none@none.com")
    ('jobell@gmail.com', None)
    """
    address = address_in(value)
    if address is None or is_made_up(address):
        return None
    local, _, host = address.rpartition("@")
    local = local.partition("+")[0] or local
    if host in {"gmail.com", "googlemail.com"}:
        return local.replace(".", "") + "@gmail.com"
    return f"{local}@{host}"


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return the mailbox each address reaches, for comparing: folded, without plus tags (and dots at Gmail).

    Examples
    --------
    >>> standardised(pa.array(["Jo+news@Acme.com", "j.o@gmail.com", "test@test.com", "n/a", None])).to_pylist()
    ['jo@acme.com', 'jo@gmail.com', None, None, None]
    """
    address = pc.ascii_trim_whitespace(pc.ascii_lower(values))
    is_plain = pc.and_(pc.match_substring_regex(address, _PLAIN), pc.invert(pc.match_substring_regex(address, _DOUBTFUL)))
    reached = pc.replace_substring_regex(address, r"\+[^@]*", "")
    is_google = pc.match_substring_regex(reached, "@(?:gmail|googlemail)[.]com$")
    google = pc.replace_substring(pc.replace_substring_regex(reached.filter(is_google), "@.*$", ""), ".", "")
    google = pc.binary_join_element_wise(google, "gmail.com", "@")
    return with_unusual(values, pc.replace_with_mask(reached, is_google, google), is_plain, mailbox)


def judged(values: Sequence[str | None], *, country: str | None = None) -> list[str | None]:
    """Return what is wrong with each address, in a sentence; None where nothing is, or nothing is filled.

    Parameters
    ----------
    values
        Addresses as written.
    country
        Takes no part: addresses are the same everywhere.

    Examples
    --------
    >>> judged(["jo@acme.com", "jo@acme", None])
    [None, 'The part after @ is not a domain.', None]
    """
    del country
    return each_distinct(values, _fault)


def _fault(value: str) -> str | None:
    text = value.strip()
    if not text:
        return None
    lowered = text.lower()
    local, at, host = lowered.rpartition("@")
    faults = (
        (is_placeholder(text) or is_made_up(lowered), "This is a filler, not an address."),
        (not at, "There is no @ in it."),
        (len(re.findall(r"@", text)) > 1, "There is more than one @ in it."),
        (len(lowered) > 254 or len(local) > 64, "It is too long for an address."),
        (re.search(r"\s", text) is not None, "There is a blank in it."),
        (not _HOST.fullmatch(host), "The part after @ is not a domain."),
        (not _ADDRESS.fullmatch(lowered), "There is a character in it that no address has."),
    )
    return next((reason for is_wrong, reason in faults if is_wrong), None)
