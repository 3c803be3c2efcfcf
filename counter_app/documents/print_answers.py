"""What printing answers: handed over, or waiting with a reason. A printer is never a reason to stop the desk."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """Papers become files in this folder."""

    path: Path


@dataclass(frozen=True, slots=True)
class Queue:
    """Papers go to this CUPS queue."""

    name: str


Destination = Folder | Queue


class Reason(StrEnum):
    """Why a paper waits."""

    OUT_OF_PAPER = "out_of_paper"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    NO_INK = "no_ink"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    REJECTING = "rejecting"
    UNKNOWN_QUEUE = "unknown_queue"
    NO_SERVICE = "no_service"
    NO_ANSWER = "no_answer"
    FOLDER_MISSING = "folder_missing"
    FOLDER_CLOSED = "folder_closed"
    DISK_FULL = "disk_full"
    FOLDER_FAILED = "folder_failed"


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper is written, or the queue has taken it."""

    where: str
    """The file's path, or the job's name (`tickets-12`)."""
    finished: bool
    """False while a queue still works on it: ask `follow` a few seconds later."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The paper was not printed and is not lost: print it again when the cause is gone."""

    reason: Reason
    sentence: str
    """For the agent, in French: what is wrong, where, what to do next."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """One queue of this computer: `blocked` is None when it takes papers."""

    name: str
    blocked: Waiting | None


_SENTENCES = {
    Reason.OUT_OF_PAPER: "Plus de papier sur {where}. Le ticket attend : F9",
    Reason.JAM: "Bourrage papier sur {where}. Retirez la feuille coincée. Le ticket attend : F9",
    Reason.COVER_OPEN: "Le capot de {where} est ouvert. Fermez-le. Le ticket attend : F9",
    Reason.NO_INK: "Plus d’encre sur {where}. Changez la cartouche. Le ticket attend : F9",
    Reason.UNREACHABLE: "{where} ne répond pas. Vérifiez qu’elle est allumée et branchée. Le ticket attend : F9",
    Reason.PAUSED: "{where} est en pause. Remettez-la en marche. Le ticket attend : F9",
    Reason.REJECTING: "{where} n’accepte plus d’impressions. Prévenez l’assistance. Le ticket attend : F9",
    Reason.UNKNOWN_QUEUE: "L’imprimante {where} n’existe pas sur ce poste. Choisissez-en une dans Réglages, puis F9",
    Reason.NO_SERVICE: "Le service d’impression de ce poste est arrêté. Prévenez l’assistance. Le ticket attend : F9",
    Reason.NO_ANSWER: "Le service d’impression met trop de temps à répondre. Le ticket attend : F9",
    Reason.FOLDER_MISSING: "Le dossier {where} est introuvable. Choisissez-en un autre dans Réglages, puis F9",
    Reason.FOLDER_CLOSED: "Ce poste n’a pas le droit d’écrire dans {where}. Choisissez un autre dossier, puis F9",
    Reason.DISK_FULL: "Plus de place sur le disque de {where}. Libérez de la place. Le ticket attend : F9",
    Reason.FOLDER_FAILED: "Le fichier n’a pas pu être écrit dans {where}. Le ticket attend : F9",
}


def waiting(reason: Reason, where: str) -> Waiting:
    """The answer for this cause, its sentence naming the printer or the folder; spaces before “:” never break."""
    return Waiting(reason, _SENTENCES[reason].replace(" :", "\u00a0:").format(where=where))
