"""The real window on the home that COUNTER_APP_HOME names, until its field takes a scan."""

import sys

from counter_app.cli import run

if __name__ == "__main__":
    from PySide6.QtWidgets import QApplication, QLineEdit

    from counter_app.ui import opening
    from tests.bench.watch import Watch

    start_qt = opening.start_qt

    def ready() -> bool:
        # Each window remembers its own focus: without a window manager none of them is the active one.
        fields = (window.focusWidget() for window in QApplication.topLevelWidgets() if window.isVisible())
        return any(isinstance(field, QLineEdit) and field.isVisible() for field in fields)

    def watched(arguments: list[str]) -> QApplication:
        app = start_qt(arguments)
        Watch(app, ready)
        return app

    opening.start_qt = watched
    sys.exit(run([]))
