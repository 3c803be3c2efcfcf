"""The verb of people without an appointment: where they go, recorded, with a slip."""

import argparse
from collections.abc import Iterable
from datetime import date

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import writable
from counter_app.cli.texts import REHEARSED
from counter_app.documents.paper_texts import languages
from counter_app.domain.acts import Json
from counter_app.domain.orientation import Advice, Directory, Held, Motive, Rule
from counter_app.domain.orientation_search import find, named
from counter_app.office import Office
from counter_app.telling.channels import conflict_line, orientation_lines, orientation_text
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.orient import Demand, advice, orient
from counter_app.usecases.receipts import print_receipt
from counter_app.wording.choices import listed

Shape = dict[str, Json]


@at_the_desk
def orient_person(office: Office, options: argparse.Namespace) -> Answer:
    """Answer a motive, and record it unless only asked to look."""
    if options.language and (unknown := unknown_language(options.language)):
        return unknown
    directory = office.desk.directory()
    if options.list or options.search:
        return _listed(office, list(directory.motives.values()), options)
    if not options.motive.strip() and not options.held:
        return of_refusal("nothing_read", "Dites ce que demande la personne, ou --list pour voir les motifs.")
    motive = named(directory.motives.values(), options.motive, _held(options))
    demand = _demand(options, motive)
    if motive is None or options.dry_run:
        return _looked(office, demand, options)
    return _recorded(office, demand, options)


def unknown_language(code: str) -> Answer | None:
    """Why papers and messages cannot be in a language; None when they can."""
    known = {one.code: one.name for one in languages()}
    if code in known:
        return None
    return of_refusal("unknown_language", f"Langue « {code} » inconnue : choisissez parmi {listed(known.items())}.")


def _demand(options: argparse.Namespace, motive: Motive | None) -> Demand:
    return Demand(
        motive=motive.slug if motive else "",
        language=options.language,
        cannot_online=options.cannot_online,
        wants_to_file=options.wants_to_file,
        held=_held(options),
        expiry=options.expiry,
    )


def _held(options: argparse.Namespace) -> Held | None:
    return Held(options.held) if options.held else None


def _listed(office: Office, motives: list[Motive], options: argparse.Namespace) -> Answer:
    """Motives, with the channel of each today."""
    found = find(motives, options.search, _held(options)) if options.search else tuple(motives)
    shape = {**_shape(office, None, Demand()), "motives": _motives(office, found)}
    text = "\n".join(f"{one.slug} : {one.names['fr']}" for one in found) or "Aucun motif ne correspond."
    return Answer(DONE, shape, text)


def _looked(office: Office, demand: Demand, options: argparse.Namespace) -> Answer:
    """What would be told. A demand that nobody understood still gets the general contact, and likely motives."""
    told = advice(office.desk, demand)
    near = () if demand.motive else find(office.desk.directory().motives.values(), options.motive, _held(options))
    shape = {**_shape(office, told, demand), "motives": _motives(office, near)}
    text = _told(office, told)
    text = f"{text}\n{REHEARSED}" if demand.motive else f"{not_understood(near)}\n{text}"
    return Answer(DONE if demand.motive else NO, shape, text)


def not_understood(near: Iterable[Motive]) -> str:
    """A motive that is not one: those that it may mean."""
    likely = listed((one.slug, one.names["fr"]) for one in near)
    none = (
        "aucun n’est proche de ce texte. La commande « orient --list » les montre tous, other (autre demande) compris"
    )
    return f"Motif à préciser : {likely or none}. Rien n’a été enregistré."


def _recorded(office: Office, demand: Demand, options: argparse.Namespace) -> Answer:
    if not options.out:
        done = orient(office.desk, demand)
        slip = done.slip
    else:
        with writable(options.out) as file:
            done = orient(office.desk, demand)
            paper = print_receipt(office.desk, done.slip.id)
            assert paper is not None, "a slip just issued is found"
            assert paper.receipt is not None, "a slip is a receipt"
            file.write(paper.pdf)
            slip = paper.receipt
    shape = {**_shape(office, done.advice, done.demand, slip), "recorded": True, "out": options.out}
    return Answer(DONE, shape, f"{_told(office, done.advice)}\nFiche {slip.number} enregistrée.")


def _told(office: Office, told: Advice) -> str:
    directory, day = office.desk.directory(), office.desk.now().date()
    words = orientation_text(told, directory)
    lines = (f"{words.family_word} — {words.title}", words.detail, *words.notes)
    return "\n".join(line for line in (*lines, *orientation_lines(told, directory, day)) if line)


def _motives(office: Office, motives: Iterable[Motive]) -> list[Json]:
    return [_motive(office, one) for one in motives]


def _motive(office: Office, motive: Motive) -> Shape:
    told = advice(office.desk, Demand(motive.slug))
    return {
        "motive": motive.slug,
        "name": motive.names["fr"],
        "name_en": motive.names["en"],
        "held": motive.held.value if motive.held else None,
        "channel": told.channel.value,
        "verdict": told.verdict.value if told.verdict else None,
    }


def _shape(office: Office, told: Advice | None, demand: Demand, slip: IssuedReceipt | None = None) -> Shape:
    """The keys of an answer; all of them are there, null where there is nothing to say."""
    return {
        **_of_advice(told, office.desk.directory(), office.desk.now().date()),
        "cannot_online": demand.cannot_online,
        "wants_to_file": demand.wants_to_file,
        "digital_help": office.desk.directory().digital_help if demand.cannot_online else None,
        "language": demand.language or None,
        "recorded": False,
        "slip": shapes.receipt(slip),
        "out": None,
        "motives": [],
    }


def _of_advice(told: Advice | None, directory: Directory, day: date) -> Shape:
    rule, motive = told.rule if told else None, told.motive if told else None
    words = orientation_text(told, directory) if told else None
    return {
        "verdict": told.verdict.value if told and told.verdict else None,
        "title": words.title if words else None,
        "detail": words.detail if words else None,
        "motive": motive.slug if motive else None,
        "motive_name": motive.names["fr"] if motive else None,
        "channel": rule.channel.value if rule else None,
        "foreseen": told.foreseen if told else None,
        **_of_rule(rule),
        "timing": told.timing.value if told and told.timing else None,
        "act_from": _iso(told.act_from) if told else None,
        "act_until": _iso(told.act_until) if told else None,
        "conflicts": [_conflict(other, day) for other in told.others] if told else [],
    }


def _of_rule(rule: Rule | None) -> Shape:
    if rule is None:
        names = ("link", "address", "email", "phone", "hours", "question", "advice", "documents_from")
        dated = ("source", "checked_on", "valid_from", "valid_until")
        return {**dict.fromkeys((*names, *dated)), "documents": [], "remarks": []}
    return {
        "link": rule.link or None,
        "address": rule.address or None,
        "email": rule.email or None,
        "phone": rule.phone or None,
        "hours": rule.hours or None,
        "question": rule.question or None,
        "advice": rule.advice or None,
        "documents": list(rule.documents),
        "documents_from": rule.documents_from or None,
        "remarks": list(rule.remarks),
        "source": rule.source.name,
        "checked_on": rule.source.checked_on.isoformat(),
        "valid_from": rule.since.isoformat(),
        "valid_until": _iso(rule.until),
    }


def _conflict(rule: Rule, day: date) -> Shape:
    return {
        "channel": rule.channel.value,
        "link": rule.link or None,
        "source": rule.source.name,
        "valid_from": rule.since.isoformat(),
        "valid_until": _iso(rule.until),
        "says": conflict_line(rule, day),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
