"""Gestures of the desk, one file each: a plain function of a desk that answers with a frozen value."""
