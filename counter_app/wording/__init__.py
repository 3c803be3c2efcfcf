"""French and English sentences, and the way days, hours and verdicts are written."""
