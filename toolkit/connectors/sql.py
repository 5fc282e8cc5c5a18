"""Any database that SQLAlchemy reaches: what has neither a file nor an interface, or keeps more than either shows.

It has no streams of its own: ``engagement.yaml`` describes them, each with the table or the SELECT that is read (``rows``).
"""

from toolkit.connector import About, Connector, Proof

ABOUT = About(proved_on=(Proof("real_system", "PostgreSQL 15"), Proof("real_system", "SQLite 3")))

CONNECTOR = Connector(name="sql", label="Database", category="other", is_product=False, is_described=True, about=ABOUT)
