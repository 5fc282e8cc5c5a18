"""The customer's or supplier's name as written."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="party_name",
    label="customer or supplier",
    signs={
        "customer": 5.5, "customer name": 6.5, "supplier": 5.5, "supplier name": 6.5, "party": 5.2,
        "party name": 6.5, "company": 4, "company name": 4.5, "name": 3.6, "sender": 3.6, "sender name": 4,
        "contact name": 3.2, "contact": 3, "account name": 2, "account name @deal": 5.5,
        "account name @stage": 5.5, "account name @ticket": 5.5, "author opened": 5, "requester": 5,
        "requester name": 6, "billing name": 6.4, "contra account name": 5.5, "contra name": 6,
        "contra account": 1, "customer company": 5.5, "person name": 3.5, "author": 2.4,
        "supplier description": 3.5, "customer title": 4, "account": 1.8, "contra party name": 6.5,
        "contra party": 6, "party sender": 5.5, "recipient name": 2.5, "recipient": 3, "member name": 4,
        "member": 2.5, "user name": 2, "billing company": 4.5, "supplier label": 4, "supplier text": 5.5,
        "opened by": 4.5, "lead name": 4, "employee name": 1.5, "company family_name name": 4,
        "company family_name": 4,
    },
    unlike=("email", "date", "amount", "whole_number", "uuid", "url", "flag", "percent", "id_code"),
    is_many=True,
    looks_like="name",
    common=-1.8,
)  # fmt: skip
