"""Does a row of a newer list tell somebody whom an older one told otherwise: the same person, corrected?

Never when they may be two people: brothers under the number of a guardian, twins, a father and a son of one name. What
is alike without being sure is said to somebody, and decides nothing.
"""

from collections import Counter
from datetime import datetime

from counter_app.domain.foreign_number import read_number
from counter_app.domain.listing import Listing
from counter_app.domain.person_names import fold, glued, one_typo_away, same_person_key

GENERATION = 12
"""Years: people of one name and one number born further apart may be a parent and a child."""


def corrects(older: Listing, newer: Listing) -> bool:
    """Whether both rows are surely one person's, told twice: the same number, hour and purpose, or the same reference
    and birth date, under names that no two people of one family bear."""
    births, close = (older.birth_date, newer.birth_date), _close(older, newer)
    if _same_moment(older, newer) and _same_number(older, newer):
        return close and not _far_apart(*births)
    numbers = {number_of(older), number_of(newer)} - {None}
    told_alike = births[0] is not None and births[0] == births[1] and len(numbers) < 2
    return _same_reference(older, newer) and told_alike and close


def resembles(older: Listing, newer: Listing) -> bool:
    """Whether somebody has to look: the same person perhaps, perhaps two."""
    near = _close(older, newer) and not _far_apart(older.birth_date, newer.birth_date)
    if _same_moment(older, newer):
        return near or _same_number(older, newer)
    return _same_reference(older, newer) and near


def number_of(listing: Listing) -> str | None:
    """The number that a row tells: ten digits, or the nine of the old form."""
    as_read = listing.number_as_read
    return listing.foreign_number or (read_number(as_read).nine_digits if as_read else None)


def _same_moment(older: Listing, newer: Listing) -> bool:
    same = datetime.fromisoformat(older.slot) == datetime.fromisoformat(newer.slot)
    return same and fold(older.purpose) == fold(newer.purpose)


def _same_number(older: Listing, newer: Listing) -> bool:
    number = number_of(older)
    return number is not None and number == number_of(newer)


def _same_reference(older: Listing, newer: Listing) -> bool:
    same = older.source == newer.source and older.reference == newer.reference
    return bool(older.reference) and same and older.slot[:10] == newer.slot[:10]


def _far_apart(one: str | None, other: str | None) -> bool:
    years = [int(birth[:4]) for birth in (one, other) if birth]
    return len(years) == 2 and 0 not in years and abs(years[0] - years[1]) >= GENERATION


def _close(older: Listing, newer: Listing) -> bool:
    same_birth = older.birth_date is not None and older.birth_date == newer.birth_date
    return close_names(older.name, newer.name, more_words=same_birth)


def close_names(one: str, other: str, *, more_words: bool = False) -> bool:
    """Whether two names are one name, written otherwise: the same words, a letter doubled or not, a slip of the hand in
    the family name beside the same first name. First names with a letter of difference may be those of twins.

    `more_words`: also when one has words that the other lacks, beside two that they share.
    """
    mine, theirs = Counter(same_person_key(one).split()), Counter(same_person_key(other).split())
    lost, gained, shared = [*(mine - theirs).elements()], [*(theirs - mine).elements()], (mine & theirs).total()
    if not (lost and gained):
        return not (lost or gained) or (more_words and shared > 1)
    if len(lost) > 1 or len(gained) > 1 or not shared:
        return False
    if _undoubled(lost[0]) == _undoubled(gained[0]):
        return True
    families = lost[0] in _family(one) and gained[0] in _family(other)
    return families and gained[0] in one_typo_away(lost[0])


def _undoubled(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if letter != word[place - 1 : place])


def _family(name: str) -> tuple[str, ...]:
    """Words in capitals of a name that has others too; none when nothing tells them apart."""
    words = name.split()
    capitals = [word for word in words if word.isupper()]
    return glued(" ".join(capitals)) if len(capitals) < len(words) else ()
