"""A CRM of South Africa in two exports, for tuning: what has changed since a record was typed, and what was typed badly."""
