"""Any database that SQLAlchemy reaches: one SELECT a stream, in a transaction that cannot write; and changes of a plan.

Reading and changing share nothing but the address: each has its own login, and its own way in.

Rows become pages of JSON lines on disk, the very pages that answers of an interface become, so that everything behind them
is the same: canonical columns, changes, drift, snapshots.
"""
