"""Lists taken in, an act per row, against the same rows stored by hand and against reading them alone."""

from collections.abc import Iterator
from pathlib import Path

from counter_app.imports.sheet import read_sheet
from tests.bench.figures import Figure
from tests.bench.homes import FOLDER
from tests.bench.lists import write_list, write_workbook
from tests.bench.once import Cost, run
from tests.bench.timing import Spread, spread, took

BOOK_ROWS = 10_000
SMALLER = {"1M": ("100k", 100_000), "100k": ("10k", 10_000), "10k": ("1k", 1_000)}


def imports(size: str, count: int) -> Iterator[Figure]:
    """Rows a second, as parts of two simpler ways; and whether memory grows with the list."""
    file = write_list(FOLDER / "lists" / f"{size}.csv", count)
    rounds = 3 if count < 1_000_000 else 1
    ours, hand, same, read = [], [], [], []
    for _round in range(rounds):
        hand.append(run("by_hand", file, FOLDER / "hand.db"))
        same.append(run("same_rows", file, FOLDER / "homes" / "same"))
        ours.append(run("import", file, FOLDER / "homes" / "import"))
        read.append(run("read", file))
    assert ours[0].done == read[0].done == count
    against = "csv + executemany in one indexed table"
    yield Figure("import, speed", size, _parts(hand, ours), "x", against, at_least=0.35)
    yield Figure("import, speed", size, _parts(same, ours), "x", "csv + executemany of the same rows in our tables")
    yield Figure("import, speed", size, _parts(read, ours), "x", "reading the file alone")
    yield Figure("import", size, spread([one.done / one.seconds for one in ours]), "rows/s")
    peak = spread([one.peak for one in ours])
    yield Figure("import, peak memory", size, peak, "MB")
    if size in SMALLER:
        yield _growth(size, peak)


def _parts(theirs: list[Cost], ours: list[Cost]) -> Spread:
    """Our speed as a part of theirs, in time of processor: disks and neighbours are the same for both."""
    return spread([other.own / mine.own for other, mine in zip(theirs, ours, strict=True)])


def _growth(size: str, peak: Spread) -> Figure:
    name, count = SMALLER[size]
    smaller = run("import", write_list(FOLDER / "lists" / f"{name}.csv", count), FOLDER / "homes" / "import")
    seen = Spread(peak.low / smaller.peak, peak.middle / smaller.peak, peak.high / smaller.peak)
    # Below 100 k the page cache of 64 MB is still filling.
    goal = 1.5 if size == "1M" else None
    return Figure("import, peak memory", size, seen, "x", f"the import of {name}", at_most=goal)


def workbooks() -> Iterator[Figure]:
    """Cells of a workbook as texts."""
    path = write_workbook(FOLDER / "lists" / "book.xlsx", BOOK_ROWS)
    ratios = [took(lambda: _with_openpyxl(path)) / took(lambda: _with_ours(path)) for _turn in range(5)]
    yield Figure("rows of a workbook, speed", "10k", spread(ratios), "x", "openpyxl, read only", at_least=15)


def _with_ours(path: Path) -> int:
    return sum(1 for _row in read_sheet(path).rows)


def _with_openpyxl(path: Path) -> int:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    rows = sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows
