"""Verbs about the desk itself and the people it cannot place: reminder, arrival to confirm, settings."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import writable
from counter_app.cli.texts import NAMELESS, of_arrival, of_letters
from counter_app.config import LONGEST_LINE, LONGEST_NAME, WORDED, Settings, name_problem, problem_with, services_in
from counter_app.domain.acts import Json
from counter_app.office import Office
from counter_app.sync.state import read_state
from counter_app.telling.typed import unfit_told
from counter_app.usecases import awaiting as waiting
from counter_app.usecases import check_in as checking
from counter_app.usecases.awaiting import Outcome
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_look import look
from counter_app.usecases.handover_slip import reminder_of
from counter_app.usecases.papers import reminder_page
from counter_app.usecases.present import preview
from counter_app.wording.catalogue import Words
from counter_app.wording.choices import beside, listed, worded
from counter_app.wording.dates import hour_on

LONGEST = 2_000
"""Signs of a setting: more days closed by order than any year has."""


@at_the_desk
def remind(office: Office, options: argparse.Namespace) -> Answer:
    """Write the appointment reminder of somebody who came at another hour or day, at the reception or for a permit."""
    answer = preview(office.desk, options.code)
    if answer.convocation is None and (found := look(office.desk, options.code)).permit:
        return _remind_of_permit(office, options, found)
    if answer.convocation is None:
        return Answer(NO, shapes.arrival_answer(answer), of_arrival(answer, office.desk.rules))
    with writable(options.out) as file:
        file.write(reminder_page(office.desk, answer.convocation, answer.verdict.value).pdf)
    return Answer(DONE, {"out": options.out, "verdict": answer.verdict.value}, f"Rappel écrit dans « {options.out} ».")


def _remind_of_permit(office: Office, options: argparse.Namespace, found: HandoverAnswer) -> Answer:
    assert found.permit is not None, "a permit was found"
    paper, verdict = reminder_of(office.desk, found.permit), found.verdict.value
    if paper is None:
        return Answer(NO, {"out": None, "verdict": verdict}, "Aucune heure à venir pour ce titre : rien n’est écrit.")
    with writable(options.out) as file:
        file.write(paper.pdf)
    return Answer(DONE, {"out": options.out, "verdict": verdict}, f"Rappel écrit dans « {options.out} ».")


@at_the_desk
def provisional(office: Office, options: argparse.Namespace) -> Answer:
    """Note somebody whom the lists of this desk do not know: the person stays."""
    if not options.name.strip():
        return of_refusal("nothing_read", "Donnez le nom de la personne à noter.")
    if unfit := name_problem(options.name, LONGEST_LINE):
        return of_refusal("bad_name", f"Nom de la personne : {unfit} Rien n’a été noté.")
    note = checking.note_provisional_arrival(office.desk, options.code, options.name)
    return Answer(DONE, {"note": note, "name": options.name}, f"Arrivée à confirmer notée : {options.name.strip()}.")


@at_the_desk
def awaiting(office: Office, options: argparse.Namespace) -> Answer:
    """People noted whom no list has named since, once those named by the options are settled."""
    settled: list[Json] = []
    for note, outcome in ((options.confirmed, Outcome.CONFIRMED), (options.nothing, Outcome.NOTHING)):
        if note and waiting.settle(office.desk, note, outcome) is None:
            return of_refusal("note_not_awaiting", "Cette arrivée n’est pas à confirmer : rien n’a été noté.")
        settled += [note] if note else []
    people = waiting.awaiting(office.desk)
    listed: list[Json] = [
        {"note": one.note, "name": one.name, "at": one.at.isoformat(), "agent": one.agent} for one in people
    ]
    today = office.desk.now().date()
    text = "\n".join(f"{hour_on(one.at, today)} · {one.name} [{one.note}]" for one in people)
    text = text or "Aucune arrivée à confirmer sur ce poste."
    return Answer(DONE, {"awaiting": listed, "settled": settled}, text)


@at_the_desk
def settings(office: Office, options: argparse.Namespace) -> Answer:
    """Show the settings of the desk, after changing those given."""
    changes: dict[str, object] = {}
    for name, text in options.changes:
        value, problem = _read(name, text)
        if name == "services" and not problem:
            keys, problem = services_in(office.desk.rules, text)
            value = ", ".join(keys)
        if problem:
            return of_refusal("bad_setting", f"{problem} Rien n’a été changé.")
        changes[name] = value
    before = office.settings.letter
    if changes:
        office.change(**changes)
    nameless = () if office.settings.complete else (NAMELESS,)
    told = "\n".join(_lines(office.settings, before))
    return Answer(DONE, {"settings": asdict(office.settings)}, told, (*nameless, *_same_letter(office)))


def _lines(settings: Settings, before: str) -> Iterator[str]:
    """Every setting with what it is; the letter that tickets have when nobody chose it, or when it just changed."""
    shown = asdict(settings)
    yield from (f"{beside(name, word)} = {_value(name, shown[name])}" for name, word in _names().items())
    if settings.letter != before:
        yield f"Les prochains tickets ont la lettre {settings.letter} ; ceux déjà donnés gardent la lettre {before}."
    elif not settings.ticket_letter:
        yield f"Lettre des tickets, d’après le nom du poste : {settings.letter}."


def _names() -> dict[str, str]:
    """What each setting is."""
    return worded("choices.settings", asdict(Settings()))


def _value(name: str, value: object) -> str:
    """A setting as it is written, with its word when it is one of a few."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return beside(str(value), worded(f"choices.{name}", (str(value),))[str(value)]) if name in WORDED else str(value)


def _same_letter(office: Office) -> tuple[str, ...]:
    """Desks of the site whose tickets would bear the numbers of this one's; a home that is alone knows none."""
    return of_letters(read_state(office.desk), office.desk.ticket_letter) if office.sync else ()


def _read(name: str, text: str) -> tuple[object, str | None]:
    """A setting as written on a command line, or what is wrong with it."""
    usual = getattr(Settings(), name, None)
    if usual is None:
        return None, f"Le réglage « {name} » n’existe pas. Réglages : {listed(_names().items())}."
    value: object = text.strip() if name in ("desk", "agent") else text
    if isinstance(usual, bool):
        value = {"oui": True, "true": True, "non": False, "false": False}.get(text.lower(), text)
    elif isinstance(usual, int) and text.isascii() and text.isdigit() and len(text) < 9:
        value = int(text)
    unfit = name_problem(text, LONGEST_NAME) if name in ("desk", "agent") else unfit_told(text, Words("fr"), LONGEST)
    return value, f"Réglage « {name} » : {unfit}" if unfit else problem_with(name, value)
