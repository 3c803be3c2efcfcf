"""Work about the desk itself, on the background lane: papers to try, printers to find, proofs, copies."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counter_app.documents.print_answers import Destination, Folder, Printed, Queue, QueueState, Waiting
from counter_app.office import Office
from counter_app.telling.rebuilt import rebuilt_told
from counter_app.ui.screens.commands import COMMANDS
from counter_app.usecases import audit, find
from counter_app.usecases.answers import Paper
from counter_app.usecases.desk import Desk
from counter_app.usecases.papers import day_list_page
from counter_app.wording.catalogue import Words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a proof or a copy gave, in words."""

    sentence: str
    good: bool


def printers() -> tuple[QueueState, ...]:
    """Every printer of this computer."""
    if shutil.which("lpstat"):
        from counter_app.documents.print_queue import queues

        return queues()
    from counter_app.ui.qt_printing import qt_queues

    return qt_queues()


def print_test(paper: Paper, queue: str, folder: Path) -> Printed | Waiting:
    """Send a paper to a printer, or to the folder when no printer is chosen."""
    from counter_app.documents.printing import send

    destination: Destination = Queue(queue) if queue else Folder(folder)
    if isinstance(destination, Folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif shutil.which("lp") is None:
        from counter_app.ui.qt_printing import qt_print

        return qt_print(paper.pdf, paper.file_name, queue)
    return send(paper.pdf, paper.file_name, destination)


def trial_ticket(desk: Desk, words: Words) -> Paper:
    """A ticket that is worth nothing: marked for training, with a code that opens nothing."""
    from counter_app.documents.arrival_ticket import arrival_ticket
    from counter_app.documents.facts import TicketFacts
    from counter_app.documents.setup_sheet import CHECK_CODE

    at = desk.now()
    facts = TicketFacts(
        site=desk.rules.name,
        desk=desk.name,
        receipt_number=words("settings.test_ticket_number", letter=desk.ticket_letter),
        code=CHECK_CODE,
        printed_at=at,
        training=True,
        ticket=words("settings.test_ticket_number", letter=desk.ticket_letter),
        arrived_at=at,
        slot=at,
        purpose=words("settings.test_purpose"),
        place=words("settings.test_place"),
    )
    return Paper(arrival_ticket(facts, ("fr", desk.paper_language or desk.rules.second_language)), "ticket-essai.pdf")


def setup_page(desk: Desk) -> Paper:
    """The sheet that sets a reader up."""
    from counter_app.documents.setup_sheet import setup_sheet

    return Paper(setup_sheet(desk.rules.name, desk.now()), "reglage-lecteur.pdf")


def command_page(desk: Desk, words: Words) -> Paper:
    """The card of commands to laminate."""
    from counter_app.documents.command_card import command_card
    from counter_app.documents.facts import CommandCardFacts

    commands = tuple((words(f"settings.command_{name}"), code) for name, code in COMMANDS.items())
    facts = CommandCardFacts(site=desk.rules.name, commands=commands, printed_at=desk.now(), training=desk.training)
    return Paper(command_card(facts), "carte-commandes.pdf")


def day_page(desk: Desk) -> Paper:
    """The day on paper, for a power cut."""
    today = desk.now().date()
    return day_list_page(desk, today, find.day(desk, today))


def paper_languages() -> tuple[tuple[str, str], ...]:
    """Second languages of papers: code and name of each in its own words."""
    from counter_app.documents.paper_texts import FRENCH, languages

    return tuple((one.code, one.name) for one in languages() if one.code != FRENCH)


def try_mail(office: Office, words: Words) -> Outcome:
    """Whether the mail server lets this desk in; nothing is sent."""
    from counter_app.messages.mail import SmtpCarrier

    server = office.mail()
    if server is None:
        return Outcome(words("settings.mail_none"), good=False)
    problem = SmtpCarrier(server).problem()
    return Outcome(problem or words("settings.mail_works", server=office.settings.mail_server), good=not problem)


def verify(desk: Desk, words: Words) -> Outcome:
    """Prove the journal."""
    proof = audit.verify(desk)
    if proof.ok:
        told = [words.counted("settings.verified", proof.acts)]
        told += [words.counted("settings.verified_lost", proof.lost)] if proof.lost else []
        told += [words("settings.verified_end_unknown")] if proof.end_unknown else []
        told += [words.counted("settings.verified_ahead", proof.ahead)] if proof.ahead else []
        return Outcome(" ".join(told), good=True)
    fault = words.counted("settings.not_verified", len(proof.faults), first=proof.faults[0])
    return Outcome(fault, good=False)


def rebuild(desk: Desk, words: Words) -> Outcome:
    """Fold the journal again."""
    done = audit.rebuild(desk)
    return Outcome(rebuilt_told(done, words), good=done.same)


def back_up(office: Office, words: Words) -> Outcome:
    """An encrypted copy beside the others of the home."""
    from counter_app.store.backup import backup

    target = office.home.backups / f"poste-{office.desk.clock():%Y%m%d-%H%M%S}.db"
    return _or_not_written(
        lambda: words("settings.backed_up", path=str(backup(office.desk.store, target))), target.parent, words
    )


def export(desk: Desk, folder: Path, words: Words) -> Outcome:
    """Journal and convocations in clear, where the agent chose."""

    def write() -> str:
        done = audit.export(desk, folder)
        return words("settings.exported", path=str(folder), acts=done.acts, convocations=done.convocations)

    return _or_not_written(write, folder, words)


def _or_not_written(write: Callable[[], str], folder: Path, words: Words) -> Outcome:
    try:
        return Outcome(write(), good=True)
    except OSError:
        return Outcome(words("settings.not_written", path=str(folder)), good=False)
