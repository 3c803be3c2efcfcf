"""The public display of the waiting room, and its voice."""
