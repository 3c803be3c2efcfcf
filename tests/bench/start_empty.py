"""An empty PySide6 window, until it is painted."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    from tests.bench.watch import Watch

    app = QApplication(sys.argv[:1])
    watch = Watch(app, lambda: True)
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.exec()
