"""A refusal that stops before any work: a value with a stable code and a French sentence."""

from counter_app.domain.french import typeset


class StoreRefused(Exception):
    """The local file must not be used as it stands. `code` is stable, the message is French and for the agent."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        self.sentence = typeset(sentence)
        super().__init__(self.sentence)
