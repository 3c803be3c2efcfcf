"""The window at which permits are handed over: whether it is open, when it closes, who is finished after that."""

from datetime import date, datetime, timedelta

from counter_app.domain.rules import SiteRules


def window_open(rules: SiteRules, here: datetime) -> bool:
    """Whether permits are handed over at a local moment."""
    hours = rules.handover_on(here.date())
    return hours is not None and hours.opens <= here.time() < hours.closes


def closes_at(rules: SiteRules, day: date) -> datetime | None:
    """When the window of a day closes; None when there is none that day."""
    hours = rules.handover_on(day)
    return datetime.combine(day, hours.closes, rules.zone) if hours else None


def minutes_left(rules: SiteRules, here: datetime) -> int | None:
    """Whole minutes before the window closes; None while it is closed."""
    closes = closes_at(rules, here.date())
    return int((closes - here).total_seconds() // 60) if closes and window_open(rules, here) else None


def finishing(rules: SiteRules, here: datetime, inside_since: datetime | None) -> bool:
    """Whether the window has closed on a person who was already inside: what was begun is finished."""
    closes = closes_at(rules, here.date())
    if closes is None or inside_since is None or inside_since.astimezone(rules.zone).date() != here.date():
        return False
    longest = timedelta(minutes=rules.handover_rules.limits_on(here.date()).finish)
    return inside_since < closes <= here <= closes + longest
