"""Lines that the command line prints for people."""

from datetime import date
from zoneinfo import ZoneInfo

from counter_app.domain.convocation import Convocation
from counter_app.domain.rules import SiteRules
from counter_app.recovery import Recovered
from counter_app.sync.state import SyncState
from counter_app.telling.desks import letter_line
from counter_app.telling.gestures import gesture_word, standing_word, with_others
from counter_app.telling.numbers import number_text
from counter_app.telling.verdicts import arrival_chips, arrival_text, person_line
from counter_app.usecases.answers import ArrivalAnswer, RecentGesture
from counter_app.usecases.verify_number import NumberAnswer
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour_on

NAMELESS = (
    "Le poste ou son agent n’a pas de nom : les actes de la ligne de commande seront signés « poste sans nom » ou "
    "« agent sans nom ». Donnez-les par « settings --set desk=… --set agent=… » ; la fenêtre les demande "
    "avant le premier acte."
)

REHEARSED = "Essai seulement, rien n’est écrit."
"""Before what `--dry-run` would do."""
LETTER = (
    "Lettre de ses tickets : {letter}. Deux postes d’un site n’ont jamais la même ; pour la changer : "
    "« settings --set ticket_letter=… »."
)


def of_arrival(answer: ArrivalAnswer, rules: SiteRules) -> str:
    """The verdict, the person, what else is true, and the ticket when the arrival was recorded."""
    words = arrival_text(answer, rules)
    lines = [f"{words.family_word} — {words.title}", words.detail, *words.notes, *arrival_chips(answer, rules)]
    if answer.convocation:
        lines.insert(1, person_line(answer.convocation, answer.at.date()))
    if answer.recorded and answer.receipt:
        lines.append(f"Arrivée enregistrée. Ticket {answer.receipt.ticket}, reçu {answer.receipt.number}.")
    return "\n".join(line for line in lines if line)


def of_number(answer: NumberAnswer) -> str:
    """The verdict of a number, and its readings."""
    words = number_text(answer)
    return "\n".join(
        line
        for line in (f"{words.family_word} — {words.title}", words.detail, *words.notes, answer.reading.hint)
        if line
    )


def of_person(one: Convocation, today: date) -> str:
    """One person in one line."""
    return person_line(one, today)


def of_gesture(one: RecentGesture, today: date, zone: ZoneInfo) -> str:
    """A gesture in one line, with the identity that `undo --act` takes."""
    words = Words("fr")
    parts = (gesture_word(one, words), with_others(one.name, one.others, words), standing_word(one, words))
    told = " · ".join(part for part in (hour_on(one.at.astimezone(zone), today), *parts) if part)
    return f"{told} [{one.act_id}]"


def of_letters(state: SyncState, letter: str) -> tuple[str, ...]:
    """Desks of the site whose tickets have the letter of this one's, and what to do; nothing when there is none."""
    free = state.free_letter(letter)
    return tuple(letter_line(one.desk, letter, free, Words("fr")) for one in state.same_letter(letter))


def of_recovery(done: Recovered) -> str:
    """What came back, from where, and what did not."""
    lines = [
        f"Fichier abîmé mis de côté : {done.set_aside.parent}"
        if done.set_aside.exists()
        else "Il n’y avait plus de fichier.",
        f"Sauvegarde reprise : {done.backup.name}."
        if done.backup
        else "Aucune sauvegarde saine : fichier refait à neuf.",
        f"Actes repris : {done.acts}, dont lus hors de cette sauvegarde : {done.salvaged}.",
    ]
    if done.lost_acts:
        lines.append(f"Actes qui n’ont pas pu être lus : {done.lost_acts}. Leur place est notée au journal.")
    if done.end_unknown:
        lines.append(
            "D’autres actes ont pu suivre le dernier qui se lit, rien ne le dit plus : comparez les arrivées du jour "
            "aux tickets déjà donnés."
        )
    if done.backup is None:
        lines.append("Importez de nouveau les listes qui manquent.")
    return "\n".join((*lines, "Ce poste écrit désormais sous une nouvelle incarnation."))
