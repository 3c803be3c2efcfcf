"""Widgets that screens are made of: they take words and frozen values, and know no use case."""
