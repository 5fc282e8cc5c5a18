"""Any system with an interface of its own: what no vendor's file describes.

It has no streams of its own: ``engagement.yaml`` describes them, each with the list that is asked for (``read``).
"""

from toolkit.connector import About, Connector, Proof

ABOUT = About(
    proved_on=tuple(
        Proof("real_system", what)
        for what in ("Tryton 8.2", "Redmine 5.0", "Vendure 3.7", "localstripe 1.15", "hledger-web 1.25")
    )
)

CONNECTOR = Connector(
    name="rest", label="Programming interface", category="other", is_product=False, is_described=True, about=ABOUT
)
