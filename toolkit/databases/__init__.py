"""Any database that SQLAlchemy reaches, read and never written: one SELECT a stream, in a transaction that cannot write.

Rows become pages of JSON lines on disk, the very pages that answers of an interface become, so that everything behind them
is the same: canonical columns, changes, drift, snapshots.
"""
