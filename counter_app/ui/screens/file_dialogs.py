"""Lists of files and folders, in the language of the window. Nothing blocks while one is open; closed, it is gone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.wording.catalogue import Words

REPORT_NAME = "rapport-import.csv"
PATTERNS = "*.csv *.tsv *.txt *.xls *.xlsx *.xlsm *.ods"


def file_dialog(parent: QWidget, words: Words, folder: Path) -> QFileDialog:
    """The list of files of a folder, lists first."""
    dialog = QFileDialog(parent, words("import.choose_file"), str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{words('import.lists')} ({PATTERNS})", f"{words('import.all_files')} (*)"])
    return _speaking(dialog, words, "open")


def report_dialog(parent: QWidget, words: Words, folder: Path) -> QFileDialog:
    """Where to write the report."""
    return save_dialog(parent, words, folder, words("import.save_report"), REPORT_NAME)


def save_dialog(parent: QWidget, words: Words, folder: Path, title: str, name: str) -> QFileDialog:
    """Where to write a file, under a name that may be changed; its kind may not."""
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    return _speaking(dialog, words, "save")


def folder_dialog(parent: QWidget, words: Words, folder: Path) -> QFileDialog:
    """Where to write an export."""
    dialog = QFileDialog(parent, words("settings.export_folder"), str(folder))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return _speaking(dialog, words, "save")


def _speaking(dialog: QFileDialog, words: Words, accept: str) -> QFileDialog:
    """The same dialog in the language of the window, gone once closed."""
    label = QFileDialog.DialogLabel
    told = {label.LookIn: "folder", label.FileName: "name", label.FileType: "type", label.Accept: accept}
    for place, key in {**told, label.Reject: "cancel"}.items():
        dialog.setLabelText(place, words(f"import.dialog_{key}"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
