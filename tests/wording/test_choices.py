"""Values that a command takes are told with the word that an agent reads beside each."""

from counter_app.wording.choices import listed, worded


def test_each_value_has_its_word_in_brackets() -> None:
    assert listed([("sms", "SMS"), ("letter", "Courrier")]) == "sms (SMS), letter (courrier)"


def test_a_value_that_is_its_own_word_is_told_once() -> None:
    assert listed([("accueil", "Accueil"), ("80mm", "")]) == "accueil, 80mm"


def test_words_of_values_are_those_of_a_table() -> None:
    assert worded("queue.outcomes", ("received", "left")) == {"received": "reçu", "left": "parti"}
