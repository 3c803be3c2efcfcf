"""The screen « Sans rendez-vous »: the right channel for somebody who comes without an appointment."""
