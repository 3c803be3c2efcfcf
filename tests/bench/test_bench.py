"""The harness runs on a small home and gives ratios. No time is asserted: people read the figures."""

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import main

DESK = (
    "scan of a code -> decision",
    "arrival recorded",
    "lot received",
    "permit handed over",
    "report of a day",
    "report of a year",
    "a letter typed, p99",
    "recall, search, as listed",
)


def test_the_bench_of_a_small_home_gives_ratios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    benches = ("scan", "arrival", "permits", "report", "search", "receipt", "window")
    only = [word for name in benches for word in ("--only", name)]

    main(["--size", "1k", "--turns", "12", *only])

    results = json.loads((tmp_path / ".bench" / "results.json").read_text(encoding="utf-8"))
    figures = results["figures"]
    assert results["machine"]["cores"] >= 1
    assert {figure["name"] for figure in figures} >= {*DESK, "arrival ticket, warm", "scan -> painted verdict, p99"}
    assert all(figure["seen"]["low"] <= figure["seen"]["middle"] <= figure["seen"]["high"] for figure in figures)
    assert all(figure["seen"]["middle"] > 0 for figure in figures)
