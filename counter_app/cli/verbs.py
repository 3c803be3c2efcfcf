"""Verbs of the home and of the desk. Each opens the home, calls one use case, and shapes its answer."""

import argparse
from contextlib import closing

from counter_app import app
from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.online import after_others, ask_others
from counter_app.cli.opening import at_the_desk
from counter_app.cli.texts import LETTER, NAMELESS, REHEARSED, of_arrival, of_gesture, of_number, of_person, of_recovery
from counter_app.config import LONGEST_NAME, Settings, name_problem
from counter_app.domain.acts import Json, SubjectType
from counter_app.domain.foreign_number import NumberStatus
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.verdict import Family
from counter_app.keys import IN_FILE
from counter_app.office import Office
from counter_app.paths import chosen_home
from counter_app.telling.gestures import undone_words
from counter_app.usecases import check_in as checking
from counter_app.usecases import find
from counter_app.usecases import undo as undoing
from counter_app.usecases import verify_number as verifying
from counter_app.usecases.answers import OpenElsewhere, Override
from counter_app.usecases.present import opened_elsewhere, preview
from counter_app.wording.catalogue import Words

SURE = (NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX)
"""Numbers of ten digits that an agent may confirm; of nine, one reading has to be chosen first."""


def init(options: argparse.Namespace) -> Answer:
    """Make a home."""
    path = chosen_home(options.home)
    for named in (options.desk, options.agent):
        if unfit := name_problem(named, LONGEST_NAME):
            return of_refusal("bad_setting", f"Nom du poste ou de l’agent : {unfit} Rien n’a été créé.")
    home = app.init_home(path, options.site, training=options.training)
    if options.desk or options.agent:
        with closing(app.open_office(path)) as office:
            office.change(desk=options.desk.strip(), agent=options.agent.strip())
    signed = bool(options.desk.strip() and options.agent.strip())
    warnings = (
        *([IN_FILE.format(file=path / "key.json")] if home.identity.keys == "file" else []),
        *([] if signed else [NAMELESS]),
    )
    shape: dict[str, Json] = {
        "home": str(path),
        "site": options.site,
        "training": options.training,
        "keys": home.identity.keys,
        "device": home.identity.device,
    }
    letter = LETTER.format(letter=Settings(desk=options.desk.strip()).letter)
    return Answer(DONE, shape, f"Poste créé dans « {path} ». {letter}", warnings)


def recover(options: argparse.Namespace) -> Answer:
    """Set a damaged file aside and take up what can be read."""
    done = app.recover_home(chosen_home(options.home))
    shape: dict[str, Json] = {
        "set_aside": str(done.set_aside),
        "backup": None if done.backup is None else str(done.backup),
        "acts": done.acts,
        "salvaged": done.salvaged,
        "lost": done.lost_acts,
        "end_unknown": done.end_unknown,
    }
    return Answer(DONE, shape, of_recovery(done))


@at_the_desk
def backup(office: Office, _options: argparse.Namespace) -> Answer:
    """Write an encrypted copy of the file."""
    path = app.backup_now(office)
    return Answer(DONE, {"backup": str(path)}, f"Sauvegarde écrite : {path}")


@at_the_desk
def check_in(office: Office, options: argparse.Namespace) -> Answer:
    """Check in by code or number."""
    if not options.code.strip():
        return of_refusal("nothing_read", "Rien à lire : scannez une convocation, ou tapez un code ou un numéro.")
    override = Override(options.anyway, options.approved_by) if options.anyway.strip() else None
    elsewhere = _elsewhere(office, options.code)
    if options.dry_run:
        answer = preview(office.desk, options.code)
        answer = opened_elsewhere(answer, elsewhere) if elsewhere else answer
        code = DONE if checking.may_record(answer.verdict, checking.another_agrees(office.desk, override)) else NO
    else:
        answer = checking.check_in(office.desk, options.code, override, elsewhere)
        code = DONE if answer.recorded else NO
    told = of_arrival(answer, office.desk.rules)
    return Answer(code, shapes.arrival_answer(answer), f"{told}\n{REHEARSED}" if options.dry_run else told)


def _elsewhere(office: Office, raw: str) -> OpenElsewhere | None:
    """Who has the person's file open at another desk; what others recorded about them is here by then."""
    known = preview(office.desk, raw).convocation if office.sync else None
    return ask_others(office, SubjectType.CONVOCATION, known.id).elsewhere if known else None


@at_the_desk
def number(office: Office, options: argparse.Namespace) -> Answer:
    """Verify a foreign number."""
    answer = verifying.verify_number(office.desk, options.value, options.expiry, options.postcode)
    verifying.note_broken_seal(office.desk, answer)
    code = DONE if answer.family in (Family.OK, Family.WARN) else NO
    return Answer(code, shapes.number_answer(answer), of_number(answer))


@at_the_desk
def confirm_number(office: Office, options: argparse.Namespace) -> Answer:
    """Keep the number that an agent confirmed for a person."""
    presented = preview(office.desk, options.code)
    reading = verifying.verify_number(office.desk, options.number).reading
    sure = reading.number_class is NumberClass.AGDREF and reading.status in SURE
    if presented.convocation is None or reading.normalized is None or not sure:
        return of_refusal(
            "not_confirmed",
            f"Personne non reconnue, ou numéro sans dix chiffres sûrs : rien n’a été noté. {reading.hint}".strip(),
        )
    verifying.confirm_number(office.desk, presented.convocation.id, reading.normalized, options.number)
    return Answer(DONE, {"number": reading.normalized, "as_read": options.number}, f"Numéro {reading.normalized} noté.")


@at_the_desk
def search(office: Office, options: argparse.Namespace) -> Answer:
    """Search people."""
    hits = find.search(office.desk, options.text, options.limit)
    listed: list[Json] = [
        {**shapes.convocation(hit.convocation), "reason": hit.reason, "today": hit.today, "homonyms": hit.homonyms}
        for hit in hits
    ]
    today = office.desk.now().date()
    text = "\n".join(of_person(hit.convocation, today) for hit in hits) or "Personne ne correspond."
    cut = (Words("fr")("fields.too_long", n=find.LONGEST),) if len(options.text.strip()) > find.LONGEST else ()
    return Answer(DONE, {"hits": listed}, text, cut)


@at_the_desk
def identity_differs(office: Office, options: argparse.Namespace) -> Answer:
    """Note that the paper shown is not this person's."""
    presented = preview(office.desk, options.code)
    if presented.convocation is None:
        return Answer(NO, shapes.arrival_answer(presented), of_arrival(presented, office.desk.rules))
    answer = checking.identity_differs(office.desk, presented.convocation.id, options.document)
    return Answer(NO, shapes.arrival_answer(answer), of_arrival(answer, office.desk.rules))


@at_the_desk
def number_of_relative(office: Office, options: argparse.Namespace) -> Answer:
    """Note an appointment booked with somebody else's number."""
    presented = preview(office.desk, options.code)
    if presented.convocation is None:
        return Answer(NO, shapes.arrival_answer(presented), of_arrival(presented, office.desk.rules))
    answer = checking.number_of_a_relative(office.desk, presented.convocation.id)
    return Answer(NO, shapes.arrival_answer(answer), of_arrival(answer, office.desk.rules))


@at_the_desk
def instruct(office: Office, options: argparse.Namespace) -> Answer:
    """Ask that the supervisor be seen before somebody is received, or lift it."""
    presented = preview(office.desk, options.code)
    if presented.convocation is None:
        return Answer(NO, shapes.arrival_answer(presented), of_arrival(presented, office.desk.rules))
    checking.instruct(office.desk, presented.convocation.id, options.text)
    kept, name = options.text.strip(), presented.convocation.name
    told = f"Consigne notée pour {name} : {kept}" if kept else f"{name} : plus aucune consigne."
    return Answer(DONE, {"instruction": kept or None}, told)


@at_the_desk
@after_others
def undo(office: Office, options: argparse.Namespace) -> Answer:
    """Take back the last arrival of this desk."""
    agreed = Override(options.anyway, options.approved_by) if options.anyway.strip() else None
    last = options.last_import
    done = undoing.undo_last_import(office.desk) if last else undoing.undo(office.desk, options.act, agreed)
    gesture = done.gesture
    shape: dict[str, Json] = {
        "done": done.done,
        "reason": done.reason,
        "act": gesture.act_id if gesture else None,
        "kind": gesture.kind if gesture else None,
        "name": gesture.name if gesture else None,
        "at": gesture.at.isoformat() if gesture else None,
        "others": done.others,
        "told": done.told,
        "list": done.list_id,
        "withdrawn": done.withdrawn,
        "kept": [shapes.convocation(one) for one in done.kept],
    }
    return Answer(DONE if done.done else NO, shape, undone_words(done, Words("fr"), office.desk.rules.zone))


@at_the_desk
def recent(office: Office, _options: argparse.Namespace) -> Answer:
    """Last gestures of this desk."""
    lines = undoing.recent(office.desk)
    listed: list[Json] = [
        {
            "act": line.act_id,
            "at": line.at.isoformat(),
            "kind": line.kind,
            "verdict": line.verdict,
            "name": line.name,
            "channel": line.channel,
            "agent": line.agent,
            "undoable": line.undoable,
            "undone": line.undone,
            "contested": line.contested,
            "outcome": line.outcome or None,
            "others": line.others,
        }
        for line in lines
    ]
    today, zone = office.desk.now().date(), office.desk.rules.zone
    told = "\n".join(of_gesture(line, today, zone) for line in lines) or "Ce poste n’a encore rien enregistré."
    return Answer(DONE, {"gestures": listed}, told)
