"""Another document's number, or a payment reference."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="reference",
    label="reference",
    signs={
        "reference": 5.6, "payment reference": 6.2, "your reference": 6, "reference number": 5.2,
        "order number": 4, "cheque number": 6, "cheque": 4, "statement number": 5, "batch id": 5.2,
        "transaction reference": 5, "document number": 4, "document reference": 4.5, "batch number": 4.6,
        "internal reference": 5.2, "original reference": 5.2, "number": 1.6, "receipt number": 4.2,
        "receipt id": 4.4, "document": 2.8, "contract number": 4.5, "contract reference": 4.5,
        "party reference": 5, "customer reference": 5, "purpose reference": 5, "our reference": 5.5,
        "transaction id": 3.2, "reference id": 5, "transfer": 3, "payment id": 5, "parent own": 4.5,
        "parent task": 4, "cancelled reference": 5, "reference code": 5, "entry number": 3.8,
        "purchase order": 4.5, "purchase order number": 5, "project number": 3, "quote number": 4.6,
        "ticket number": 4.2, "invoice number": 2.5, "order": 2.5, "contract": 2.6, "original transaction id": 4.5,
        "payment number": 4, "delivered number": 4.4, "subscription id": 3.5, "product reference": 2,
    },
    looks=("id_code", "whole_number", "uuid", "words"),
    unlike=("date", "amount", "email"),
    looks_like="id",
    is_many=True,
    common=-2.5,
)  # fmt: skip
