"""What a scanned paper adds to the answer of an arrival."""

from dataclasses import replace

from counter_app.domain.number_check import Comparison
from counter_app.domain.sealed_document import SealStatus
from counter_app.domain.verdict import Verdict
from counter_app.usecases.answers import ArrivalAnswer
from counter_app.usecases.scanned_paper import ScannedPaper, compared


def with_paper(answer: ArrivalAnswer, paper: ScannedPaper) -> ArrivalAnswer:
    """An arrival's answer with what the paper adds: a line, or its own verdict when it cannot be relied upon."""
    repaired = ("paper_repaired",) if paper.repaired else ()
    told = replace(answer, paper=paper, notes=(*answer.notes, *paper.notes, *_differences(answer, paper), *repaired))
    if paper.status is SealStatus.SPECIMEN or paper.fault:
        assert paper.verdict is not None, "a specimen and a fault answer for themselves"
        return replace(told, verdict=paper.verdict, convocation=None, matches=(), chips=())
    return replace(told, verdict=Verdict.SEAL_BROKEN) if paper.status is SealStatus.BROKEN else told


def _differences(answer: ArrivalAnswer, paper: ScannedPaper) -> tuple[str, ...]:
    if answer.convocation is None:
        return ()
    beside = compared(paper.identity, answer.convocation)
    pairs = (("paper_name_differs", beside.name), ("paper_birth_differs", beside.birth_date))
    return tuple(note for note, comparison in pairs if comparison is Comparison.DIFFERS)
