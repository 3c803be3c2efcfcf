"""A test can fail: it asserts something itself, or calls something of the tests that does."""

import ast

from tests.house.source import modules, name_of, tree

EXPECTS = frozenset({"raises", "warns", "fail", "waitUntil", "waitSignal", "waitActive", "waitExposed"})
ASSERTED = "assert"


def _done(function: ast.FunctionDef) -> set[str]:
    """Names of what a function calls, and whether it asserts."""
    done = set()
    for one in ast.walk(function):
        if isinstance(one, ast.Assert):
            done.add(ASSERTED)
        elif isinstance(one, ast.Call):
            done.add(one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", ""))
    return done


def test_every_test_asserts_something() -> None:
    done = [
        (name_of(path), one.name, _done(one))
        for path in modules("tests")
        for one in ast.walk(tree(path))
        if isinstance(one, ast.FunctionDef)
    ]
    able = {*EXPECTS, ASSERTED}
    while more := {name for _place, name, names in done if names & able} - able:
        able |= more
    assert [(place, name) for place, name, names in done if name.startswith("test_") and not names & able] == []
