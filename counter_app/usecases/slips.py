"""Orientation slips: which facts of an orientation go on its paper."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from counter_app.domain.acts import VERSION, Act, ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.orientation import Advice, Channel, Held, Timing, decide
from counter_app.store.connection import Connection
from counter_app.store.journal import acts_of
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Demand:
    """What somebody without an appointment asks for; never who they are."""

    motive: str = ""
    """Slug of a motive; an unknown one leads to the general contact."""
    language: str = ""
    """Language of the slip beside French; empty: the desk's."""
    cannot_online: bool = False
    wants_to_file: bool = False
    """The person insists on filing: told to the service, since a desk may not turn a complete file away."""
    held: Held | None = None
    expiry: date | None = None
    """Of the document held."""
    slot: datetime | None = None
    """When the person is convened, and has to come back."""
    opening: datetime | None = None
    """When the window opens next, for somebody convened whose hour nobody knows."""
    closing: datetime | None = None
    """Until when somebody convened for an hour of today may come back today."""


_MOMENTS = ("slot", "opening", "closing")


def details_of(demand: Demand, advice: Advice) -> dict[str, Json]:
    """What the journal keeps: the demand, the channel told, and the notice it came from."""
    return {
        "motive": demand.motive,
        "channel": advice.channel.value,
        "verdict": advice.verdict.value if advice.verdict else None,
        "language": demand.language,
        "cannot_online": demand.cannot_online,
        "wants_to_file": demand.wants_to_file,
        "held": demand.held.value if demand.held else None,
        "expiry": demand.expiry.isoformat() if demand.expiry else None,
        "source": advice.rule.source.name,
        **{name: at.isoformat() for name in _MOMENTS if (at := getattr(demand, name))},
    }


def demand_of(details: Details) -> Demand:
    """Read back what `details_of` wrote."""
    held, expiry = details.get("held"), details.get("expiry")
    return Demand(
        motive=str(details.get("motive", "")),
        language=str(details.get("language", "")),
        cannot_online=details.get("cannot_online") is True,
        wants_to_file=details.get("wants_to_file") is True,
        held=Held(str(held)) if held else None,
        expiry=date.fromisoformat(str(expiry)) if expiry else None,
        **{name: datetime.fromisoformat(str(at)) for name in _MOMENTS if (at := details.get(name))},
    )


@dataclass(frozen=True, slots=True)
class Orientation:
    """What the journal tells of one orientation."""

    act: Act | None = None
    """The act that recorded it; None when a recovery lost it."""
    undone: bool = False


def orientation_of(connection: Connection, orientation_id: str) -> Orientation:
    """One orientation, folded from its acts."""
    told = Orientation()
    for act in acts_of(connection, Subject(SubjectType.ORIENTATION, orientation_id)):
        if act.kind == ActKind.ORIENTED and act.version <= VERSION:
            told = Orientation(act)
        elif act.kind == ActKind.ORIENTATION_UNDONE:
            told = Orientation(told.act, undone=True)
    return told


def advise(desk: Desk, demand: Demand, day: date) -> Advice:
    """Where the person goes. Records nothing."""
    directory = desk.directory()
    motive = directory.motives.get(demand.motive)
    return decide(directory, motive, day, expiry=demand.expiry, held=demand.held)


_HOW: dict[Channel, str] = {
    **dict.fromkeys((Channel.ANEF_ONLINE, Channel.DEMARCHES_SIMPLIFIEES, Channel.ONLINE_FORM), "online"),
    **dict.fromkeys((Channel.ONLINE_SERVICE, Channel.ANTS_ONLINE), "online"),
    **dict.fromkeys((Channel.POST, Channel.REGISTERED_LETTER, Channel.POST_OR_LETTERBOX), "post"),
    **dict.fromkeys((Channel.EMAIL, Channel.EMAIL_OR_POST), "email"),
    **dict.fromkeys((Channel.WAIT_CONVOCATION, Channel.NOTIFICATIONS, Channel.POSTAL_DELIVERY), "wait"),
    Channel.PHONE: "phone",
    Channel.PHONE_OR_EMAIL: "contact",
    Channel.SPADA_PHONE: "spada",
    Channel.ONLINE_APPOINTMENT: "book",
    Channel.APPOINTMENT: "appointment",
    Channel.CONVOCATION: "convocation",
    Channel.SMS_CONVOCATION: "sms",
    Channel.AUTOMATIC: "automatic",
    Channel.DIGITAL_HELP: "help",
    Channel.SUPERVISOR: "supervisor",
}


def slip_page(desk: Desk, receipt: IssuedReceipt, oriented: Act, printed_at: datetime) -> bytes:
    """The slip of an orientation, as PDF: what was told that day."""
    from counter_app.documents.facts import SlipFacts
    from counter_app.documents.orientation_slip import orientation_slip
    from counter_app.usecases.papers import languages, of_receipt

    demand = demand_of(oriented.details)
    advice = advise(desk, demand, receipt.issued_at.astimezone(desk.rules.zone).date())
    rule, slot = advice.rule, demand.slot
    timing, day = _timing(advice)
    facts = SlipFacts(
        **of_receipt(desk, receipt, printed_at),
        motive=advice.motive.names["fr"] if advice.motive else "",
        how="convocation" if demand.opening or demand.closing else _HOW[advice.channel],
        slot=slot,
        return_at=slot - timedelta(minutes=desk.rules.limits_on(slot.date()).early) if slot else None,
        link=rule.link,
        send_to=rule.address,
        email=rule.email,
        phone=rule.phone,
        hours=_hours(demand) or rule.hours,
        question=rule.question,
        timing=timing,
        timing_day=day,
        documents=rule.documents,
        documents_usual=rule.documents_from == "usual",
        advice="" if slot or demand.opening or demand.closing else rule.advice,
        digital_help=desk.directory().digital_help if demand.cannot_online else "",
        wants_to_file=demand.wants_to_file,
        prefecture=desk.directory().prefecture,
        source=rule.source.name,
        checked_on=rule.source.checked_on,
        came_at=receipt.issued_at.astimezone(desk.rules.zone),
    )
    return orientation_slip(facts, languages(desk, demand.language))


def _hours(demand: Demand) -> str:
    """When somebody convened is served, in words; empty when the rule of the site says it."""
    from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label

    if demand.opening:
        return f"{day_words(FRENCH, demand.opening.date())}, {hour_words(FRENCH, demand.opening)}"
    return label("slip_until", hour=hour_words(FRENCH, demand.closing)) if demand.closing else ""


def _timing(advice: Advice) -> tuple[Literal["", "from", "before", "now"], date | None]:
    """When to act, in one sentence."""
    match advice.timing:
        case Timing.EARLY:
            return "from", advice.act_from
        case Timing.IN_TIME:
            return "before", advice.act_until
        case Timing.LATE | Timing.EXPIRED:
            return "now", None
        case None:
            return "", None
