"""What is said of somebody whom nothing was noted of: why, and for an hour without room which one has some."""

from counter_app.domain.rules import SiteRules
from counter_app.usecases.summon import Refused, Summoned
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour, long_date


def refused_words(outcome: Summoned, rules: SiteRules, words: Words) -> str:
    """Why nothing was done, and what to do next."""
    if outcome.refused is None:
        return words(f"summons_desk.why.{outcome.reason}")
    return " ".join((_why(outcome.refused, rules, words), _next(outcome.refused, rules, words)))


def _why(refused: Refused, rules: SiteRules, words: Words) -> str:
    here = refused.slot.astimezone(rules.zone)
    told = {"day": long_date(here.date(), words.lang), "hour": hour(here, words.lang)}
    window = rules.handover_on(here.date())
    if window:
        told |= {"opens": hour(window.opens, words.lang), "closes": hour(window.closes, words.lang)}
    limits = rules.handover_rules.limits_on(here.date())
    numbers = {"minutes": limits.slot_minutes, "places": limits.slot_capacity}
    names = ", ".join(one.name for one in rules.calendar.on(here.date(), rules.holiday_zone))
    told["names"] = f" ({names})" if names else ""
    return words(f"summons_desk.no_room.{refused.why.value}", **told, **numbers)


def _next(refused: Refused, rules: SiteRules, words: Words) -> str:
    if refused.free is None:
        return words("summons_desk.no_room.none_free")
    free = refused.free.astimezone(rules.zone)
    return words("summons_desk.no_room.next", day=long_date(free.date(), words.lang), hour=hour(free, words.lang))
