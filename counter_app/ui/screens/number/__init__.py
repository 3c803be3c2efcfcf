"""The screen « Numéro »: a foreign number and the papers that carry it."""
