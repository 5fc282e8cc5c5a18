"""Which documents of two systems are one event: deals, orders, invoices, payments, bank lines, tickets."""
