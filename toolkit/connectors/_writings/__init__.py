"""How records are changed over a vendor's interface, as data beside its connector."""
