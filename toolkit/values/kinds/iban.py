"""International bank account numbers.

Source: ISO 13616; lengths as in the SWIFT registry of IBAN formats.
"""

import re

from toolkit.values.sample import Sample

_LENGTHS = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18
    FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21
    MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 TN24
    TR26 UA29 VA22 VG24 XK20
"""
LENGTHS = {entry[:2]: int(entry[2:]) for entry in _LENGTHS.split()}
"""Characters of an account number of each country."""

_MOST_CHECKED = 12
_FORM = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def share(sample: Sample) -> float:
    """Return the share of account numbers; one with wrong check digits counts a little less.

    Examples
    --------
    >>> from toolkit.values.sample import sample_of
    >>> share(sample_of(["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819"])), share(sample_of(["DE123456789"]))
    (1.0, 0.0)
    """
    return sample.shaped(_fit, most=_MOST_CHECKED) if sample.codes else 0.0


def iban_country(value: str) -> str | None:
    """Return the country of an account number; None for what has not its form.

    Examples
    --------
    >>> iban_country("DE89 3704 0044 0532 0130 00"), iban_country("DE89")
    ('DE', None)
    """
    return value.strip()[:2].upper() if _fit(value) else None


def _fit(value: str) -> float:
    if not value[:1].isalpha() or len(value) > 50:
        return 0.0
    compact = value.upper().replace(" ", "").replace("-", "").removeprefix("IBAN").removeprefix(":")
    if not compact.isascii() or LENGTHS.get(compact[:2]) != len(compact) or not _FORM.fullmatch(compact):
        return 0.0
    number = int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4]))
    return 1.0 if number % 97 == 1 else 0.7
