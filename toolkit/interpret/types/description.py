"""Free text that says what for."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="description",
    label="description",
    signs={
        "description": 5.5, "text": 5, "purpose": 6.2, "note": 2.3, "message": 5, "subject": 4,
        "product name": 5.2, "product": 4.6, "product description": 5.8, "transaction description": 6.5,
        "entry text": 6.3, "line description": 6, "line name": 5.5, "service": 3.3, "service description": 5.5,
        "reason": 2.8, "payment description": 5.5, "payment purpose": 6.5, "payment message": 5.5,
        "entry description": 6.2, "own description": 6, "statement description": 5, "document description": 5.5,
        "job description": 5, "transaction text": 5.8, "transaction": 2.5, "task": 3.5, "name": 1.5,
        "name @quantity": 5.4, "name @price": 5,
        "product title": 5, "title": 2.8, "expense type": 4.6, "expense description": 5.8,
        "account description": 4, "transaction type": 1.5, "label @amount": 4.8, "label @debit": 4.8,
        "message recipient": 5, "line product name": 5.8, "product label": 4.5, "party description": 4,
        "project description": 5.5,
    },
    unlike=("email", "date", "amount", "number", "uuid", "flag", "percent"),
    looks=("free_text", "words"),
    is_many=True,
    common=-1.8,
)  # fmt: skip
