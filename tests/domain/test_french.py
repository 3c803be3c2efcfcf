"""French typography: high punctuation never begins a line."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.french import typeset


def test_high_punctuation_and_quotes_keep_to_their_words() -> None:
    told = typeset("Le fichier « a b » : est-il là ? Oui ; non ! Voir https://x:80.")
    assert told == ("Le fichier «\u00a0a b\u00a0»\u00a0: est-il là\u00a0? Oui\u00a0; non\u00a0! Voir https://x:80.")


@given(st.text())
def test_typesetting_twice_changes_nothing_more_and_no_letter_is_lost(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert once.replace("\u00a0", " ") == text.replace("\u00a0", " ")
