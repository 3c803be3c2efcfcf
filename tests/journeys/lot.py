"""An invented lot: 72 permits as offices keep their lists, sixty of them ready, and the passports of their holders."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from counter_app.domain.mrz_fields import check_digit
from counter_app.domain.person_names import fold
from tests.imports.lists import csv_text
from tests.imports.permit_lists import HEADINGS

DAY = "2026-11-23"
AT = f"{DAY}T09:20"
SIGNS = "BCDFGHJKLMNPRTVWXY23456789"
FAMILIES = (
    "ABDI", "BELLO", "CISSÉ", "DA SILVA", "EL AMRANI", "FOFANA", "GUEYE", "HAÏDARA", "IVANOVA", "JALLOW", "KEÏTA",
    "LÝ", "M’BODJ", "N’GUESSAN", "OUEDRAOGO", "PHẠM", "QORRI", "RAKOTO", "SÃO", "TRẦN", "UÇAR", "VÂRGA",
)  # fmt: skip
GIVEN = ("Aïcha", "Bé", "Çelik", "Đức", "Élodie", "Fatou-Binta")
KINDS = ("CST 1 an", "CSP 4 ans", "CR 10 ans")
AMOUNTS = (250, 100, 350, 150)


@dataclass(frozen=True)
class Holder:
    """One permit and whose it is."""

    place: int
    family: str
    given: str
    card: str
    born: str = "12/05/1984"
    tray: str = ""
    slot: str = "23/11/2026 09:20"
    summoned: str = "16/11/2026"

    @property
    def number(self) -> str:
        """AGDREF number."""
        return f"59{30_000_000 + self.place * 911_383:08d}"

    @property
    def stamp(self) -> str:
        """Sixteen digits of the electronic stamp that this person bought."""
        return f"{1_000_000_000_000_000 + self.place * 73_939_133_111:016d}"

    @property
    def passport(self) -> tuple[str, str]:
        """Two lines of the machine readable zone (ICAO 9303, part 4)."""
        family, given = (fold(name).upper().replace(" ", "<").replace("-", "<") for name in (self.family, self.given))
        day, month, year = self.born.split("/")
        number, born, expires = (
            f"{self.place:02d}PX{self.place * 48_611 % 100_000:05d}",
            f"{year[2:]}{month}{day}",
            "310101",
        )
        dated = f"{born}{check_digit(born)}", f"{expires}{check_digit(expires)}"
        first = f"{number}{check_digit(number)}"
        composite = check_digit(f"{first}{dated[0]}{dated[1]}{'<' * 14}<")
        return f"P<UTO{family}<<{given}".ljust(44, "<"), f"{first}UTO{dated[0]}F{dated[1]}{'<' * 14}<{composite}"


def holders() -> dict[str, Holder]:
    """Everybody by family name; the sixty who are ready are called by their place."""
    draw, cards = Random(59), dict[str, None]()
    while len(cards) < READY + len(PARTS):
        cards["F" + "".join(draw.choices(SIGNS, k=8))] = None
    named = {**{f"{place}": {} for place in range(READY)}, **PARTS}
    return {
        name: _holder(name, place, card, more)
        for place, ((name, more), card) in enumerate(zip(named.items(), cards, strict=True))
    }


def _holder(name: str, place: int, card: str, more: dict[str, str]) -> Holder:
    family = FAMILIES[place % len(FAMILIES)] if name.isdigit() else name.upper()
    usual = {"born": f"{1 + place % 28:02d}/{1 + place % 12:02d}/{1955 + place % 49}", "tray": "ABCD"[place % 4]}
    usual["slot"] = f"23/11/2026 09:{10 * (place % 6):02d}"
    return Holder(place, family, GIVEN[place // len(FAMILIES) % len(GIVEN)], card, **{**usual, **more})


READY = 60
PARTS: dict[str, dict[str, str]] = {
    "Demain": {"slot": "24/11/2026 09:20"},
    "Attente": {"summoned": "", "slot": ""},
    "Perdu": {"tray": ""},
    "Renvoi": {},
    "Faute": {},
    "Blocage": {},
    "Enfant": {"born": "04/09/2014"},
    "Midi": {"slot": "23/11/2026 11:50"},
    "Proche": {},
    "Reste": {},
    "Manque": {},
    "Double": {},
}
"""People with a part to play: what differs from somebody who is ready."""


def write_lot(path: Path) -> Path:
    """The list as offices keep it: UTF-8, semicolons, every line ended as on Windows."""
    lines = [list(HEADINGS), *(row(one) for one in holders().values())]
    path.write_bytes(csv_text(lines).encode())
    return path


def row(one: Holder) -> list[str]:
    """As offices keep it."""
    return [
        one.number, one.family, one.given, one.born, KINDS[one.place % len(KINDS)], one.card,
        "24/10/2026", "24/10/2027", "11/11/2026", f"IN-2611-{1 + one.place % 4}",
        one.tray, str(one.place + 1) if one.tray else "",
        str(AMOUNTS[one.place % len(AMOUNTS)]), f"+3361234{one.place:04d}", one.summoned, one.slot,
    ]  # fmt: skip
