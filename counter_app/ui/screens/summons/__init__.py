"""The screen « Convoquer »: who is told, when, and of what."""
