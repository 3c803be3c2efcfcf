"""French typography of sentences written in the code: high punctuation never begins a line."""

import re

_BEFORE = re.compile(r" (?=[:;?!»])")
_AFTER = re.compile(r"(?<=«) ")
NO_BREAK = "\u00a0"


def typeset(sentence: str) -> str:
    """The sentence with no-break spaces before `: ; ? ! »` and after `«`."""
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, sentence))
