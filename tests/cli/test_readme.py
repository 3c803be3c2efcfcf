"""What the README shows works word for word."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LINE = re.compile(r"^\./dev run (.+?)(?:  +#.*)?$", re.MULTILINE)


def test_the_example_of_the_readme_checks_somebody_in(tmp_path: Path) -> None:
    lines = _LINE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    *verbs, _window = [shlex.split(line.replace("/tmp/desk", str(tmp_path / "desk"))) for line in lines]
    for words in verbs:
        order = [sys.executable, "-m", "counter_app", *words]
        said = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["verdict"] == "admitted"
