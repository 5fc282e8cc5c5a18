"""Bank files (OFX and QFX): 1.x with unclosed tags, 2.x in XML; one row a transaction, over all accounts of the file.

The account, its currency and its balance are columns of every row, because the id of a transaction is unique in its
account only; where a line has a currency of its own (``CURRENCY``), that one stands in ``CURDEF``, while an original
currency (``ORIGCURRENCY``) says only what the amount was converted from. Amounts have a decimal point, whatever the bank
wrote. Accounts, with or without transactions, are named in ``preamble``. Lines that state a balance are put aside. No
entity is ever expanded and no document type accepted.

Source: Open Financial Exchange 1.6 and 2.2, "Statement download"; header ``ENCODING`` and ``CHARSET`` as banks write them.
"""

import html
import io
import re
from collections.abc import Iterator, Mapping

from toolkit.errors import InputError
from toolkit.files.layout import Aside, plain_table
from toolkit.files.raw import RawTable
from toolkit.files.source import MAX_WHOLE_BYTES, Source
from toolkit.files.summary_words import is_balance_label

FIELDS = (
    "TRNTYPE", "DTPOSTED", "DTUSER", "TRNAMT", "FITID", "CHECKNUM", "REFNUM", "NAME", "PAYEE.NAME", "MEMO", "CURDEF",
    "ACCTFROM.BANKID", "ACCTFROM.ACCTID", "ACCTFROM.ACCTTYPE", "LEDGERBAL.BALAMT", "LEDGERBAL.DTASOF",
)  # fmt: skip
"""Columns that every table of a bank file has; further tags of the file follow them."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_.]{0,63})\s*(/?)>")
_CAPITAL_TAG = re.compile(r"<(/?)([A-Z][A-Z0-9_.]{0,63})\s*(/?)>")
_INSIDE = ("OFXHEADER", "<OFX>", "<STMTTRNRS>", "<STMTRS>", "<CCSTMTRS>", "<BANKTRANLIST>", "<STMTTRN>")
_AMOUNTS = frozenset({"TRNAMT", "LEDGERBAL.BALAMT", "AVAILBAL.BALAMT"})
_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_STATEMENTS = ("STMTRS", "CCSTMTRS", "INVSTMTRS")
_ACCOUNTS = ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM")
_AGGREGATES = frozenset({"PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY", "LEDGERBAL", "AVAILBAL", *_ACCOUNTS})
_MAX_COLUMNS = 500


def looks_like_ofx(text: str) -> bool:
    """Say whether the first characters of a file are those of a bank file."""
    upper = text[:4000].upper()
    return any(sign in upper for sign in _INSIDE)


def ofx_table(source: Source) -> RawTable:
    """Return the transactions of a bank file.

    Raises
    ------
    InputError
        The file declares a document type or entities, or holds no statement.
    """
    with source.text() as stream:
        text = io.BufferedReader(stream).read(MAX_WHOLE_BYTES).decode()
        encoding = stream.encoding
    if re.search(r"<!(?:DOCTYPE|ENTITY|ELEMENT)", text, re.IGNORECASE):
        raise InputError(f"{source.label} declares a document type, which no bank file does. It is not opened.")
    statements = _with_plain_amounts(list(_statements(text)))
    if not statements:
        raise InputError(f"{source.label} is a bank file without a statement. Download it again, for an account and period.")
    columns = dict.fromkeys(FIELDS)
    for _, rows in statements:
        for _, row in rows:
            columns.update(dict.fromkeys(row))
    if len(columns) > _MAX_COLUMNS:
        raise InputError(f"{source.label} has {len(columns)} different tags in its transactions. It is no bank's file.")
    cells, aside = [], []
    for account, rows in statements:
        for line, row in rows:
            values = [(account | row).get(name, "") for name in columns]
            if _states_a_balance(row):
                aside.append(Aside(line, "balance_line", "The line states a balance; no money moved.", tuple(values)))
            else:
                cells.append((line, values))
    accounts = tuple(tuple(piece for pair in account.items() for piece in pair) for account, _ in statements)
    return plain_table(source, tuple(columns), cells, encoding=encoding, aside=aside, preamble=accounts)


Statement = tuple[dict[str, str], list[tuple[int, dict[str, str]]]]
"""An account's facts, and its transactions with their lines."""


def _states_a_balance(row: Mapping[str, str]) -> bool:
    """Say whether a line is none of money: banks of some countries write each day's balance among the transactions."""
    names = [row[name] for name in ("NAME", "MEMO", "PAYEE.NAME") if row.get(name)]
    is_loose = row.get("TRNTYPE", "OTHER").upper() == "OTHER" or not row.get("FITID")
    return is_loose and any(is_balance_label(name, is_at_edge=False) for name in names)


def _statements(text: str) -> Iterator[Statement]:
    account: dict[str, str] = {}
    rows: list[tuple[int, dict[str, str]]] = []
    row: dict[str, str] | None = None
    aggregate = ""
    line, seen = 1, 0
    is_open = False
    # A bank writes its tags in capitals; then small letters in angle brackets are part of a text.
    tags = list((_CAPITAL_TAG if _CAPITAL_TAG.search(text) else _TAG).finditer(text))
    for match, following in zip(tags, [*tags[1:], None], strict=False):
        closing, tag, self_closed = match[1], match[2].upper(), match[3]
        value = html.unescape(text[match.end() : following.start() if following else len(text)]).strip()
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if tag in _STATEMENTS:
            if is_open and (account or rows):
                yield account, rows
            account, rows, row, aggregate = {}, [], None, ""
            is_open = not closing
        elif tag == "STMTTRN":
            row = None if closing else {}
            aggregate = ""
            # Some downloads begin with the transactions themselves.
            is_open = True
            if row is not None:
                rows.append((line, row))
        elif tag in _AGGREGATES:
            aggregate = "" if closing else _aggregate_name(tag)
        elif is_open and not closing and not self_closed and value:
            _keep(account if row is None else row, f"{aggregate}.{tag}" if aggregate else tag, value)
    if is_open and (account or rows):
        yield account, rows


def _with_plain_amounts(statements: list[Statement]) -> list[Statement]:
    """Return the statements with a decimal point in all amounts, and each line's own currency as its currency."""
    amounts = [row.get("TRNAMT", "") for _, rows in statements for _, row in rows]
    points = sum(bool(re.search(r"\.\d{1,2}$", amount)) for amount in amounts)
    commas = sum(bool(re.search(r",\d{1,2}$", amount)) for amount in amounts)
    mark = "," if commas > points else "."
    return [
        (_plain(account, "", mark), [(line, _plain(row, account.get("CURDEF", ""), mark)) for line, row in rows])
        for account, rows in statements
    ]


def _plain(facts: Mapping[str, str], currency: str, mark: str) -> dict[str, str]:
    own = facts.get("CURRENCY.CURSYM", "")
    plain = {
        name: plain_amount(value, mark, has_three=(own or facts.get("CURDEF", currency)) in _THREE_DECIMALS)
        if name in _AMOUNTS
        else value
        for name, value in facts.items()
    }
    return plain | {"CURDEF": own} if own else plain


def plain_amount(text: str, mark: str, *, has_three: bool = False) -> str:
    """Return an amount with a decimal point and without thousands separators; text that is no amount stays as it is.

    Parameters
    ----------
    mark
        The decimal mark of most amounts of the file.
    has_three
        The currency has three decimals.

    Examples
    --------
    >>> [plain_amount(text, ".") for text in ("-9,90", "1,250", "1.250", "1.234,50", "1,234,567.8")]
    ['-9.90', '1250', '1.250', '1234.50', '1234567.8']
    """
    if not re.fullmatch(r"[+-]?[\d.,' \u00a0]*\d", text):
        return text
    text = re.sub(r"[' \u00a0]", "", text)
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    is_only = text.count(text[last]) == 1
    has_other = ("," if text[last] == "." else ".") in text
    is_decimal = is_only and (has_other or len(text) - last != 4 or text[last] == mark or has_three)
    whole = re.sub("[.,]", "", text[:last])
    return f"{whole}.{text[last + 1 :]}" if is_decimal else whole + text[last + 1 :]


def _aggregate_name(tag: str) -> str:
    return "ACCTFROM" if tag in _ACCOUNTS else tag


def _keep(facts: dict[str, str], name: str, value: str) -> None:
    """Note a value under its name; a tag that occurs twice keeps both."""
    facts[name] = f"{facts[name]}; {value}" if name in facts and facts[name] != value else value
