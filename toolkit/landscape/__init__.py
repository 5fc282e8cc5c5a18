"""Systems, people and the handoffs between them: what there is, its map, and in ``workbook/`` what the client is asked."""
