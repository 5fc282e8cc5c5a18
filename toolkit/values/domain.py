"""Internet domains of companies, from web sites and from e-mail addresses.

Source: the public suffix list (`public_suffixes`), with the builders of sites that give every client a name of its own; the
large free mail providers of North America, Europe and Australia.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.values.cells import each_text, of_distinct, with_unusual
from toolkit.values.public_suffixes import suffix_labels
from toolkit.values.text import each_distinct, folded, word_set

FREE_MAIL = word_set(
    """
    gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.ca yahoo.com.au yahoo.de yahoo.fr yahoo.es yahoo.it
    ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es live.com
    live.co.uk live.nl live.ca outlook.com outlook.de outlook.fr msn.com aol.com aim.com icloud.com me.com mac.com
    protonmail.com proton.me pm.me gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com
    mail.ru yandex.ru yandex.com zoho.com fastmail.com hey.com tutanota.com comcast.net verizon.net att.net
    sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com optonline.net frontier.com btinternet.com
    sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk tiscali.co.uk orange.fr wanadoo.fr free.fr
    laposte.net sfr.fr libero.it virgilio.it alice.it telenet.be skynet.be ziggo.nl kpnmail.nl xs4all.nl planet.nl
    hetnet.nl bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz rogers.com shaw.ca sympatico.ca
    telus.net eircom.net telia.com online.no qq.com 163.com 126.com naver.com rediffmail.com
    """
)
"""Domains of which an address says nothing about its owner's company."""

PLATFORMS = word_set(
    """
    facebook.com fb.com fb.me instagram.com linkedin.com twitter.com x.com youtube.com youtu.be tiktok.com pinterest.com
    yelp.com tripadvisor.com google.com goo.gl g.page bit.ly linktr.ee etsy.com ebay.com ebay.co.uk amazon.com
    wikipedia.org yell.com checkatrade.com xing.com medium.com whatsapp.com wa.me t.me
    """
)
"""Sites on which anybody has a page: an address there names the site, not its owner."""

_TWO_PART = word_set(
    """
    co.uk org.uk me.uk ltd.uk plc.uk ac.uk gov.uk net.uk sch.uk nhs.uk com.au net.au org.au edu.au gov.au id.au
    asn.au co.nz net.nz org.nz ac.nz govt.nz co.za org.za co.jp ne.jp or.jp com.br com.mx com.ar com.tr com.sg
    com.hk com.cn com.tw co.in net.in org.in co.kr co.il com.my com.ph co.id co.th com.vn com.pl com.ua com.es
    com.pt co.at or.at com.gr com.mt com.cy com.ro com.pe com.ec com.uy com.ve com.sa com.eg com.ng co.ke co.tz com.gh
    com.pk com.bd com.np com.lk com.kw com.qa com.lb org.br net.br gov.br ltd.nz geek.nz school.nz edu.sg org.sg ac.jp
    org.hk edu.hk org.tw org.cn net.cn gov.cn ac.in gov.in firm.in or.kr ac.kr org.il ac.il org.pl net.pl edu.pl
    on.ca qc.ca bc.ca ab.ca police.uk mod.uk web.za gov.za ac.za
    myshopify.com wordpress.com wixsite.com weebly.com blogspot.com squarespace.com square.site github.io netlify.app
    vercel.app herokuapp.com godaddysites.com business.site webflow.io jimdofree.com jimdosite.com onmicrosoft.com
    web.app firebaseapp.com azurewebsites.net
    """
)
"""Suffixes so common that the whole list need not be read for them."""

_ONE_PART = word_set("com org net info eu de ch dk")
"""Endings under which names are registered directly; what gives names of its own there stands above."""

_PARKED = word_set(
    """
    example.com example.org example.net test.com domain.com email.com company.com localhost none.com noemail.com
    """
)
_PLAIN = r"^(?:https?://)?(?:[a-z0-9._+-]+@)?(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]*(?:[/?#](?s:.*))?$"
_LABELS = 2
_BEFORE_HOST = r"^(?:https?://)?(?:[a-z0-9._+-]+@)?(?:www\.)?"
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([a-z0-9][a-z0-9.-]*\.[a-z][a-z0-9-]*)(?:[:/?#].*)?$")


@lru_cache(maxsize=100_000)
def registered_domain(host: str) -> str:
    """Return the part of a host name that somebody registered.

    Examples
    --------
    >>> registered_domain("www.shop.acme.co.uk"), registered_domain("mail.acme.com"), registered_domain("alpha.co.ug")
    ('acme.co.uk', 'acme.com', 'alpha.co.ug')
    """
    labels = host.strip(".").split(".")
    if len(labels) <= _LABELS or labels[-1] in _ONE_PART:
        kept = 3 if ".".join(labels[-2:]) in _TWO_PART else 2
    elif ".".join(labels[-2:]) in _TWO_PART:
        kept = 3
    else:
        kept = suffix_labels(".".join(labels)) + 1
    return ".".join(labels[-kept:])


def domain_of(value: str) -> str | None:
    """Return the registered domain of a web site, host or e-mail address; None for what is none, or made up.

    Examples
    --------
    >>> domain_of("https://www.Acme.com/about"), domain_of("jo@mail.acme.com"), domain_of("Yes")
    ('acme.com', 'acme.com', None)
    """
    found = _HOST.match(folded(value).replace(" ", ""))
    if not found:
        return None
    domain = registered_domain(found.group(1))
    return None if domain in _PARKED else domain


def company_domain(value: str) -> str | None:
    """Return the domain of a web site or address unless everybody may have it (free mail providers).

    Examples
    --------
    >>> company_domain("jo@gmail.com"), company_domain("info@acme.com")
    (None, 'acme.com')
    """
    domain = domain_of(value)
    return None if domain in FREE_MAIL or domain in PLATFORMS else domain


def standardised(values: pa.StringArray) -> pa.StringArray:
    """Return the registered domain of each web site or address, for comparing; null where there is none.

    Examples
    --------
    >>> standardised(pa.array(["http://www.acme.com/", "ACME.COM", "No", None])).to_pylist()
    ['acme.com', 'acme.com', None, None]
    """
    site = pc.ascii_lower(values)
    host = pc.replace_substring_regex(pc.replace_substring_regex(site, _BEFORE_HOST, ""), "[/?#](?s:.*)$", "")
    is_open = pc.fill_null(pc.greater(pc.count_substring(host, "."), 1), False)
    registered = pc.replace_with_mask(host, is_open, each_text(host.filter(is_open), registered_domain))
    is_plain = pc.and_(pc.match_substring_regex(site, _PLAIN), pc.match_substring(registered, "."))
    is_plain = pc.and_(is_plain, pc.or_(is_open, pc.invert(pc.is_in(host, value_set=pa.array(sorted(_TWO_PART))))))
    known = pc.if_else(pc.is_in(registered, value_set=pa.array(sorted(_PARKED))), None, registered)
    return with_unusual(values, known, is_plain, domain_of)


def company_domains(values: pa.StringArray) -> pa.StringArray:
    """Return ``company_domain`` of each web site or address; null where there is none.

    Examples
    --------
    >>> company_domains(pa.array(["jo@gmail.com", "www.acme.co.uk", None])).to_pylist()
    [None, 'acme.co.uk', None]
    """
    return of_distinct(values, _company_domains)


def _company_domains(values: pa.StringArray) -> pa.StringArray:
    found = standardised(values)
    return pc.if_else(pc.is_in(found, value_set=pa.array(sorted(FREE_MAIL | PLATFORMS))), None, found)


def judged(values: Sequence[str | None]) -> list[str | None]:
    """Return what is wrong with each web site, in a sentence; None where nothing is, or nothing is filled."""

    def fault(value: str) -> str | None:
        if not value.strip() or domain_of(value):
            return None
        return "This is not a web site or domain."

    return each_distinct(values, fault)
