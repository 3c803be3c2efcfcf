"""How old somebody is on a day, and whether they are of age."""

from datetime import date

MAJORITY = 18
"""Years (Code civil, art. 414)."""


def age_on(birth_date: str | None, day: date) -> int | None:
    """Full years on a day; None when the birth date or a part of it is unknown."""
    if not birth_date or "-00" in birth_date:
        return None
    born = date.fromisoformat(birth_date)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def under_age(birth_date: str | None, day: date) -> bool:
    """Whether somebody is a minor for sure: a month or day that is not known counts as the oldest they can be."""
    oldest = age_on((birth_date or "").replace("-00", "-01"), day)
    return oldest is not None and oldest < MAJORITY
