"""The words of a summons, in French and in the holder's language, from the texts of papers: French first and complete.

A translation is help: one that nobody has read over yet is marked as such wherever it is sent or listed.
"""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, language, text
from counter_app.wording.dates import short_date

NBSP = "\u00a0"
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Letters of an SMS that count one (3GPP TS 23.038); any other letter turns the whole message into 16 bits."""
_TWICE = frozenset("€[]{}^\\~|\f")
_SINGLE, _JOINED, _SINGLE_WIDE, _JOINED_WIDE = 160, 153, 70, 67
_NAMED_DAYS = frozenset({"fr", "en"})
"""Languages whose days are told in words."""
_PLAIN = str.maketrans({"’": "'", "‘": "'", NBSP: " ", "\u202f": " ", "…": "...", "–": "-", "«": '"', "»": '"'})


@dataclass(frozen=True, slots=True)
class SummonsFacts:
    """What a message tells. Nothing of it names the person: a telephone is read by others."""

    place: str
    short_place: str
    """The same in few letters, for an SMS."""
    slot: datetime
    """In the site's own time zone."""
    old_document: bool
    stamp_amount: int | None
    """Euros; None when nobody said: the message then speaks of no stamp."""
    minor: bool
    contact: str = ""
    """Where to write; empty when the site gives no address."""


def summons_lines(code: str, facts: SummonsFacts, *, brief: bool = False) -> tuple[str, ...]:
    """Sentences of a summons in one language, `brief` for an SMS; none when its translation is out of date."""
    place = facts.short_place if brief else facts.place
    told = {**_when(code, facts.slot, brief), "place": place}
    lines = [
        text(code, "summons_ready"),
        text(code, "summons_come", **told),
        text(code, "summons_bring"),
        text(code, "summons_old") if facts.old_document else None,
        text(code, "summons_stamp", amount=str(facts.stamp_amount)) if facts.stamp_amount else None,
        text(code, "summons_minor") if facts.minor else None,
        text(code, "summons_change", contact=facts.contact) if facts.contact else None,
    ]
    said = [line for line in lines if line is not None]
    return tuple(said) if all(said) else ()


def missed_lines(code: str, slot: datetime, contact: str, *, brief: bool = False) -> tuple[str, ...]:
    """Sentences after a missed hour: write to the service, or wait for its next message, as the notice says."""
    passed = text(code, "summons_missed", **_when(code, slot, brief))
    then = text(code, "summons_write", contact=contact) if contact else text(code, "summons_again")
    return (passed, then) if passed and then else ()


def _when(code: str, slot: datetime, brief: bool) -> dict[str, str]:
    """Day and hour; in an SMS the month is in figures: « août » would turn the whole message into 16 bits."""
    day, hour = day_words(code, slot.date()), hour_words(code, slot)
    if brief and code in _NAMED_DAYS:
        day = f"{day.partition(' ')[0]} {short_date(slot.date())}"
    return {"day": day, "hour": hour}


def sms(french: tuple[str, ...], helped: tuple[str, ...] = ()) -> str:
    """One SMS: French, then the other language on its own line, without the signs that a telephone counts double."""
    return "\n".join(" ".join(lines).translate(_PLAIN) for lines in (french, helped) if lines)


def segments(message: str) -> int:
    """How many SMS the network bills for a message."""
    if all(letter in GSM or letter in _TWICE for letter in message):
        length = sum(2 if letter in _TWICE else 1 for letter in message)
        return 1 if length <= _SINGLE else -(-length // _JOINED)
    length = len(message.encode("utf-16-be")) // 2
    return 1 if length <= _SINGLE_WIDE else -(-length // _JOINED_WIDE)


def email(site: str, french: tuple[str, ...], code: str = FRENCH, helped: tuple[str, ...] = ()) -> tuple[str, str]:
    """Subject and body of an e-mail; the help in another language says whether it was read over."""
    paragraphs = ["\n".join(french)]
    if helped:
        note = label("help_note" if language(code).checked else "unchecked_note")
        paragraphs.append("\n".join((f"— {language(code).name} — {note} {label('french_prevails')}", *helped)))
    return text(FRENCH, "summons_subject"), "\n\n".join((*paragraphs, site))
