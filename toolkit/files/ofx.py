"""Bank files (OFX and QFX): 1.x with unclosed tags, 2.x in XML; one row a transaction, over all accounts of the file.

The account, its currency and its balance are columns of every row, because the id of a transaction is unique in its
account only. Accounts, with or without transactions, are named in ``preamble``. No entity is ever expanded and no document
type accepted.

Source: Open Financial Exchange 1.6 and 2.2, "Statement download"; header ``ENCODING`` and ``CHARSET`` as banks write them.
"""

import html
import io
import re
from collections.abc import Iterator, Mapping

from toolkit.errors import InputError
from toolkit.files.layout import plain_table
from toolkit.files.raw import RawTable
from toolkit.files.source import MAX_WHOLE_BYTES, Source

FIELDS = (
    "TRNTYPE", "DTPOSTED", "DTUSER", "TRNAMT", "FITID", "CHECKNUM", "REFNUM", "NAME", "PAYEE.NAME", "MEMO", "CURDEF",
    "ACCTFROM.BANKID", "ACCTFROM.ACCTID", "ACCTFROM.ACCTTYPE", "LEDGERBAL.BALAMT", "LEDGERBAL.DTASOF",
)  # fmt: skip
"""Columns that every table of a bank file has; further tags of the file follow them."""

_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]{1,64})\s*(/?)>([^<]*)")
_STATEMENTS = ("STMTRS", "CCSTMTRS", "INVSTMTRS")
_ACCOUNTS = ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM")
_AGGREGATES = frozenset({"PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY", "LEDGERBAL", "AVAILBAL", *_ACCOUNTS})
_MAX_COLUMNS = 500


def looks_like_ofx(text: str) -> bool:
    """Say whether the first characters of a file are those of a bank file."""
    upper = text[:4000].upper()
    return "OFXHEADER" in upper or "<OFX>" in upper


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
    statements = list(_statements(text))
    if not statements:
        raise InputError(f"{source.label} is a bank file without a statement. Download it again, for an account and period.")
    columns = dict.fromkeys(FIELDS)
    for _, rows in statements:
        for _, row in rows:
            columns.update(dict.fromkeys(row))
    if len(columns) > _MAX_COLUMNS:
        raise InputError(f"{source.label} has {len(columns)} different tags in its transactions. It is no bank's file.")
    cells = [
        (line, [(account | row).get(name, "") for name in columns]) for account, rows in statements for line, row in rows
    ]
    accounts = tuple(tuple(piece for pair in account.items() for piece in pair) for account, _ in statements)
    return plain_table(source, tuple(columns), cells, encoding=encoding, preamble=accounts)


def _statements(text: str) -> Iterator[tuple[dict[str, str], list[tuple[int, dict[str, str]]]]]:
    """Yield each account's facts and its transactions with their lines."""
    account: dict[str, str] = {}
    rows: list[tuple[int, dict[str, str]]] = []
    row: dict[str, str] | None = None
    aggregate = ""
    line, seen = 1, 0
    is_open = False
    for match in _TAG.finditer(text):
        closing, tag, self_closed, value = match[1], match[2].upper(), match[3], html.unescape(match[4]).strip()
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
            if row is not None:
                rows.append((line, row))
        elif tag in _AGGREGATES:
            aggregate = "" if closing else _aggregate_name(tag)
        elif is_open and not closing and not self_closed and value:
            _keep(account if row is None else row, f"{aggregate}.{tag}" if aggregate else tag, value)
    if is_open and (account or rows):
        yield account, rows


def _aggregate_name(tag: str) -> str:
    return "ACCTFROM" if tag in _ACCOUNTS else tag


def _keep(facts: dict[str, str], name: str, value: str) -> None:
    """Note a value under its name; a tag that occurs twice keeps both."""
    facts[name] = f"{facts[name]}; {value}" if name in facts and facts[name] != value else value


def accounts_of(preamble: tuple[tuple[str, ...], ...]) -> Iterator[Mapping[str, str]]:
    """Yield the facts of each account of a bank file from its table's ``preamble``."""
    for pieces in preamble:
        yield dict(zip(pieces[::2], pieces[1::2], strict=True))
