"""Any table: a sheet or a file that no vendor's format describes.

It has no streams of its own: ``engagement.yaml`` describes them (``files.interpreted.mapped_stream``), as the table was
understood by its headers and values and confirmed by a person.
"""

from toolkit.connector import Connector

CONNECTOR = Connector(name="table", label="Table", category="other", is_product=False)
