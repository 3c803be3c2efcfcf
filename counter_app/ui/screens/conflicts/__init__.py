"""The screen « Conflits »: what desks recorded and that cannot all be true, settled with a reason."""
