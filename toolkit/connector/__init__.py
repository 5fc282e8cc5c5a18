"""A business system described as data: which streams it has, how each stands in the files it exports, how it is asked.

Headers are compared by ``header_key``: without case, byte-order mark, outer blanks and the asterisks that
mark required columns. ``"a|b"`` means either name. The empty name ``""`` is the first column of a grouped
report, into which the reader copies each row's group label.
"""

from toolkit.connector.about import PROOF_LABELS, About, Interface, Proof
from toolkit.connector.api import (
    Account,
    Api,
    Changed,
    Completion,
    Cost,
    Fault,
    Limit,
    Lookup,
    Named,
    Reading,
    Selection,
    Which,
    Window,
    named_key,
)
from toolkit.connector.asked import asked_stream
from toolkit.connector.client_fields import with_external_id, with_updates_together
from toolkit.connector.fields import BALANCE, NOT_MONEY_MOVED, OWN_TRANSFER, PICTURE, Field, Point, RowFilter, asked_field
from toolkit.connector.headers import alternatives, header_currency, header_key
from toolkit.connector.importing import RECORD_ID, ByHand, HandWords, ImportColumn, ImportForm
from toolkit.connector.merging import AlsoNamed, Merge, Preview
from toolkit.connector.paging import (
    Cursor,
    GraphConnection,
    Job,
    Keyset,
    LinkHeader,
    NextLink,
    Offset,
    OnePage,
    PageNumber,
    Paging,
)
from toolkit.connector.sign_in import SignIn
from toolkit.connector.streams import (
    CATEGORY_LABELS,
    Connector,
    ExportFormat,
    Lines,
    LineTotal,
    Stream,
    with_imports,
    with_writings,
)
from toolkit.connector.write_calls import Awaited, Hanging, OneCall, WriteCall
from toolkit.connector.writing import (
    Batch,
    ColumnCall,
    Mark,
    Upsert,
    Version,
    WriteField,
    WriteLines,
    Writing,
)

__all__ = [
    "BALANCE",
    "CATEGORY_LABELS",
    "NOT_MONEY_MOVED",
    "OWN_TRANSFER",
    "PICTURE",
    "PROOF_LABELS",
    "RECORD_ID",
    "About",
    "Account",
    "AlsoNamed",
    "Api",
    "Awaited",
    "Batch",
    "ByHand",
    "Changed",
    "ColumnCall",
    "Completion",
    "Connector",
    "Cost",
    "Cursor",
    "ExportFormat",
    "Fault",
    "Field",
    "GraphConnection",
    "HandWords",
    "Hanging",
    "ImportColumn",
    "ImportForm",
    "Interface",
    "Job",
    "Keyset",
    "Limit",
    "LineTotal",
    "Lines",
    "LinkHeader",
    "Lookup",
    "Mark",
    "Merge",
    "Named",
    "NextLink",
    "Offset",
    "OneCall",
    "OnePage",
    "PageNumber",
    "Paging",
    "Point",
    "Preview",
    "Proof",
    "Reading",
    "RowFilter",
    "Selection",
    "SignIn",
    "Stream",
    "Upsert",
    "Version",
    "Which",
    "Window",
    "WriteCall",
    "WriteField",
    "WriteLines",
    "Writing",
    "alternatives",
    "asked_field",
    "asked_stream",
    "header_currency",
    "header_key",
    "named_key",
    "with_external_id",
    "with_imports",
    "with_updates_together",
    "with_writings",
]
