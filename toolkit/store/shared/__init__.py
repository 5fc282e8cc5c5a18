"""The state of an engagement on a PostgreSQL server, for several people who work on one client.

The same tables, statements and rules as in the file: what differs is how a connection is made, what an error means, and
that the server itself says whether a writer is gone. Each engagement has a schema of its own, and each folder that works on
it one for what its own files are.
"""
