"""The screen « Titres »: where each permit is, and what becomes of it."""
