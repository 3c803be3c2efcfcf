"""Figures of a day in words: the balance, what is open, what changed, who signed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo

from counter_app.domain.acts import Json
from counter_app.domain.day_balance import Balance
from counter_app.domain.day_figures import Figures, OneDay
from counter_app.domain.period_figures import Only
from counter_app.domain.queue_rules import QueueRules
from counter_app.ui.screens.report.asked import Asked, Days
from counter_app.ui.screens.report.state import ReportLook
from counter_app.usecases.close_day import Closing, Since
from counter_app.usecases.figures_told import OF_GROUP, of_balance
from counter_app.usecases.freshness import OtherDesks
from counter_app.wording.catalogue import Words, catalogue
from counter_app.wording.dates import hour, long_date, short_date
from counter_app.wording.verdicts import verdict_name

MOST_CHANGES = 12
"""Changes told in one sentence; the rest are counted."""
DIGEST = 12
"""First letters of a digest: enough to compare with the page by eye."""
_MINUTES = ("median", "p90", "longest")


def balance_told(balance: Balance, words: Words, key: str = "report.balance") -> str:
    """The equation, with every term."""
    return words(key, **{name: int(str(count)) for name, count in of_balance(balance).items()})


def open_told(look: ReportLook, words: Words) -> str:
    """How many are open, by what they wait for."""
    counted = Counter(one.why for one in look.open_cases if one.why)
    return " · ".join(words(f"report.open.{why.value}", n=n) for why, n in counted.items())


def state_told(look: ReportLook, zone: tzinfo, words: Words) -> str:
    """Whether a version stands, and what changed since."""
    last = look.last
    if last is None:
        return words("report.state_unsigned")
    if look.moved and len(look.since) > 1:
        return "\n".join(since_told(look.since, zone, words))
    if look.changed:
        return words("report.since_version", version=last.version, changes=changes_told(look.changed, words))
    return words("report.state_signed", version=last.version, **_when(last.signed_at, zone, words))


def _when(at: datetime, zone: tzinfo, words: Words) -> dict[str, str]:
    local = at.astimezone(zone)
    return {"day": long_date(local.date(), words.lang), "hour": hour(local, words.lang)}


def provisional_told(figures: Figures, others: OtherDesks, zone: tzinfo, words: Words) -> str:
    """Who has not sent everything, whose clock was wrong, until when others are known, or nothing."""
    late, names = len(figures.not_sent), ", ".join(figures.not_sent)
    told = [words.counted("report.provisional", late, desks=figures.desks, names=names)] if late else []
    if figures.wrong_clocks:
        told.append(words("report.wrong_clocks", desks=", ".join(figures.wrong_clocks)))
    if others.cut_off and others.verified_at:
        told.append(words("report.known_until", **_when(others.verified_at, zone, words)))
    elif others.cut_off:
        told.append(words("report.never_known"))
    return " ".join(told)


def handover_told(figures: Figures, words: Words) -> str:
    """Permits in and out of the day, and sleeves of somebody else that were stopped."""
    stock = figures.stock
    sleeves = words("report.wrong_sleeves", n=stock.wrong_sleeves)
    if not figures.whole:
        return "\n".join((words("report.stock_of_the_site"), *([sleeves] if figures.gestured else [])))
    counts = {"morning": stock.morning, "received": stock.received, "handed_over": stock.handed_over}
    told = words("report.stock", **counts, returned=stock.returned, evening=stock.evening)
    note = (words("report.summoned"),) if stock.morning or stock.received else ()
    return "\n".join((told, sleeves, *note))


def gestures_told(figures: Figures, words: Words) -> str:
    """Reprints, arrivals taken back, handovers out of reach of the central, open conflicts."""
    gestures = figures.gestures
    if not figures.gestured:
        return "\n".join((words("report.gestures_of_no_service"), words("report.conflicts", n=figures.open_conflicts)))
    counts = {"reprints": gestures.reprints, "taken_back": gestures.arrivals_taken_back, "offline": gestures.offline}
    told = {**counts, "conflicts": figures.open_conflicts}
    return "\n".join(words(f"report.{name}", n=n) for name, n in told.items())


def agreements_told(figures: Figures, zone: tzinfo, words: Words) -> str:
    """What was done beyond the rules, who agreed: each on its line."""
    if not figures.gestured:
        return words("report.gestures_of_no_service")
    told = [
        words(
            "report.agreement",
            hour=_moment(one.at.astimezone(zone), figures, words),
            desk=one.desk,
            reason=one.reason,
            who=one.approved_by,
        )
        for one in figures.gestures.agreements
    ]
    return "\n".join(told) or words("report.agreements_none")


def _moment(at: datetime, figures: Figures, words: Words) -> str:
    """The hour; of a period, the day too."""
    told = hour(at, words.lang)
    return told if isinstance(figures, OneDay) else f"{short_date(at.date())} {told}"


def versions_told(look: ReportLook, zone: tzinfo, words: Words) -> str:
    """Every signed version, the newest first."""
    told = [version_told(one, zone, words) for one in reversed(look.closings)]
    return "\n".join(told) or words("report.version_none")


def version_told(closing: Closing, zone: tzinfo, words: Words) -> str:
    """One signed version, with what it changed."""
    when = _when(closing.signed_at, zone, words)
    signed = {"desk": closing.desk, "agent": closing.agent, "digest": closing.digest[:DIGEST]}
    lines = [words("report.version", version=closing.version, **when, **signed)]
    if closing.provisional:
        lines[0] += f" · {words('report.version_provisional')}"
    if len(closing.since) > 1:
        lines += since_told(closing.since, zone, words)
    elif closing.changed:
        lines.append(words("report.version_changed", changes=changes_told(closing.changed, words)))
    if closing.remarks:
        lines.append(words("report.version_remarks", remarks=closing.remarks))
    if closing.remarks_moved:
        how = "added" if not closing.remarks_before else "replaced" if closing.remarks else "dropped"
        lines.append(words(f"report.version_remarks_{how}", before=closing.remarks_before))
    return "\n".join(lines)


def since_told(since: Sequence[Since], zone: tzinfo, words: Words) -> list[str]:
    """What changed from each of several versions that desks apart signed, with whose it was."""
    return [
        words(
            "report.since_each",
            version=one.version,
            desk=one.desk,
            hour=hour(one.signed_at.astimezone(zone), words.lang),
            changes=changes_told(one.changed, words) or words("report.no_change"),
        )
        for one in since
    ]


def changes_told(changed: Sequence[Mapping[str, Json]], words: Words) -> str:
    """What differs, figure by figure, in words."""
    told = [_change(one, words) for one in changed[:MOST_CHANGES]]
    more = len(changed) - len(told)
    return "\u00a0; ".join([*told, *([words("report.other_figures", n=more)] if more > 0 else [])])


def _change(one: Mapping[str, Json], words: Words) -> str:
    figure = str(one.get("figure", ""))
    before, after = (_value(figure, one.get(side), words) for side in ("before", "after"))
    return words("report.change", figure=figure_told(figure, words), before=before, after=after)


def figure_told(figure: str, words: Words) -> str:
    """The name of a figure, such as `balance.received` or `by_service.Accueil.waits.median`."""
    head, _dot, rest = figure.partition(".")
    known = catalogue(words.lang)
    first = known.get(f"report.figures.{head}", head)
    if head in ("by_service", "by_purpose"):
        return _of_group(first, rest, words)
    named = {"stopped": answer_told, "without_appointment": channel_told, "arrivals": half_hour_told}
    if head in named and rest:
        return f"{first} · {named[head](rest, words)}"
    return f"{first} · {known.get(f'report.leaves.{rest}', rest)}" if rest else first


def _of_group(first: str, rest: str, words: Words) -> str:
    """A service or a purpose, and which of its figures; its name may hold a dot."""
    found, known = OF_GROUP.fullmatch(rest), catalogue(words.lang)
    name, leaf = (found["name"], found["leaf"] or "") if found else (rest, "")
    durations, _dot, last = leaf.rpartition(".")
    named = [words(f"report.figures.{durations}")] if durations else []
    return " · ".join((f"{first} {name}", *named, *([known.get(f"report.leaves.{last}", last)] if last else [])))


def _value(figure: str, value: Json, words: Words) -> str:
    """A figure before or after; a group that came or went is told by its first count."""
    if value is None or value in ([], {}):
        return words("report.gone")
    if isinstance(value, dict):
        return str(value.get("convened", len(value)))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    leaf = figure.rpartition(".")[2]
    if leaf in _MINUTES:
        return minutes_told(float(str(value)), words)
    return percent_told(float(str(value)), words) if leaf == "within_target" else str(value)


def minutes_told(minutes: float | None, words: Words) -> str:
    """« 14,5 min », a dash without any."""
    return "–" if minutes is None else words("report.minutes", n=number_told(minutes, words))


def number_told(number: float | None, words: Words) -> str:
    """« 14,5 », a dash without any."""
    text = "–" if number is None else f"{number:g}"
    return text.replace(".", ",") if words.lang == "fr" else text


def percent_told(share: float, words: Words) -> str:
    """« 78 % »."""
    return words("report.percent", n=round(share * 100))


def half_hour_told(begins: str, words: Words) -> str:
    """« 9 h 30 » for `09:30`."""
    hours, _colon, minutes = begins.partition(":")
    return hour(time(int(hours), int(minutes)), words.lang)


def channel_told(channel: str, words: Words) -> str:
    """The words of a channel; one that no catalogue knows, as it was written."""
    if channel in ("", "unknown"):
        return words("report.channel_unknown")
    return catalogue(words.lang).get(f"orientation.channels.{channel}", channel)


def answer_told(verdict: str, words: Words) -> str:
    """The name of a verdict."""
    return verdict_name(verdict, words.lang)


def day_told(day: date, words: Words) -> str:
    """The day in words."""
    return long_date(day, words.lang)


def days_told(days: Days, words: Words) -> str:
    """One day in words, or the first and last in figures."""
    first, last = days
    if first == last:
        return day_told(first, words)
    return words("report.days", first=short_date(first), last=short_date(last))


def title_told(asked: Asked, today: date, words: Words) -> str:
    """Whose days these are."""
    days = asked.days(today)
    key = "report.of_day" if days[0] == days[1] else "report.of_days"
    return words(key, day=days_told(days, words))


def only_told(only: Only, queue: QueueRules, words: Words) -> str:
    """Whose figures alone are told; empty for everybody's."""
    service = queue.service(only.service) if only.service else None
    if service:
        return words("report.only_service", name=service.name)
    return words("report.only_desk", name=only.desk) if only.desk else ""
