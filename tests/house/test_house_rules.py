"""Rules of the house that no linter knows. A rule that fails names the place; a rule that is wrong is changed here."""

import re
import tomllib
from pathlib import Path

import pytest

from counter_app.config import load_rules, sites
from tests.house.source import APP, ROOT, calls, functions, modules, name_of, names, sentences

LOOK_TWICE_AT = 400
"""Lines of a module."""
TOO_LONG = 45
"""Lines of a function."""

WALL_CLOCKS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"),
    *("QDateTime.currentDateTime", "QDate.currentDate", "QTime.currentTime", "QDateTime.currentDateTimeUtc"),
}
STOPWATCHES = {"monotonic", "perf_counter", "QElapsedTimer", "time.monotonic", "time.perf_counter"}
THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool", "QtConcurrent"}
THREADS |= {"run_in_threadpool", "to_thread", "run_in_executor"}
BANNED = re.compile(r"\b(invalide|erroné|interdit|illégal|refus|refusée?s?|veuillez|oups|échec fatal)", re.IGNORECASE)
LAST_DOORS = {
    "counter_app/app.py",
    "counter_app/central/door.py",  # a desk is answered in words, whatever broke in the service
    "counter_app/cli/__init__.py",
    "counter_app/ui/tasks.py",
    "counter_app/imports/workbook.py",  # a panic of the reader's Rust is no Exception
}
FRENCH = re.compile(r"[éèêàçùœ«»’]")


def found(rule: dict[str, set[str]], wanted: set[str]) -> list[str]:
    """Places where a wanted name is used, outside the files that a rule lets use it."""
    return [
        f"{name_of(path)}:{line} {name}"
        for path in modules()
        for name, line in names(path)
        if name in wanted and name not in rule.get(name_of(path), set())
    ]


def test_looks_are_set_in_one_place_only() -> None:
    users = {name_of(path) for path in modules() for call, _line in calls(path) if call.endswith("setStyleSheet")}
    assert users <= {"counter_app/ui/theme.py"}


def test_threads_start_in_one_place_only() -> None:
    everywhere = {f"threading.{name}" for name in THREADS} | THREADS
    # The service of the central waits for its store in threads of its framework, so that nobody else waits.
    service = {"counter_app/central/service.py": {"run_in_threadpool"}}
    assert found({"counter_app/ui/tasks.py": everywhere, **service}, everywhere) == []


def test_the_wall_clock_is_read_in_one_place_only() -> None:
    assert found({"counter_app/app.py": WALL_CLOCKS}, WALL_CLOCKS) == []


def test_stopwatches_are_for_the_window_and_its_start() -> None:
    users = {place.split(":")[0] for place in found({}, STOPWATCHES)}
    assert all(user.startswith("counter_app/ui/") or user == "counter_app/app.py" for user in users), users


def test_nothing_is_printed_but_what_verbs_answer() -> None:
    assert [name_of(path) for path in modules() for call, _line in calls(path) if call == "print"] == []


@pytest.mark.parametrize("folder", ["counter_app", "tests", "db", "docs", "resources"])
def test_nothing_is_left_to_do_in_a_comment(folder: str) -> None:
    kinds = {".py", ".md", ".toml", ".qss", ".json"}
    paths = [path for path in (ROOT / folder).rglob("*") if path.suffix in kinds and path != Path(__file__)]
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [name_of(path) for path in paths if left.search(path.read_text(encoding="utf-8"))] == []


def test_no_module_is_longer_than_a_person_reads() -> None:
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: lines for name, lines in long.items() if lines >= LOOK_TWICE_AT} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {f"{name_of(path)} {name}": lines for path in modules() for name, lines in functions(path)}
    assert {name: lines for name, lines in long.items() if lines >= TOO_LONG} == {}


def test_colours_are_tokens() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3}(?:[0-9a-fA-F]{2})?)?\b|\brgba?\(")
    styles = [*modules(), *(ROOT / "resources").rglob("*.qss")]
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in styles
        for match in colour.finditer(path.read_text(encoding="utf-8"))
        if re.search("[0-9]", match[0])
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_no_place_and_hash_everything(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    pinned = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==[^\s;\\]+", text, flags=re.MULTILINE)
    assert len(pinned) > 20
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) >= len(pinned)


@pytest.mark.parametrize("site", sites())
def test_the_rules_of_every_site_load_and_say_where_each_comes_from(site: str) -> None:
    rules = load_rules(site)
    assert rules.name.startswith("Préfecture")
    assert re.fullmatch(r"\d{2,3}", rules.department)
    hours = (*rules.opening, *rules.handover)
    sources = [one.source for group in (rules.arrival, hours, rules.elsewhere) for one in group]
    assert [source for source in sources if len(source.strip()) < 10] == []
    raw = tomllib.loads((ROOT / "resources" / "rules" / f"{site}.toml").read_text(encoding="utf-8"))
    assert all(one["source"].strip() for one in raw.get("closure", ()))
    for limits in rules.arrival:
        assert 0 <= limits.on_time <= limits.late
        assert 0 <= limits.early <= limits.very_early
    assert all(one.opens < one.closes and one.days <= set(range(7)) for one in hours)


def test_every_room_has_its_place_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.stem for path in APP.iterdir() if path.name[0] not in "_." and path.suffix in ("", ".py")}
    assert {room for room in rooms if f"`{room}`" not in text and f"`{room}/`" not in text} == set()


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in modules("tests")}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_tests_neither_wait_nor_skip_nor_pretend() -> None:
    waiting = {"time.sleep", "qtbot.wait", "qtbot.waitForWindowShown"}
    skipping = {
        f"pytest.{name}" for name in ("skip", "importorskip", "xfail", "mark.skip", "mark.skipif", "mark.xfail")
    }
    banned = waiting | skipping | {"unittest.mock", "Mock", "MagicMock", "mock.patch"}
    used = {f"{name_of(path)} {name}" for path in modules("tests") for name, _line in names(path) if name in banned}
    assert used == set()


def test_nobody_catches_everything_but_the_last_doors() -> None:
    everything = re.compile(r"except (Base)?Exception\b|except:")
    users = {name_of(path) for path in modules() if everything.search(path.read_text(encoding="utf-8"))}
    assert users <= LAST_DOORS


def test_sentences_of_the_code_keep_to_the_words_and_apostrophes_of_the_house() -> None:
    """Texts of catalogues have their own test; these are the sentences that live beside the code that says them."""
    read = [
        (f"{name_of(path)}:{line}", text)
        for path in modules()
        if "imports/statuses" not in name_of(path)
        for text, line in sentences(path)
        if FRENCH.search(text)
    ]
    assert [place for place, text in read if BANNED.search(text)] == []
    assert [(place, text) for place, text in read if re.search(r"\b[cdjlmnstCDJLMNST]'[a-zéèêà]", text)] == []


def test_no_place_of_work_is_named() -> None:
    paths = [*modules(), *modules("tests"), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "dev"]
    places = re.compile(r"/work/|pypi\.org|/root/")
    assert [name_of(one) for one in paths if one != Path(__file__) and places.search(one.read_text("utf-8"))] == []
