"""The other side: one ledger for a site's desks, in a SQLite file or in PostgreSQL, alone or behind an HTTPS service."""
