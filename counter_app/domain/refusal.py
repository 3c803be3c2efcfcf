"""What keeps a local file from being used at all: raised before any work is done with it, and told to the agent."""

from counter_app.domain.french import typeset


class StoreRefused(Exception):
    """The local file must not be used as it stands. `code` is stable, the message is French and for the agent."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        self.sentence = typeset(sentence)
        super().__init__(self.sentence)
