"""What lists say against each other or against an arrival, and what a supervisor's answer about it changes.

An answer is about words, not about lists: what one source says since an export. A daily list that repeats its word
says nothing new; one that changes its mind says a new word, about which nobody has answered yet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from counter_app.domain.acts import Json
from counter_app.domain.answers import effective
from counter_app.domain.listing import Listing


class Word(NamedTuple):
    """What a source says of an appointment, since the first export that said so."""

    source: str
    exported_at: str
    status: str

    def to_json(self) -> dict[str, Json]:
        """As acts and work items keep it."""
        return dict(self._asdict())

    @staticmethod
    def read(values: Json) -> "Word":
        """Read back what `to_json` wrote; raises one of `UNREADABLE`."""
        if not isinstance(values, dict):
            raise TypeError("a word tells its source, its export and its status")
        return Word(*(str(values[name]) for name in Word._fields))


def since(listing: Listing, told: Iterable[Listing]) -> Word:
    """The word of a listing, dated of the first export in which its source began to say what it says now, among
    everything that lists told and that nobody withdrew."""
    begun = listing
    mine = (one for one in told if one.source == listing.source)
    for one in sorted(mine, key=lambda one: (one.exported_at, one.source_key), reverse=True):
        if one.status is not listing.status:
            break
        begun = one
    return Word(begun.source, begun.exported_at, begun.status.value)


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """What a supervisor answered about lists that contradict each other, or an arrival."""

    acts: tuple[str, ...]
    """The arrivals asked about, sorted."""
    words: tuple[Word, ...]
    """The words asked about, sorted."""
    kept: str | Word | None
    """The arrival or the word that is true; None when all are."""

    @staticmethod
    def read(details: Mapping[str, Json]) -> "ListsAnswer":
        """Read the details of an act; raises one of `UNREADABLE` when it keeps what it does not ask about."""
        acts, words, kept = details["acts"], details["listings"], details["kept"]
        if not (isinstance(acts, list) and isinstance(words, list)):
            raise TypeError("an answer names acts and words")
        about = (tuple(sorted({str(act) for act in acts})), tuple(sorted({Word.read(word) for word in words})))
        chosen = kept if kept is None or isinstance(kept, str) else Word.read(kept)
        if not (chosen is None or chosen in about[0] or chosen in about[1]):
            raise ValueError("an answer keeps something that it is about")
        return ListsAnswer(*about, chosen)

    def to_json(self) -> dict[str, Json]:
        """As acts and projections keep it."""
        kept = self.kept.to_json() if isinstance(self.kept, Word) else self.kept
        return {"acts": [*self.acts], "listings": [word.to_json() for word in self.words], "kept": kept}

    @property
    def about(self) -> frozenset[str]:
        """Everything asked about, by name."""
        return frozenset({*self.acts, *("\n".join(word) for word in self.words)})

    @property
    def denied(self) -> frozenset[Word]:
        """The words that are not true when what is kept is."""
        match self.kept:
            case None:
                return frozenset()
            case Word(status=status):
                return frozenset(word for word in self.words if word.status != status)
            case _:
                return frozenset(self.words)


def in_effect(answers: Sequence[ListsAnswer]) -> tuple[ListsAnswer, ...]:
    """The answers that stand, of desks that may have been apart (see `answers.effective`)."""
    return tuple(answers[place] for place in effective([one.about for one in answers]))


def not_believed(answers: Sequence[ListsAnswer], said: Collection[Word], undone: Collection[str]) -> frozenset[Word]:
    """Words that count no more: denied by an answer that holds. One holds as long as what it keeps does: an arrival
    that was not taken back, a word that its source still says."""
    return frozenset(word for one in in_effect(answers) if _holds(one.kept, said, undone) for word in one.denied)


def _holds(kept: str | Word | None, said: Collection[Word], undone: Collection[str]) -> bool:
    return kept in said if isinstance(kept, Word) else kept not in undone


def never_came(answers: Sequence[ListsAnswer]) -> frozenset[str]:
    """Arrivals of which an answer said that the list is right: once and for all, whatever the list says later."""
    return frozenset(act for one in in_effect(answers) if isinstance(one.kept, Word) for act in one.acts)
