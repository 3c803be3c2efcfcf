"""The screen « Remise »: the right permit to the right person, once."""
