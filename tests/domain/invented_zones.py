"""Machine readable zones of invented people, written as ICAO 9303 says, and what a reader makes of them."""

from dataclasses import dataclass, field
from string import ascii_uppercase

from hypothesis import strategies as st

from counter_app.domain.keyboard import _AZERTY, _AZERTY_SHIFTED, _US, _US_SHIFTED
from counter_app.domain.mrz_fields import check_digit
from counter_app.domain.mrz_lines import MrzFormat

WRONG_LAYOUT = str.maketrans(dict(zip(_US + _US_SHIFTED, _AZERTY + _AZERTY_SHIFTED, strict=True)))
"""What a reader set for a US keyboard types on a French computer."""


@dataclass(frozen=True)
class Zone:
    """What an office writes in a zone."""

    format: MrzFormat
    code: str
    issuer: str
    number: str
    surname: str
    given_names: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str = field(default="")

    @property
    def lines(self) -> tuple[str, ...]:
        return _td1(self) if self.format is MrzFormat.TD1 else _two(self)

    @property
    def text(self) -> str:
        return "\r".join(self.lines)


def checked(text: str) -> str:
    return text + check_digit(text)


def _names(zone: Zone, size: int) -> str:
    given = f"<<{zone.given_names.replace(' ', '<')}" if zone.given_names else ""
    return f"{zone.surname.replace(' ', '<')}{given}".ljust(size, "<")


def _td1(zone: Zone) -> tuple[str, ...]:
    number = zone.number.ljust(9, "<")
    rest = f"{number[9:]}{check_digit(number)}<" if len(number) > 9 else zone.optional
    head = checked(number) if len(number) == 9 else f"{number[:9]}<"
    first = f"{zone.code:<<2}{zone.issuer:<<3}{head}{rest:<<15}"
    second = f"{checked(zone.birth)}{zone.sex}{checked(zone.expiry)}{zone.nationality:<<3}{'':<<11}"
    composite = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return first, second + composite, _names(zone, 30)


def _two(zone: Zone) -> tuple[str, ...]:
    size = 44 if zone.format in (MrzFormat.TD3, MrzFormat.MRV_A) else 36
    first = f"{zone.code:<<2}{zone.issuer:<<3}{_names(zone, size - 5)}"
    number = checked(zone.number.ljust(9, "<"))
    second = f"{number}{zone.nationality:<<3}{checked(zone.birth)}{zone.sex}{checked(zone.expiry)}"
    if zone.format in (MrzFormat.MRV_A, MrzFormat.MRV_B):
        return first, f"{second}{zone.optional}".ljust(size, "<")
    optional = checked(zone.optional.ljust(14, "<")) if zone.format is MrzFormat.TD3 else zone.optional.ljust(7, "<")
    second += optional
    return first, second + check_digit(second[0:10] + second[13:20] + second[21:])


_LETTERS = st.text(ascii_uppercase, min_size=1, max_size=8)
_ALNUM = ascii_uppercase + "0123456789"
_DATES = st.dates().map(lambda day: f"{day:%y%m%d}").filter(lambda text: text[2:] != "0229")
_SIZES = {MrzFormat.TD1: 0, MrzFormat.TD2: 7, MrzFormat.TD3: 14, MrzFormat.MRV_A: 16, MrzFormat.MRV_B: 8}
_CODES = {MrzFormat.TD1: "IR", MrzFormat.TD2: "I", MrzFormat.TD3: "P", MrzFormat.MRV_A: "V", MrzFormat.MRV_B: "VD"}


@st.composite
def zones(draw: st.DrawFn) -> Zone:
    """Any zone that an office may write."""
    layout = draw(st.sampled_from(MrzFormat))
    longest = 20 if layout is MrzFormat.TD1 else 9
    optional = st.text(_ALNUM, max_size=_SIZES[layout])
    return Zone(
        layout,
        _CODES[layout],
        draw(st.sampled_from(("FRA", "UTO", "D", "XXB"))),
        draw(st.text(_ALNUM, min_size=6, max_size=longest)),
        draw(_LETTERS),
        draw(st.lists(_LETTERS, max_size=2).map(" ".join)),
        draw(st.sampled_from(("FRA", "MLI", "D", "XXA", "RKS"))),
        draw(_DATES),
        draw(st.sampled_from("MF<")),
        draw(_DATES),
        draw(optional),
    )
