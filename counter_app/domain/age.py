"""How old somebody is on a day."""

from datetime import date


def age_on(birth_date: str | None, day: date) -> int | None:
    """Full years on a day; None when the birth date or a part of it is unknown."""
    if not birth_date or "-00" in birth_date:
        return None
    born = date.fromisoformat(birth_date)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
