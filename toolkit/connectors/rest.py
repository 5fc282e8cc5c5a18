"""Any system with an interface of its own: what no vendor's file describes.

It has no streams of its own: ``engagement.yaml`` describes them, each with the list that is asked for (``read``).
"""

from toolkit.connector import Connector

CONNECTOR = Connector(name="rest", label="Programming interface", category="other", is_product=False, is_described=True)
