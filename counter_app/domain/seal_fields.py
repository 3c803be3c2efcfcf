"""Fields of sealed documents (2D-Doc): where each value ends and what it is.

Identifiers, lengths and kinds of perimeter 01 are those of the technical specification of 2D-Doc, v3.3.8 (France
Titres). A value shorter than its longest is ended by GS, one that was cut to fit by RS; the others by nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

GS, RS = "\x1d", "\x1e"
EPOCH = date(2000, 1, 1)

_FIXED: dict[int, str] = {
    1: "1G 1H 5T 68 6J 76 7C 7D 7E 7F 7G 7I 7J 7O AF AG AT B6 BA BD C0 C5 F3 F5 L7 L8",
    2: "26 2D 34 5J 65 67 6C 6I 6Y 7H A0 A6 B5 B9 BG D8 E0 E5 G0 G1 H1 H3 HL HQ HR HS LA",
    3: "6B A5 A7 A9 BE BF DY E4",
    4: "06 08 09 36 37 45 4S 53 54 AD AE E1 E2 E3 I0",
    5: "24 2B 4P 5H 6W 78 7A AY C9 HJ",
    6: "07 51 AO",
    7: "52 AK H8 I1",
    8: (
        "1C 4A 4B 4C 55 56 57 69 6L 6N 6O 75 8A 96 AA AI AN B7 C4 D3 D4 D6 D7 D9 DA DD DL DS F2 G3 H4 H5 H9 "
        "HA HO L2 L9 "
    ),
    9: "0A 0B 7L DF DN DU E7 HB",
    10: "CB",
    11: "AL I6",
    12: "6R 70 71 86 C3 CC E8 F6 HN HP",
    13: "40 44 47 49 7K AJ",
    14: "50 BK DG DO DV",
    15: "4F",
    16: "7P I2",
    17: "85 A4 D0",
    19: "6K",
    21: "5N",
    36: "0D",
}
"""Identifiers by the number of signs of their value, which no separator ends."""
_UP_TO: dict[int, str] = {
    0: "01 02 03 04 05 0C 18 19 1A 1B 42",
    3: "4M",
    5: "43 AM",
    7: "F4",
    8: "AB",
    10: "4V 4W 4X 4Z 6H 6Q 88 8B AS D5 DZ G4",
    11: "32 38 39 58 5A 5C 6Z",
    12: "41 4D 4E 4I 4J 59 5B 5U A8",
    13: "I5",
    14: "5L",
    15: "L4",
    16: "1D",
    17: "A1 A2 A3",
    18: "95 HM",
    19: "AC",
    20: "61 66 82 B1 BC C2 C7 D2 DH DP G2 HH",
    25: "AQ",
    30: "1E 1F 33 4R 4T AH BH BI BJ DI DX L3 L5 L6",
    32: "25 2C 4Q 5I 6A 6X AZ B8 HK",
    34: "35",
    35: "AR",
    37: "I4",
    38: (
        "10 11 12 13 14 15 16 17 1I 1J 1K 1L 1M 1N 1O 1P 20 21 22 23 27 28 29 2A 31 46 48 4G 4K 4L 4N 4O 4U "
        "5D 5E 5F 5G 5M 5O 5P 5Q 5R 62 63 64 6G 6S 6T 6U 6V 72 74 80 90 91 92 93 94 AU AV AW AX B2 B3 B4 C1 "
        "C6 C8 F0 H0 H2 HC HD HE HF HG HI "
    ),
    40: "5S 6M 6P 83 84 H6",
    45: "77 7B CA G5",
    50: "5K BB D1 DB DC DE DJ DK DM DQ DR DT DW",
    53: "H7",
    54: "I3",
    60: "60 6D 6E 73 81 AP B0 F1",
    63: "87",
    64: "7M 89",
    65: "E6",
    77: "4H",
    80: "L0 L1",
    90: "6F",
    114: "79",
    128: "7N",
    140: "30",
    155: "4Y",
}
"""Identifiers by the most signs of their value; GS ends a shorter one. 0: no limit."""
_KINDS: dict[str, str] = {
    "base36": "AF AG",
    "count": "AK BE D8 DY H8 H9 HA HQ HR HS",
    "day": "1C 4B 4C 55 56 57 69 6L 6N 6O 75 8A 96 AA AI B7 C4 D3 D4 D7 D9 DD DL DS F2 G3 H4 H5 HO L2 L9",
    "hex": "7H A7 BF",
    "hex_day": "06 08 36 37 53 54 AD E1 E2 E3",
    "moment": "70 71 C3 CC E8 F6 HN",
    "time": "07 AE",
}
"""Values that are not plain text."""
_SIZE = {name: size for size, names in _FIXED.items() for name in names.split()}
_MOST = {name: most for most, names in _UP_TO.items() for name in names.split()}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class SealedField:
    """One value: days in ISO with `00` for what nobody knows, other values as they stand."""

    name: str
    """Two signs, such as `6Q`."""
    value: str
    cut: bool = False
    """The document holds more than the seal had room for."""


def read_fields(message: str) -> tuple[SealedField, ...]:
    """Fields of a message in their order. An identifier that nobody knows goes on to the next separator."""
    found, place = [], 0
    while place + 2 <= len(message):
        name = message[place : place + 2]
        end = _end(message, place + 2, name)
        text = message[place + 2 : end]
        found.append(SealedField(name, _value(name, text), message[end : end + 1] == RS))
        place = end + (message[end : end + 1] in (GS, RS))
    return tuple(found)


def day_of(code: str) -> date | None:
    """Day of four hexadecimal digits, counted from 2000-01-01; None for `FFFF`. Raises ValueError for other signs."""
    return None if code == "FFFF" else EPOCH + timedelta(days=int(code, 16))


def _end(message: str, start: int, name: str) -> int:
    limit = _SIZE.get(name) or _MOST.get(name) or len(message)
    stop = min(start + limit, len(message))
    return next((place for place in range(start, stop) if message[place] in (GS, RS)), stop)


def _value(name: str, text: str) -> str:
    """The value in words of programs; a text that is not of its kind stays as it stands."""
    kind = _KIND.get(name)
    if kind is None or not (text.isascii() and text.isalnum()):
        return text
    match kind:
        case "day" | "moment":
            return _day(text)
        case "time":
            return ":".join((text[0:2], text[2:4], text[4:6] or "00")) if text.isdigit() else text
        case "count":
            return text.lstrip("0") or "0"
        case _:
            return _converted(kind, text)


def _converted(kind: str, text: str) -> str:
    try:
        if kind == "hex_day":
            day = day_of(text)
            return day.isoformat() if day else ""
        return str(int(text, 36 if kind == "base36" else 16))
    except ValueError:
        return text


def _day(text: str) -> str:
    """DDMMYYYY as ISO, an hour after it when there is one."""
    if not text.isdigit() or len(text) not in (8, 12):
        return text
    day, month, year = text[0:2], text[2:4], text[4:8]
    hour = f"T{text[8:10]}:{text[10:12]}" if len(text) == 12 else ""
    return f"{year}-{month}-{day}{hour}" if _may_be(year, month, day) else text


def _may_be(year: str, month: str, day: str) -> bool:
    """A day of the calendar, or one whose day, or day and month, nobody knows."""
    try:
        date(int(year), int(month) or 1, int(day) or 1)
    except ValueError:
        return False
    return month != "00" or day == "00"
