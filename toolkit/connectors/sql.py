"""Any database that SQLAlchemy reaches: what has neither a file nor an interface, or keeps more than either shows.

It has no streams of its own: ``engagement.yaml`` describes them, each with the table or the SELECT that is read (``rows``).
"""

from toolkit.connector import Connector

CONNECTOR = Connector(name="sql", label="Database", category="other", is_product=False)
