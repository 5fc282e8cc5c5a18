"""What the records tell beyond matching: payments that may have been made twice, invoices that needed a correction."""
