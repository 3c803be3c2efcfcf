"""Where the import stands, as one frozen value; the line of steps, and what may be done at each of them."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtWidgets import QLabel

from counter_app.imports.mapping import Mapping
from counter_app.ui.screens.lists.problems import ProblemRow
from counter_app.ui.screens.lists.work import Imported, OpenedList, Rehearsed
from counter_app.ui.theme import mark
from counter_app.ui.widgets.flow import Flow
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, key_name


class Step(IntEnum):
    """The four pages, in order."""

    FILE = 1
    COLUMNS = 2
    CONTROL = 3
    REPORT = 4


NAMES = {Step.FILE: "file", Step.COLUMNS: "columns", Step.CONTROL: "control", Step.REPORT: "report"}


class Busy(IntEnum):
    """What is under way on the background lane."""

    NOTHING = 0
    OPENING = 1
    CHECKING = 2
    WRITING = 3


@dataclass(frozen=True, slots=True)
class ImportState:
    """The wizard at one moment."""

    step: Step = Step.FILE
    busy: Busy = Busy.NOTHING
    opened: OpenedList | None = None
    mapping: Mapping | None = None
    """What the agent chose, once the control was asked for."""
    rehearsed: Rehearsed | None = None
    imported: Imported | None = None
    problems: tuple[ProblemRow, ...] = ()

    @property
    def taken(self) -> int:
        """Rows that an import would take, corrected ones included."""
        if self.rehearsed is None:
            return 0
        outcome = self.rehearsed.outcome
        return outcome.rows - len(outcome.rejected) + sum(row.solved for row in self.problems)

    @property
    def news(self) -> bool:
        """Whether an import would change anything that is known of somebody."""
        outcome = self.rehearsed.outcome if self.rehearsed else None
        solved = any(row.solved for row in self.problems)
        return outcome is not None and bool(outcome.added or outcome.changed or outcome.absent or solved)

    @property
    def superseded(self) -> bool:
        """Whether a newer list is here already."""
        return self.rehearsed is not None and self.rehearsed.outcome.superseded


class StepLine(Flow):
    """« 1 Fichier ▸ 2 Colonnes ▸ 3 Contrôle ▸ 4 Bilan », the present one in bold."""

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=8)
        self._words = words
        self.labels = {step: QLabel(self._text(step)) for step in Step}
        self.replace(self.labels.values())

    def _text(self, step: Step) -> str:
        arrow = "" if step is Step.REPORT else "  ▸"
        return f"{step.value} {self._words(f'import.step_{NAMES[step]}')}{arrow}"

    def show_step(self, present: Step) -> None:
        """Show where we are."""
        for step, label in self.labels.items():
            mark(label, role="strong" if step is present else "soft")
        name = self._words(f"import.step_{NAMES[present]}")
        self.setAccessibleName(self._words("import.step_now", n=present.value, step=name))
        self.updateGeometry()


def actions_of(state: ImportState, words: Words) -> tuple[VerdictAction, ...]:
    """What may be done at a step, the main thing first."""

    def act(slug: str, key: str = "", label: str = "") -> VerdictAction:
        return VerdictAction(slug, label or words(f"import.{slug}"), key_name(key, words.lang))

    if state.busy is Busy.CHECKING:
        return (act("stop", "Échap"),)
    if state.busy is not Busy.NOTHING:
        return ()
    match state.step:
        case Step.FILE:
            return ()
        case Step.COLUMNS:
            return act("check", "Ctrl+Entrée"), act("back", "Alt+←")
        case Step.CONTROL:
            label = words.counted("import.import", state.taken) if state.news else words("import.import_nothing")
            newest = (act("as_newest"),) if state.superseded else ()
            return act("import", "Ctrl+Entrée", label), *newest, act("save_report"), act("back", "Alt+←")
        case Step.REPORT:
            return act("another", "Ctrl+Entrée"), act("save_report")
