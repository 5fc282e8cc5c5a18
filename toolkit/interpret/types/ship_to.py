"""Where or to whom goods go; not the party's own address."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="ship_to",
    label="delivery address",
    signs={
        "delivered name": 7.2, "delivered given_name": 7.2, "delivered family_name": 7.2, "delivered company": 7.2,
        "delivered street": 7.2, "delivered address": 7.2, "delivered address_2": 7.2, "delivered city": 7.2,
        "delivered region": 7.2, "delivered state": 7.2, "delivered postcode": 7.2, "delivered country": 7.2,
        "delivered house_number": 7.2, "delivered phone": 7.2, "recipient name": 6.5, "recipient given_name": 7.2,
        "recipient family_name": 7.2, "recipient company": 7.2, "recipient street": 7.2, "recipient address": 7.2,
        "recipient address_2": 7.2, "recipient city": 7.2, "recipient region": 7.2, "recipient state": 7.2,
        "recipient postcode": 7.2, "recipient country": 7.2, "recipient house_number": 7.2, "recipient phone": 7.2,
        "shipping name": 7.2, "shipping given_name": 7.2, "shipping family_name": 7.2, "shipping company": 7.2,
        "shipping street": 7.2, "shipping address": 7.2, "shipping address_2": 7.2, "shipping city": 7.2,
        "shipping region": 7.2, "shipping state": 7.2, "shipping postcode": 7.2, "shipping country": 7.2,
        "shipping house_number": 7.2, "shipping phone": 7.2, "delivered state code": 7.2,
        "delivered country code": 7.2, "delivered region code": 7.2, "shipping state code": 7.2,
        "shipping country code": 7.2, "shipping region code": 7.2, "recipient": 3.5, "delivered to": 3,
    },
    unlike=("date", "amount"),
    is_many=True,
    common=-3,
)  # fmt: skip
