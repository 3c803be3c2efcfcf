"""Foreign numbers dug out of free text, such as the context field of an appointment.

A wrong number attached to a person is worse than none: telephone numbers, dates, references and numbers of other kinds
are left alone, and nine digits count only beside a word that names the foreign number.
"""

import re
import unicodedata
from dataclasses import dataclass

from counter_app.domain.keyboard import plain_digits, without_invisible_marks

_NOT_NUMBERS = re.compile(
    r"""
    (?<!\S)\S+@\S+ | https?://\S+
    | (?:\+|\b00)[0-9]{2}[ .\-]?(?:\(0\))?(?:[ .\-]?[0-9]){9}(?![0-9])       # telephone, with the country
    | (?<![0-9])(?:[0-3]?[0-9])[/.\-](?:[01]?[0-9])[/.\-](?:19|20)?[0-9]{2}(?![0-9])   # 23/11/2026
    | (?<![0-9])(?:19|20)[0-9]{2}[/.\-][01][0-9][/.\-][0-3][0-9](?![0-9])    # 2026-11-23
    | (?<![0-9])[0-2]?[0-9]\ ?(?:h|:)\ ?[0-5][0-9](?![0-9])                  # 9h30
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"(?<![0-9A-Za-z+])[0-9]+(?:(?:[ .]|\ ?[\-/]\ ?)[0-9]+)*(?![0-9A-Za-z])")
_GLUED_LABEL = re.compile(r"(?<=agdref|ranger)(?=[0-9])", re.IGNORECASE)
_NAMES_IT = re.compile(r"\bagdref\b|\bfne\b|[eé]trang(?:er|ère|ere)s?\b|\bidentifiant\b", re.IGNORECASE)
_NAMES_ANOTHER = re.compile(
    r"\bt[eé]l|\bportable|\bmobile|\bfax\b|\bjoindre|\bappel|\brdv\b|\brendez|\br[eé]f|\bdossier|\bpasse?port|\bvisa\b"
    r"|\bcarte\b|\btimbre|\bs[eé]cu|\bnir\b|\bsiret\b|\bsiren\b|\bcaf\b|\bkbis\b|\biban\b|\bfacture|\bcommande|\bcode\b"
    r"|\bdemande\b|\bid\b|\bwhats|☎|📞",
    re.IGNORECASE,
)
_REACH = 40
"""How many signs a word that names the number may stand before it."""
_USUAL_SHAPES = {(10,), (2, 8), (2, 2, 6), (2, 1, 7), (2, 2, 3, 3), (2, 4, 4), (4, 3, 3), (1, 3, 3, 3), (2, 3, 5)}
_PAIRS = (2, 2, 2, 2, 2)
_LENGTH, _LEGACY_LENGTH = 10, 9


@dataclass(frozen=True, slots=True)
class _Run:
    groups: tuple[str, ...]
    named: bool | None
    """True beside a word that names the foreign number, False beside one that names another thing."""


def find_number_in(text: str) -> tuple[str, ...]:
    """Foreign numbers of a text in their order, digits only, each once; nine digits stay nine (see `read_number`)."""
    found = (_number_of(run) for run in _runs(_prepared(text)))
    return tuple(dict.fromkeys(number for number in found if number))


def _prepared(text: str) -> str:
    plain = plain_digits(without_invisible_marks(unicodedata.normalize("NFC", text)))
    return _GLUED_LABEL.sub(" ", _NOT_NUMBERS.sub(lambda match: "×" * len(match[0]), plain))


def _runs(text: str) -> list[_Run]:
    runs, end = [], 0
    for match in _RUN.finditer(text):
        before = text[max(end, match.start() - _REACH) : match.start()]
        runs.append(_Run(tuple(re.findall("[0-9]+", match[0])), _named(before)))
        end = match.end()
    return runs


def _named(before: str) -> bool | None:
    """The word nearest to the number decides."""
    own = max((match.end() for match in _NAMES_IT.finditer(before)), default=-1)
    another = max((match.end() for match in _NAMES_ANOTHER.finditer(before)), default=-1)
    return None if own == another else own > another


def _number_of(run: _Run) -> str | None:
    if run.named is False:
        return None
    if run.named:
        return _first_of(run.groups, (_LENGTH, _LEGACY_LENGTH))
    number, shape = "".join(run.groups), tuple(map(len, run.groups))
    if len(number) != _LENGTH:
        alone = [group for group in run.groups if len(group) == _LENGTH]
        number, shape = (alone[0], (_LENGTH,)) if len(alone) == 1 else ("", ())
    return number if number and not _may_be_another(number, shape) else None


def _first_of(groups: tuple[str, ...], lengths: tuple[int, ...]) -> str | None:
    """The first digits of the run, cut between two groups, that make one of these lengths."""
    starts = ["".join(groups[: count + 1]) for count in range(len(groups))]
    return next((start for length in lengths for start in starts if len(start) == length), None)


def _may_be_another(number: str, shape: tuple[int, ...]) -> bool:
    """A telephone by its first digit or its pairs, a prefix that is no département, groups nobody writes."""
    telephone = number[0] == "0" and (shape in ((_LENGTH,), _PAIRS))
    return telephone or number[:2] in ("00", "96") or shape not in (_USUAL_SHAPES | {_PAIRS})
