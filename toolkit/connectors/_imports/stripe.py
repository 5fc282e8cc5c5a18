"""Stripe takes no customers from a file in general; what must not be done to them by hand is said here.

Source: docs.stripe.com, deleting a customer (read in 2026): it cannot be taken back and ends subscriptions at once.
"""

from toolkit.connector import ByHand, HandWords

BY_HAND: HandWords = {
    "archive": ByHand(
        "Do not delete the customer: that ends its subscriptions at once and cannot be taken back. Add “archived” with "
        "the value true to its metadata, and “merged_into” with the id of the record that stays.",
        "Remove both from its metadata.",
    ),
}
