"""Invented people by the million: the same for the same seed, with names, numbers and hours that vary as real ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

PER_DAY = 1000
"""People convened on one day, whatever the size: a bigger home has more days, not bigger ones."""
ZONE = ZoneInfo("Europe/Paris")
FIRST_DAY = date(2026, 1, 5)
PURPOSES = ("Remise de titre de séjour", "Dépôt de demande", "Prise d’empreintes", "Renouvellement de récépissé")
SPELLINGS = (
    ("Mohamed", "Mohammed", "Muhammad", "Mouhamed"), ("Youssef", "Yusuf", "Youssouf", "Yousef"),
    ("Fatima", "Fatma", "Fatimah"), ("Ousmane", "Usman", "Ousman"), ("Aïcha", "Aisha", "Aycha"),
    ("Abdallah", "Abdullah", "Abdoulah"), ("Khadija", "Hadija", "Kadidja"), ("Diallo", "Jallow", "Dialo"),
    ("Traoré", "Trawally", "Traore"), ("Oumar", "Omar", "Umar"), ("Hussein", "Hossein", "Houcine"),
    ("Nguyễn", "Nguyen"), ("Ibrahima", "Ibrahim", "Ebrahim"), ("Mamadou", "Mamadu", "Mamoudou"),
)  # fmt: skip
"""Spellings of one spoken name, in whatever spelling the list and the agent each use."""
_STARTS = "b ba be bou ch d da di f fa g gu h ha k ka ko l la m ma mo n na ou p r ra s sa si t ta tr v y z"
_MIDDLES = "a ab al am an ar as e el em en i id il im in ir o ol or ou our u un"
_LINKS = "b bb ch d dj f g k kh l ll m mb n nd ng r rr s ss t v y z"
_ENDS = "a ah an ane e é ed el eva i ia ian ić in ine ko o ou ov ova oğlu sen u y yan"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody convened."""

    family: str
    given: str
    birth_date: date
    number: str
    slot: datetime
    purpose: str

    @property
    def name(self) -> str:
        """As lists write it."""
        return f"{self.family.upper()} {self.given}"


def people(count: int, seed: int = 7, start: int = 0) -> Iterator[Person]:
    """Invented people, `PER_DAY` for each working day from `FIRST_DAY` on, or from the day of the n-th person."""
    draw = Random(seed)
    families, givens = _names(draw, 40 + count // 25), _names(draw, 30 + count // 150)
    spelt = [name for group in SPELLINGS for name in group]
    for position in range(start, start + count):
        family = draw.choice(spelt) if draw.random() < 0.03 else _drawn(draw, families)
        given = draw.choice(spelt) if draw.random() < 0.10 else _drawn(draw, givens)
        born = date(1940, 1, 1) + timedelta(days=draw.randrange(24000))
        number = f"{draw.randrange(10**9, 10**10)}"
        yield Person(family, given, born, number, slot_of(position), draw.choice(PURPOSES))


def slot_of(position: int) -> datetime:
    """The hour of the n-th person: from 8:30 to 16:30, working day after working day."""
    day, place = divmod(position, PER_DAY)
    weeks, weekday = divmod(day, 5)
    minute = 8 * 60 + 30 + place * 480 // PER_DAY
    when = FIRST_DAY + timedelta(weeks=weeks, days=weekday)
    return datetime(when.year, when.month, when.day, minute // 60, minute % 60, tzinfo=ZONE)


def with_a_slip(text: str, draw: Random) -> str:
    """The text with one slip of the hand in one of its longer words: a letter lost, doubled, wrong or swapped."""
    places = [place for place in range(1, len(text) - 1) if text[place - 1 : place + 2].isalpha()]
    place = draw.choice(places)
    slips = (
        text[:place] + text[place + 1 :],
        text[:place] + text[place] + text[place:],
        text[:place] + draw.choice("aeinrst") + text[place + 1 :],
        text[:place] + text[place + 1] + text[place] + text[place + 2 :],
    )
    return draw.choice(slips)


def spelt_otherwise(name: str, draw: Random) -> str | None:
    """The same spoken name in another spelling; None when no word of it has another one here."""
    for group in SPELLINGS:
        for word in name.split():
            if word.casefold() in (one.casefold() for one in group):
                others = [one for one in group if one.casefold() != word.casefold()]
                return name.replace(word, draw.choice(others))
    return None


def _names(draw: Random, count: int) -> list[str]:
    starts, middles, links, ends = _STARTS.split(), _MIDDLES.split(), _LINKS.split(), _ENDS.split()
    made: dict[str, None] = {}
    while len(made) < count:
        middle = "".join(draw.choice(middles) + draw.choice(links) for _ in range(draw.choice((1, 1, 1, 2, 2))))
        made[(draw.choice(starts) + middle + draw.choice(ends)).capitalize()] = None
    return list(made)


def _drawn(draw: Random, names: list[str]) -> str:
    """A few names are borne by many, most by few."""
    return names[int(len(names) * draw.random() ** 2)]
