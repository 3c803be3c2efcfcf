"""Sentences of this room shown to agents: French typography, and none of the words that hurt."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app import imports

ROOM = Path(imports.__file__).parent
SENTENCE = re.compile(r"[a-zé] [a-zé]+.*\.$", re.DOTALL)
BANNED = re.compile(r"invalide|erron|interdit|illégal|refus|veuillez|oups|échec", re.IGNORECASE)


def sentences() -> Iterator[str]:
    for module in sorted(ROOM.glob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)
        yield from (text.value for text in texts if isinstance(text.value, str) and SENTENCE.search(text.value))


@pytest.mark.parametrize("sentence", list(sentences()))
def test_a_sentence_follows_french_typography_and_blames_nobody(sentence: str) -> None:
    assert not BANNED.search(sentence)
    assert not re.search(r" [:;?!]|[^\s\u00a0\u202f\d][:;?!](?:\s|$)|'", sentence)
    assert not re.search(r"« |[^\u00a0]»", sentence)


def test_the_sentences_are_found() -> None:
    assert len(list(sentences())) > 25
