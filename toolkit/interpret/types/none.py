"""What says nothing about who or what."""

from toolkit.interpret.semantic_type import SemanticType

TYPE = SemanticType(
    meaning="none",
    label="says nothing about who or what",
    signs={
        "tax_rate": 6.5, "tax percent": 6.8, "tax rate": 6.6, "tax_code": 6.5, "tax code": 6.4, "tax type": 6,
        "tax name": 6, "exchange rate": 7, "exchange": 4, "exchange amount": 6.8, "exchange currency": 6.6,
        "original amount": 5, "original currency": 5.4, "bic": 6.3, "bank bic": 6.5, "bic code": 6.5,
        "bank name": 6, "bank": 3.8, "bank code": 6, "salutation": 6.5, "gender": 6.5, "consent": 6.3, "flag": 3.4,
        "image": 6.4, "link": 4.6, "product link": 6, "file": 3.8, "file name": 5, "language": 6, "size": 5.6,
        "period": 4.4, "year": 3.6, "month": 3.6, "month year": 5, "count": 3.2, "label": 4.8, "version": 5.6,
        "score": 6, "age": 6, "coordinates": 6.6, "check_digit": 6.6, "time": 3.4, "unit": 5.4, "brand": 4.4,
        "margin": 6, "refund": 4.6, "refund amount": 6.2, "refund date": 6, "tip": 5.6, "card number": 4.2,
        "card": 2.6, "leave": 3.6, "activity date": 5.6, "activity": 4.4, "last activity": 6,
        "last activity date": 6.4, "next activity date": 6, "next activity": 5.6, "last delivered date": 5,
        "day due": 4.4, "outstanding day": 5.5, "day count": 5, "duration day": 5, "day": 2.8, "consent date": 6,
        "secondary": 2.4, "internal": 2.8, "company code": 4, "budget year": 5, "fax": 6, "fax number": 6,
        "credit limit": 6.4, "limit": 4, "bank state": 5, "board": 3.4, "service fee type": 4, "cancelled": 3.6,
        "delivered method": 5.6, "shipping method": 6, "discount code": 6, "shipping discount": 6,
        "reason cancelled": 5, "time zone": 6.5, "file link": 6, "branch code": 3.6, "first activity date": 5.5,
        "statement number": 3.2, "not": 2, "delivered date": 3, "delivered": 2.4, "stock level": 4,
        "outstanding count": 4.5, "bank branch": 5.5, "card type": 2.2, "refund status": 4.5, "time sent": 3.5,
        "first": 1, "duration": 2.5, "company name @supplier": 1, "contact consent": 5.5, "author consent": 5.5,
        "old": 2, "new": 1.5, "original": 2, "reason": 2.6, "product brand": 4.5, "product size": 5.5, "tax": 0.5,
        "level": 4, "limit level": 5, "limit quantity": 5, "parent": 3.5, "pipeline": 4.5, "own pipeline": 5.5,
        "source": 2.2, "owner date": 4, "document name": 4.5, "zone": 6, "service date": 5, "house_number": 5,
        "list id": 5.5, "board id": 5.5, "next stage": 5.5, "batch": 3.5, "batch id": 4.5, "cancelled date": 4.5,
        "payroll": 2, "user": 1.5, "code": 1.8, "id": 1.5, "reference code": 1,
    },
    common=0.9,
    is_many=True,
)  # fmt: skip
