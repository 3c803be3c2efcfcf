"""What the stock says in words, for both doors: why a gesture was not done, where a permit is, why one is astray."""

from collections.abc import Sequence
from datetime import date, datetime

from counter_app.domain.custody import SAFE
from counter_app.domain.french import typeset
from counter_app.domain.permit import Permit
from counter_app.domain.rules import SiteRules
from counter_app.domain.summons import Crowded
from counter_app.domain.work_items import WorkItemKind
from counter_app.usecases.stock_answers import Received, SlipAnswer, StockAnswer, Stray, TrayCount
from counter_app.wording.catalogue import text
from counter_app.wording.dates import Language, hour, short_date
from counter_app.wording.fill import shown_back


def not_done(answer: StockAnswer, lang: Language = "fr") -> str:
    """Why a gesture was not done, in a sentence; empty when it was."""
    if answer.refusal is None:
        return ""
    found, raw = answer.permit, shown_back(answer.raw)
    state = state_told(found, lang) if found else ""
    custody = (holders_told(found, lang) if found else "") or "?"
    figures = {"raw": raw, "state": state, "custody": custody, "about": answer.about}
    told = text(f"stock.refusals.{answer.refusal.value}", lang, **figures)
    return typeset(told) if lang == "fr" else told


def done_told(slug: str, permit: Permit, lang: Language = "fr", **more: str) -> str:
    """What a gesture did to a permit, in a sentence: `stock_desk.done`."""
    place = text("stock_desk.at_place", lang, place=place_told(permit, lang)) if permit.place else ""
    return text(f"stock_desk.done.{slug}", lang, name=permit.name, card=permit.card_number, place=place, **more)


def counted_told(count: TrayCount, lang: Language = "fr") -> str:
    """What the count of a tray found, and whether anything moved."""
    return text(
        f"stock_desk.count.{'settled' if count.settled else 'recorded'}",
        lang,
        tray=count.tray,
        present=len(count.present),
        missing=len(count.missing),
        strays=len(count.unexpected),
    )


def unheard_told(answer: StockAnswer, lang: Language = "fr") -> str:
    """That nobody here knows the desk a permit was offered to; empty when it is known."""
    return text("stock.unheard", lang, desk=shown_back(answer.unheard)) if answer.unheard else ""


def state_told(permit: Permit, lang: Language = "fr") -> str:
    """The state of a permit in words."""
    return text(f"stock.states.{permit.state.value}", lang)


def returned_told(permits: Sequence[Permit], lang: Language = "fr") -> str:
    """Permits that had left the stock and that a lot brings again: nobody takes them back unseen."""
    cards = ", ".join(f"{one.card_number} ({state_told(one, lang).lower()})" for one in permits)
    return text("stock_desk.lot.returned", lang, cards=cards)


def convened_told(answer: SlipAnswer, rules: SiteRules, lang: Language = "fr") -> str:
    """Who was told to come for a permit that left, and has to be told; empty when nobody was."""
    hours = [(one.name, one.slot.astimezone(rules.zone)) for one in answer.convened if one.slot]
    told = (f"{name} ({short_date(at.date())}, {hour(at, lang)})" for name, at in hours)
    return text("stock_desk.slip.convened", lang, people=", ".join(told)) if hours else ""


def crowded_told(hours: Sequence[Crowded], lang: Language = "fr") -> str:
    """Hours at which more people are convened than there are places, and what to do; empty when there is none."""
    told = (
        text("summons_desk.crowded", lang, **_hour_of(one.slot, lang), people=str(one.people), places=str(one.places))
        for one in hours
    )
    return " ".join((*told, text("summons_desk.crowded_then", lang))) if hours else ""


def held_told(why: WorkItemKind, lang: Language = "fr") -> str:
    """Why a message to somebody does not leave: the work item that waits for an answer."""
    return text(f"summons_desk.held_told.{why.value}", lang)


def _hour_of(slot: datetime, lang: Language) -> dict[str, str]:
    return {"date": short_date(slot.date()), "hour": hour(slot, lang)}


def lot_told(outcome: Received, lang: Language = "fr") -> tuple[str, ...]:
    """What must be said of a file of permits besides its counts: that it holds no row, what is to be looked at."""
    if not outcome.rows:
        return (text("stock_desk.lot.no_row", lang),)
    return tuple(
        text(
            "stock_desk.lot.note",
            lang,
            row=one.row,
            column=one.column or "?",
            value=shown_back(one.value),
            why=one.reason,
        )
        for one in outcome.notes
    )


def place_told(permit: Permit, lang: Language = "fr") -> str:
    """« A · 12 »: tray and rank; « ? » before a place that only a list tells."""
    if permit.place is None:
        return text("stock_desk.no_place", lang)
    where = " · ".join(part for part in (permit.place.tray, permit.place.rank) if part)
    return where if permit.place.scanned else text("stock_desk.listed_place", lang, place=where)


def custody_told(permit: Permit, lang: Language = "fr") -> str:
    """Who holds the card, and to whom it is offered: « Poste 2 → Poste 3 »."""
    holder = holders_told(permit, lang)
    if permit.custody.contested:
        return text("stock_desk.contested_custody", lang, holders=holder)
    offered = permit.custody.offers[-1].to if permit.custody.offers else None
    return f"{holder} → {holder_told(offered, lang)}" if offered else holder


def holders_told(permit: Permit, lang: Language = "fr") -> str:
    """Who holds the card: one, or all those that say so while it is asked which; empty when nobody does."""
    if not permit.custody.contested:
        return holder_told(permit.custody.holder, lang)
    *some, last = (holder_told(name, lang) for name in permit.custody.between)
    return text("stock_desk.either", lang, one=", ".join(some), other=last)


def holder_told(name: str | None, lang: Language = "fr") -> str:
    """Who holds a card: the name of a desk, or the safe; empty when nobody does."""
    return text("stock_desk.safe", lang) if name == SAFE else name or ""


def stray_told(stray: Stray, lang: Language = "fr") -> str:
    """Why a permit should not be in the tray where it was scanned."""
    holder = holder_told(stray.permit.moved_to, lang)
    return text(f"stock.strays.{stray.why}", lang, tray=stray.tray or "", holder=holder)


def validity_told(permit: Permit, lang: Language) -> str:
    """That nobody is convened for a card, and the last day printed on it."""
    return text("summons_desk.validity_over", lang, date=short_date(date.fromisoformat(permit.best("valid_to") or "")))
