"""A field whose text the journal keeps: what does not fit is told under it, and stays to be shortened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_app.telling.typed import unfit_told
from counter_app.ui.widgets.form import FormRow
from counter_app.usecases.typed import LONGEST_TOLD
from counter_app.wording.catalogue import Words


def fits(row: FormRow, words: Words, most: int = LONGEST_TOLD) -> bool:
    """Whether the text of a row can be kept; else the row says why, how many signs are too many, and has the focus."""
    assert isinstance(row.field, QLineEdit)
    told = unfit_told(row.field.text(), words, most)
    if not told:
        row.accept()
        return True
    row.complain(told)
    row.field.setFocus(Qt.FocusReason.OtherFocusReason)
    return False
