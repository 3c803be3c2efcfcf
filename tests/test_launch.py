"""What the window imports before its first paint: every module there is time in which an agent sees nothing."""

import subprocess
import sys

import pytest

BEFORE_THE_FIRST_PAINT = "import counter_app.__main__, counter_app.cli.window, counter_app.ui.opening, sys"
HEAVY = (
    *("sqlalchemy", "sqlcipher3", "alembic", "reportlab", "cryptography", "rapidfuzz", "python_calamine"),
    *("counter_app.app", "counter_app.store.engine", "counter_app.ui.main_window", "counter_app.domain.rules"),
    *("counter_app.cli.parser", "logging.handlers"),
)


@pytest.fixture(scope="module")
def imported() -> set[str]:
    tell = f"{BEFORE_THE_FIRST_PAINT}; print('\\n'.join(sys.modules))"
    told = subprocess.run([sys.executable, "-c", tell], check=True, capture_output=True, text=True, timeout=60)
    return set(told.stdout.split())


@pytest.mark.parametrize("module", HEAVY)
def test_nothing_heavy_is_imported_before_the_first_paint(imported: set[str], module: str) -> None:
    assert "counter_app.ui.opening" in imported
    assert module not in imported
