"""What the values of a column look like: the share of each kind of value, one file a kind in ``toolkit.values.kinds``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.values.kinds import (
    amount,
    bic,
    city,
    company_name,
    constant,
    country,
    currency,
    date,
    domain,
    duration,
    email,
    family_name,
    flag,
    free_text,
    given_name,
    gl_code,
    iban,
    id_code,
    instant,
    language_code,
    model_title,
    payment_method,
    percent,
    person_name,
    phone,
    postcode,
    region,
    salutation,
    serial_date,
    sku,
    status_word,
    street,
    tax_id,
    time,
    url,
    uuid,
    whole_address,
    whole_number,
)
from toolkit.values.sample import Sample, sample_of

KINDS: Mapping[str, Callable[[Sample], float]] = MappingProxyType(
    {
        "email": email.share,
        "url": url.share,
        "domain": domain.share,
        "phone": phone.share,
        "iban": iban.share,
        "bic": bic.share,
        "tax_id": tax_id.share,
        "postcode": postcode.share,
        "country": country.share,
        "region": region.share,
        "currency": currency.share,
        "language_code": language_code.share,
        "given_name": given_name.share,
        "family_name": family_name.share,
        "person_name": person_name.share,
        "company_name": company_name.share,
        "street": street.share,
        "whole_address": whole_address.share,
        "city": city.share,
        "date": date.share,
        "time": time.share,
        "instant": instant.share,
        "duration": duration.share,
        "serial_date": serial_date.share,
        "amount": amount.share,
        "whole_number": whole_number.share,
        "percent": percent.share,
        "flag": flag.share,
        "uuid": uuid.share,
        "id_code": id_code.share,
        "sku": sku.share,
        "model_title": model_title.share,
        "gl_code": gl_code.share,
        "status_word": status_word.share,
        "payment_method": payment_method.share,
        "salutation": salutation.share,
        "free_text": free_text.share,
        "constant": constant.share,
    }
)
"""The kinds of values, each with the test of a whole column."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What values of one column look like.

    ``shares`` has every kind with the share (0 to 1) that looks like it; ``shape`` is the commonest (9 a digit, A and a
    letters) and ``shape_share`` its share; ``mean_length`` counts characters, ``mean_words`` words.
    """

    shares: Mapping[str, float]
    count: int
    shape: str
    shape_share: float
    mean_length: float
    mean_words: float


def looks_of(values: Sequence[str]) -> Looks:
    """Return what the distinct, trimmed values of one column look like.

    Parameters
    ----------
    values
        At most a few hundred; empty ones count for nothing.

    Examples
    --------
    >>> looks = looks_of(["INV-1001", "INV-1002"])
    >>> looks.shares["id_code"], looks.shape, looks.mean_length
    (1.0, 'AAA-9999', 8.0)
    """
    sample = sample_of(values)
    counts = sample.shape_counts
    return Looks(
        shares=MappingProxyType({kind: min(1.0, round(share(sample), 4)) for kind, share in KINDS.items()}),
        count=sample.count,
        shape=max(counts, key=lambda own: counts[own]) if counts else "",
        shape_share=sample.shape_share,
        mean_length=sample.mean_length,
        mean_words=sample.mean_words,
    )


def value_shares(values: Sequence[str]) -> dict[str, float]:
    """Return the share (0 to 1) of a column's values that look like each kind; shares of several kinds may add up to more.

    Parameters
    ----------
    values
        Distinct, trimmed values of one column, at most a few hundred.

    Examples
    --------
    >>> shares = value_shares(["jo@acme.com", "ann@acme.com"])
    >>> shares["email"], shares["phone"]
    (1.0, 0.0)
    """
    return dict(looks_of(values).shares)
