"""The window of the handover in a few words: how long it stays open, or when it opens again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.rules import SiteRules
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import duration, hour

VERY_SOON = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class WindowWords:
    """How the window stands, for the status bar and for the page."""

    words: str
    short: str
    icon: str = "timer"
    token: str = "text"


def window_words(at: datetime, rules: SiteRules, words: Words) -> WindowWords:
    """Open, closing within the minutes that the site's rules say, within five, or closed until when."""
    here = at.astimezone(rules.zone)
    hours = rules.handover_on(here.date())
    if hours is None or not hours.opens <= here.time() < hours.closes:
        return _closed(here, rules, words)
    left = datetime.combine(here.date(), hours.closes, rules.zone) - here
    told = duration(left, words.lang)
    if left <= VERY_SOON:
        return WindowWords(words("shell.handover_closing", left=told), told, "clock-alert", "stop-text")
    if left <= timedelta(minutes=rules.handover_rules.limits_on(here.date()).closing_warning):
        return WindowWords(words("shell.handover_closing", left=told), told, "timer", "warn-text")
    return WindowWords(words("shell.handover_open", left=told), told)


def _closed(here: datetime, rules: SiteRules, words: Words) -> WindowWords:
    opening = rules.next_handover(here)
    if opening is None:
        return WindowWords(words("shell.handover_closed"), words("shell.closed"), "door-closed")
    moment = opening.astimezone(rules.zone)
    today = moment.date() == here.date()
    when = hour(moment, words.lang) if today else f"{moment:%d/%m}, {hour(moment, words.lang)}"
    return WindowWords(words("handover_page.closed_until", when=when), words("shell.closed"), "door-closed")
