"""The screen « Accueil »: from a scan to an arrival."""
