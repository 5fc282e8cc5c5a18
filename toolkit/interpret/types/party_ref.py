"""The customer's or supplier's id as written."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="party_ref",
    label="customer or supplier id",
    signs={
        "customer number": 6.4, "customer id": 6.4, "customer code": 6.4, "supplier number": 6.4,
        "supplier id": 6.4, "supplier code": 6.4, "party id": 5.5, "party number": 5.5, "contact id": 5,
        "contact number": 2, "account id": 4, "company id": 4.5, "user id": 2.5, "customer reference": 4.5,
        "customer": 2.2, "supplier": 2.2, "member number": 4, "member id": 4, "lead id": 3.5,
        "customer account": 4.5, "supplier account": 4.5, "customer account number": 5.5,
        "supplier account number": 5.5, "customer reference id": 5, "address number": 3.5,
        "account reference": 3.5, "customer name id": 5, "person id": 4, "person number": 3.5,
    },
    looks=("id_code", "whole_number", "uuid"),
    unlike=("date", "amount", "email", "company_name", "person_name"),
    looks_like="id",
    is_many=True,
    common=-2.5,
)  # fmt: skip
