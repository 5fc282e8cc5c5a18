"""Where a canonical column comes from: a header of an export, a path into what the interface answers."""

from dataclasses import dataclass, replace

NOT_MONEY_MOVED = "not_money_moved"
"""Why a row was put aside that looks like a payment or a bank line, and by which no money moved."""

BALANCE = "balance_line"
"""Why a row was put aside that states what an account holds: an opening or closing balance, not a line of it."""

OWN_TRANSFER = "own_transfer"
"""Why a row was put aside that moves money between accounts of the client: nothing was received or spent."""

PICTURE = "picture"
"""Why a row was put aside that names a further picture of the product above it."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where one canonical column comes from.

    ``headers`` are alternatives: of the columns present, the first filled cell counts; with ``joined`` all
    filled cells are joined by it. ``form`` names a change to the text (``files/cell_transforms.py`` lists them). ``values``
    maps patterns, searched in the lower-case cell, to the value they stand for; a cell that none fits is null.

    Of an amount, ``minus`` is subtracted (credit less debit, total less open balance; with ``needs_minus`` there is
    no value without that column), ``times`` multiplies it (price by quantity), ``is_absolute`` drops its sign, and
    ``unless_other_currency`` names a column with a currency: the amount is dropped where it differs from the record's. Of
    the amount of a document's line, ``percent_off`` names a column with a discount in percent, and ``otherwise`` is where
    the amount comes from where this field has none (price by quantity). ``sign_from`` is the header of a running balance:
    where it falls by what the amounts say came in, all of them change their sign. ``negative_by`` is a header and a pattern:
    an amount beside whose cell the pattern is found (in lower case) is money out, and changes its sign.

    ``path`` are the alternatives where the vendor's interface is asked: paths of names with dots. ``path_form`` and
    ``path_pattern`` stand in the place of ``form`` and ``pattern`` there, since an interface writes some things otherwise
    (milliseconds, cents). A field without a path is in no answer. Where an answer differs in more than that, ``asked`` is
    the whole field as it stands there, its headers being paths.

    Of an amount with the form ``minor_units``, ``exponents`` are the currencies that a vendor counts with other decimals
    than ISO 4217 has.

    Of a date, ``pattern`` is a ``strptime`` pattern and ``time_zone`` the zone the vendor states; empty: the system's.
    ``time_zone_from`` is the header of a column that names the zone of each row ("BST", "GMT+2", "Europe/Berlin").
    """

    headers: tuple[str, ...]
    joined: str = ""
    minus: tuple[str, ...] = ()
    needs_minus: bool = False
    times: str = ""
    is_absolute: bool = False
    form: str = ""
    values: tuple[tuple[str, str], ...] = ()
    pattern: str = ""
    time_zone: str = ""
    time_zone_from: str = ""
    unless_other_currency: str = ""
    percent_off: str = ""
    sign_from: str = ""
    negative_by: tuple[str, str] = ("", "")
    otherwise: "Field | None" = None
    path: tuple[str, ...] = ()
    path_form: str = ""
    path_pattern: str = ""
    asked: "Field | None" = None
    exponents: tuple[tuple[str, int], ...] = ()


def is_asked(field: Field) -> bool:
    """Return whether an answer of the vendor's interface has a field."""
    return bool(field.path) or field.asked is not None


def asked_field(field: Field) -> Field:
    """Return a field as it stands in an answer of the vendor's interface: its headers are paths there.

    Examples
    --------
    >>> asked_field(Field(("Amount",), path=("amount_in_cents",), path_form="hundredths")).headers
    ('amount_in_cents',)
    """
    if field.asked is not None:
        return field.asked
    otherwise = field.otherwise
    return replace(
        field,
        headers=field.path,
        form=field.path_form,
        pattern=field.path_pattern,
        otherwise=asked_field(otherwise) if otherwise is not None and otherwise.path else None,
    )


@dataclass(frozen=True, slots=True)
class Point:
    """A further e-mail address, phone number, address or domain of a party; ``label`` says which (mobile, billing)."""

    kind: str
    label: str
    field: Field


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows of a shared file belong to a stream.

    A row belongs if its lower-case cell fits one of the patterns ``values`` from end to end, or, with
    ``is_filled``, if it has a cell there or has none. A row whose cell fits one of ``excluded`` looks like a record and is
    none (an authorisation, a failed payment, a balance): it is put aside for ``reason``, and nothing is missing without
    it. The filter does not apply to a file without the column, nor to one without ``beside``.
    """

    headers: str
    values: tuple[str, ...] = ()
    is_filled: bool | None = None
    beside: str = ""
    excluded: tuple[str, ...] = ()
    reason: str = NOT_MONEY_MOVED
