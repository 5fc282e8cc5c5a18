"""Bank account of the other side."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="party_account",
    label="other side's account",
    signs={
        "contra account": 6.3, "contra account number": 6.8, "contra iban": 6.8, "party account": 6.3,
        "party account number": 6.8, "party iban": 6.8, "account number": 2.8, "iban": 3, "contra account iban": 7,
        "contra": 5.5, "contra number": 6, "bank account": 2.5, "bank account number": 3.2, "supplier iban": 6,
        "recipient iban": 6, "sender account": 5, "customer iban": 5.5, "bank account description": 4.5,
        "sender iban": 5.5, "recipient account": 6, "account iban": 2.8,
    },
    looks=("iban", "id_code", "whole_number"),
    unlike=("date", "amount"),
    looks_like="id",
    common=-3,
)  # fmt: skip
