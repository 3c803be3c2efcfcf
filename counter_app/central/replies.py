"""What the service answers when it does not answer: a status, a stable word, a French sentence, as JSON."""

from dataclasses import dataclass

from starlette.responses import Response

from counter_app.domain.french import typeset
from counter_app.sync.codec import encode
from counter_app.sync.enrolment import Turned

JSON = "application/json"


@dataclass(eq=False)
class NotAnswered(Exception):
    """A request that is turned down: raised where it is seen, told at the door."""

    status: int
    code: str
    sentence: str
    retry_after: int = 0
    """Seconds, when the same request may succeed later."""


_SENTENCES = {
    "token": (401, "Ce poste n’est pas reconnu, ou son inscription a expiré. Inscrivez-le de nouveau avec un code."),
    "device": (403, "Cette inscription est celle d’un autre poste. Inscrivez ce poste avec un code."),
    "signature": (
        403,
        "La demande n’est pas signée par la clé de ce poste. Recommencez ; sinon prévenez l’informatique.",
    ),
    "not_found": (404, "Cette adresse n’existe pas ici. Vérifiez l’adresse de la base centrale."),
    "method": (405, "Cette adresse ne se demande pas ainsi."),
    "slow": (408, "La demande est arrivée trop lentement : elle n’a pas été lue. Elle peut être renvoyée."),
    "too_large": (413, "Message trop long : il n’a pas été lu. Envoyez moins d’actes à la fois."),
    "content_type": (415, "Le message doit être du JSON (application/json)."),
    "http": (400, "Demande qui n’est pas du HTTP : elle n’a pas été lue."),
    "breakage": (500, "Une panne de la base centrale a arrêté la demande : rien n’a été enregistré. Recommencez."),
    "busy": (503, "La base centrale est très occupée : rien n’est perdu, le poste réessaie de lui-même."),
    "stopping": (503, "La base centrale s’arrête ou redémarre : rien n’est perdu, le poste réessaie de lui-même."),
}
_AGAIN = {"busy": 2, "stopping": 5, "slow": 5}


def not_answered(code: str) -> NotAnswered:
    """The refusal of a word."""
    status, sentence = _SENTENCES[code]
    return NotAnswered(status, code, typeset(sentence), _AGAIN.get(code, 0))


def reply(refused: NotAnswered) -> Response:
    """The refusal as it is sent."""
    headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    if refused.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(encode(Turned(refused.code, refused.sentence)), refused.status, headers, JSON)
