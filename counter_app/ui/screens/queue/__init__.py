"""The screen « File d’attente »: who waits, who is called next."""
