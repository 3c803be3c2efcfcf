"""Invented messages: every one that can be said, by Hypothesis."""

from hypothesis import strategies as st

from counter_app.sync.wire import (
    Hello,
    HelloAnswer,
    Look,
    LookAnswer,
    Opened,
    Peer,
    Probe,
    ProbeAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    Pushed,
    Tip,
    Wait,
    WaitAnswer,
    WireAct,
)

numbers = st.integers(-(2**63) + 1, 2**63 - 1)
words = st.text(st.characters(codec="utf-8"), max_size=12)
positions = st.integers(0, 10**15)
tips = st.dictionaries(words, st.builds(Tip, numbers, numbers, words), max_size=3)
acts = st.lists(
    st.builds(
        WireAct,
        *(words, words, st.integers(0, 2**63 - 1), words, words, words, words, st.integers(0, 2**63 - 1), words),
        *(st.integers(0, 2**63 - 1), words, words, st.none() | words, st.none() | words, words, words, words),
        st.none() | words,
    ),
    max_size=4,
).map(tuple)
peers = st.lists(
    st.builds(
        Peer,
        *(words, words, words, words, st.none() | words, numbers, st.none() | words, st.integers(0, 9), st.booleans()),
    ),
    max_size=2,
).map(tuple)
versions = st.integers(0, 1)

messages = st.one_of(
    st.builds(Hello, words, words, tips, words, numbers, st.none() | words, versions),
    st.builds(
        HelloAnswer,
        *(words, st.booleans(), words, words, tips, st.lists(words).map(tuple), peers, numbers, numbers),
        *(st.none() | words, st.booleans()),
    ),
    st.builds(Push, acts),
    st.builds(PushAnswer, st.lists(st.builds(Pushed), max_size=3).map(tuple), numbers),
    st.builds(Pull, st.dictionaries(words, numbers, max_size=3), numbers, st.booleans()),
    st.builds(PullAnswer, acts, st.dictionaries(words, numbers, max_size=3), st.booleans()),
    st.builds(Probe, st.dictionaries(words, st.lists(numbers, max_size=3).map(tuple), max_size=3)),
    st.builds(
        ProbeAnswer,
        st.dictionaries(words, st.dictionaries(positions, st.lists(words, max_size=2).map(tuple), max_size=2)),
    ),
    st.builds(Look, words, words, words, words, st.booleans()),
    st.builds(LookAnswer, st.lists(st.builds(Opened, words, words, words), max_size=2).map(tuple)),
    st.builds(Wait, numbers, numbers),
    st.builds(WaitAnswer, numbers),
)
