"""The whole amount, tax included."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="amount_gross",
    label="amount",
    signs={
        "amount": 4.9, "total": 5.2, "gross": 6, "gross amount": 7, "total gross": 7.1, "amount total": 6.2,
        "own amount": 6, "own total": 6.4, "own worth": 5.8, "payment amount": 5.6, "worth": 4,
        "with tax total": 7, "with tax amount": 7, "line total": 5.6, "line amount": 4.6, "budget": 3.6,
        "expense": 2.6, "transaction amount": 6.2, "invoice amount": 5.6, "order amount": 5.4, "order total": 5.6,
        "bill amount": 5.8, "amount net gross": 3, "revenue": 4, "sale gross": 6.4, "total sale": 4.6,
        "gross total amount": 7, "total with tax": 7.1, "tax with": 5.5, "own gross": 6.8, "price total": 4.6,
        "invoice worth": 5.6, "invoice total": 5.8, "document amount": 5.4, "document total": 5.4,
        "total payment": 5, "own price": 4, "debit credit amount": 3.5, "received total": 5.4, "own budget": 4,
        "deal amount": 5, "purchase amount": 5, "product total": 4.6, "own quote": 3.5, "own cost": 3.6,
        "gross worth": 6.8, "own total amount": 6.6, "purpose amount": 4,
    },
    looks=("number", "amount"),
    unlike=("date", "email", "percent", "words"),
    looks_like="money",
    common=-1.4,
)  # fmt: skip
