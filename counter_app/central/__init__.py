"""The other side: one ledger for the desks of a site, in a SQLite file or PostgreSQL, alone or behind HTTPS."""
