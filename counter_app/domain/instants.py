"""Instants as acts and lists tell them: with their offset, and such that every desk can show them."""

from datetime import MAXYEAR, MINYEAR, datetime


def read_instant(text: str) -> datetime:
    """The instant of an ISO 8601 text. Raises ValueError without an offset, and in the first and the last year of the
    calendar: another zone may not have that hour at all."""
    told = datetime.fromisoformat(text)
    if told.utcoffset() is None or told.year in (MINYEAR, MAXYEAR):
        raise ValueError("an instant has an offset, and a year that every zone has")
    return told
