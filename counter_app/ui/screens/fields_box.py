"""A question with a few fields: what is needed to go on, and nothing sent until it is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.telling.typed import unfit_told
from counter_app.ui.screens.choice_row import ChoiceRow
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FormRow, plain
from counter_app.wording.catalogue import Words

WIDTH = 440

Check = Callable[[Mapping[str, str]], tuple[str, str] | None]
"""Looks at what was typed: None, or the name of the field to correct and what to do about it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its name in the answer, its label, a hint under it, what it holds at first."""

    name: str
    label: str
    hint: str = ""
    text: str = ""
    needed: bool = True


class FieldsBox(Dialog):
    """Fields one under the other, after an optional choice. Enter answers, or goes to the field that lacks."""

    answered = Signal(dict)
    """Texts by name; the choice under `choice`."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        fields: Sequence[Asked],
        parent: QWidget,
        choice: ChoiceRow | None = None,
        check: Check = lambda _typed: None,
        does: str = "reason.confirm",
    ) -> None:
        """`does`: the label of the button that answers, which records."""
        super().__init__(theme, title, parent)
        self._check = check
        self._words, self._needed = words, {one.name for one in fields if one.needed}
        self.choice = choice
        self.rows: dict[str, FormRow] = {one.name: FormRow(theme, one.label, _line(one), one.hint) for one in fields}
        self.ask([*([choice] if choice else []), *self.rows.values()], self.answers(words, does, self._confirm))
        self.setMinimumWidth(theme.px(WIDTH))
        self.line(fields[0].name).setFocus(Qt.FocusReason.OtherFocusReason)

    def line(self, name: str) -> QLineEdit:
        """The field of a name."""
        field = self.rows[name].field
        assert isinstance(field, QLineEdit)
        return field

    def ask_for(self, names: Sequence[str], may_lack: Sequence[str] = ()) -> None:
        """Show these fields only, empty: what was typed is about another case. Those of `may_lack` may stay empty."""
        self._needed = set(names) - set(may_lack)
        for name, row in self.rows.items():
            self.line(name).clear()
            row.setVisible(name in names)
        self.adjustSize()

    def _confirm(self) -> None:
        """Answer, or go to the field that lacks or cannot be read, and say it."""
        problem = self._lacking() or self._unfit() or self._check(self._answer())
        for name, row in self.rows.items():
            row.complain(problem[1]) if problem and name == problem[0] else row.accept()
        if problem:
            self.line(problem[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.accept()
            self.answered.emit(self._answer())

    def _lacking(self) -> tuple[str, str] | None:
        lacking = (name for name in self.rows if name in self._needed and not self.line(name).text().strip())
        name = next(lacking, "")
        label = plain(self.rows[name].label.text()) if name else ""
        return (name, self._words("fields.required", label=label)) if name else None

    def _unfit(self) -> tuple[str, str] | None:
        """The first text that could not be read back from the journal."""
        told = ((name, unfit_told(self.line(name).text(), self._words)) for name in self.rows)
        return next(((name, wrong) for name, wrong in told if wrong), None)

    def _answer(self) -> dict[str, str]:
        texts = {name: self.line(name).text().strip() for name in self.rows}
        return {**texts, "choice": self.choice.value} if self.choice else texts


def _line(asked: Asked) -> QLineEdit:
    line = QLineEdit(asked.text)
    line.selectAll()
    return line
