"""The words of a summons, in French and in the holder's language, from the texts of papers: French first and complete.

A translation is help: one that nobody has read over yet is marked as such wherever it is sent or listed.
"""

import unicodedata
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
_ONE_UNIT = 0xFFFF
"""Beyond it a letter takes two units of 16 bits."""
_NAMED_DAYS = frozenset({"fr", "en"})
"""Languages whose days are told in words."""
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", NBSP: " ", "\u202f": " ", "…": "...", "–": "-", "«": '"', "»": '"', "œ": "oe", "Œ": "OE"}
)


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
    """Sentences of a summons in one language, `brief` for an SMS; none when its translation is out of date.

    In an SMS the French says everything; the other language says what to do and when, and leaves the address to it:
    in an alphabet of 16 bits each sentence costs twice, and a figure is read in any language.
    """
    if brief and code != FRENCH:
        return _help_in_brief(code, facts)
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


def _help_in_brief(code: str, facts: SummonsFacts) -> tuple[str, ...]:
    lines = [
        text(code, "summons_sms_come", **_when(code, facts.slot, brief=True)),
        text(code, "summons_sms_bring"),
        text(code, "summons_sms_old") if facts.old_document else None,
        text(code, "summons_sms_stamp", amount=str(facts.stamp_amount)) if facts.stamp_amount else None,
        text(code, "summons_sms_minor") if facts.minor else None,
        text(code, "summons_sms_address"),
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


def sms(french: tuple[str, ...], helped: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The SMS to send: French with the other language on its own line, or each apart when that costs less.

    One letter of 16 bits makes every letter of its message one: Arabic under French doubles the price of the French.
    """
    apart = tuple(_narrowed(" ".join(lines)) for lines in (french, helped) if lines)
    together = "\n".join(apart)
    return apart if sum(map(segments, apart)) < segments(together) else (together,)


def _narrowed(text: str) -> str:
    """A text in letters that count one. Marks that the network does not know are left out (« í », « ê », « œ ») where
    that is enough: read by everybody, for half the price; in other alphabets nothing changes."""
    text = text.translate(_PLAIN)
    bare = "".join(letter if letter in GSM else unicodedata.normalize("NFD", letter)[0] for letter in text)
    return bare if _is_narrow(bare) else text


def _is_narrow(text: str) -> bool:
    return all(letter in GSM or letter in _TWICE for letter in text)


def segments(message: str) -> int:
    """How many SMS the network bills for one message: 160 letters, or 153 in each of several; in 16 bits, 70 or 67.

    A letter that takes two places is never cut between two SMS (3GPP TS 23.040, 9.2.3.24.1).
    """
    narrow = _is_narrow(message)
    sizes = [1 + (letter in _TWICE if narrow else ord(letter) > _ONE_UNIT) for letter in message]
    if sum(sizes) <= (_SINGLE if narrow else _SINGLE_WIDE):
        return 1
    room, count, left = _JOINED if narrow else _JOINED_WIDE, 0, 0
    for size in sizes:
        count, left = (count, left - size) if size <= left else (count + 1, room - size)
    return count


def email(site: str, french: tuple[str, ...], code: str = FRENCH, helped: tuple[str, ...] = ()) -> tuple[str, str]:
    """Subject and body of an e-mail; the help in another language says whether it was read over."""
    paragraphs = ["\n".join(french)]
    if helped:
        note = label("help_note" if language(code).checked else "unchecked_note")
        paragraphs.append("\n".join((f"— {language(code).name} — {note} {label('french_prevails')}", *helped)))
    return text(FRENCH, "summons_subject"), "\n\n".join((*paragraphs, site))
