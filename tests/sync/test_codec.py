"""Bodies: what was said is what is read, and anything else is one problem in words."""

import gzip
import json
import random
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.sync.codec import GZIP, LONG, WireProblem, decode, encode, pack
from counter_app.sync.wire import (
    MOST_BYTES,
    VERSION,
    Answer,
    Hello,
    HelloAnswer,
    Look,
    Probe,
    ProbeAnswer,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    Question,
    Wait,
    WireAct,
)
from tests.sync.messages import messages

KINDS: tuple[type[Question] | type[Answer], ...] = (
    *(Hello, HelloAnswer, Push, PushAnswer, Pull, PullAnswer, Probe, ProbeAnswer, Look, Wait),
)
ACT = WireAct("id", "d:i", 1, "nord", "G", "A", "t", 5, "k", 1, "row", "1", "{}", "s", "dd", "p", "d", None)


@given(messages)
def test_what_was_said_is_what_is_read(message: Question | Answer) -> None:
    body, encoding = pack(message)
    assert decode(type(message), body, encoding) == message
    assert decode(type(message), encode(message)) == message


def test_a_long_message_travels_compressed_and_a_short_one_does_not() -> None:
    assert pack(Push((ACT,)))[1] == ""
    body, encoding = pack(Push((ACT,) * 100))
    assert (encoding, len(body) < LONG) == (GZIP, True)


@given(st.sampled_from(KINDS), st.binary(max_size=60), st.sampled_from(["", GZIP, "br"]))
def test_random_bytes_are_one_problem_in_words(kind: type[Hello], body: bytes, encoding: str) -> None:
    with pytest.raises(WireProblem) as caught:
        decode(kind, body, encoding)
    assert caught.value.sentence.endswith((".", "?"))


def test_ten_thousand_damaged_bodies_are_read_or_are_a_problem_and_nothing_else() -> None:
    chance = random.Random(4)
    sound = [encode(Push((ACT, ACT))), encode(Pull({"d:i": 4})), encode(Look("row", "1", "G", "A")), encode(Wait(4))]
    read = 0
    for turn in range(10_000):
        body = bytearray(chance.choice(sound))
        for _ in range(chance.randint(1, 4)):
            body[chance.randrange(len(body))] = chance.choice(b'{}[]",:0a\\\xc3\xff')
        kind = (Push, Pull, Look, Wait)[turn % 4]
        try:
            decode(kind, bytes(body))
            read += 1
        except WireProblem:
            pass
    assert read < 5_000


@dataclass(frozen=True)
class Case:
    body: bytes
    word: str
    kind: type[Question] = Wait
    encoding: str = ""


WAIT = {"mark": 1, "seconds": 2}
CASES = {
    "a field missing": Case(b'{"mark":1}', "form"),
    "a field too many": Case(json.dumps({**WAIT, "more": 1}).encode(), "form"),
    "a field twice": Case(b'{"mark":1,"mark":1,"seconds":2}', "form"),
    "a truth for a number": Case(b'{"mark":true,"seconds":2}', "form"),
    "a text for a number": Case(b'{"mark":"1","seconds":2}', "form"),
    "a fraction": Case(b'{"mark":1.0,"seconds":2}', "form"),
    "no number": Case(b'{"mark":NaN,"seconds":2}', "json"),
    "without end": Case(b'{"mark":Infinity,"seconds":2}', "json"),
    "a number that no database holds": Case(b'{"mark":9223372036854775808,"seconds":2}', "form"),
    "a number of 5,000 digits": Case(b'{"mark":' + b"9" * 5_000 + b',"seconds":2}', "json"),
    "a list": Case(b"[1,2]", "form"),
    "nothing": Case(b"", "json"),
    "a page of a proxy": Case(b"<html><body>Proxy</body></html>", "json"),
    "two bodies": Case(b'{"mark":1,"seconds":2}{}', "json"),
    "wrong letters": Case(b'{"mark":1,"seconds":"\xff"}', "utf8"),
    "half of a pair": Case(b'{"mark":1,"seconds":"\\ud800"}', "utf8"),
    "another encoding": Case('{"mark":1,"seconds":2}'.encode("utf-16"), "utf8"),
    "deeper than anything": Case(b"[" * 100_000 + b"]" * 100_000, "json"),
    "longer than the limit": Case(b" " * (MOST_BYTES + 1), "too_large"),
    "a body that swells": Case(gzip.compress(b" " * (MOST_BYTES + 1)), "too_large", encoding=GZIP),
    "a compressed body cut short": Case(gzip.compress(encode(Wait(1)))[:-3], "encoding", encoding=GZIP),
    "more after a compressed body": Case(gzip.compress(encode(Wait(1))) + b"x", "encoding", encoding=GZIP),
    "not compressed": Case(encode(Wait(1)), "encoding", encoding=GZIP),
    "an unknown compression": Case(encode(Wait(1)), "encoding", encoding="br"),
    "an act of 17 columns": Case(json.dumps({"acts": [list(ACT)[:-1]]}).encode(), "form", Push),
    "an act with a text for its place": Case(json.dumps({"acts": [[*ACT[:2], "1", *ACT[3:]]]}).encode(), "form", Push),
    "an act before the first": Case(json.dumps({"acts": [[*ACT[:2], -1, *ACT[3:]]]}).encode(), "form", Push),
    "an act as an object": Case(json.dumps({"acts": [ACT._asdict()]}).encode(), "form", Push),
    "a place that is no number": Case(b'{"places":{"a":["1"]}}', "form", Probe),
    "a newer version": Case(
        encode(Hello("d", "d:i", {}, "t", version=VERSION + 1)).replace(b"{", b'{"new":1,', 1), "version", Hello
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_body_that_is_not_the_message_is_told_by_a_word(name: str) -> None:
    case = CASES[name]
    with pytest.raises(WireProblem) as caught:
        decode(case.kind, case.body, case.encoding)
    assert caught.value.word == case.word


@pytest.mark.parametrize("key", ["01", "-1", "1_0", "", "٣", "1" * 20])
def test_a_position_is_written_in_one_way(key: str) -> None:
    with pytest.raises(WireProblem):
        decode(ProbeAnswer, json.dumps({"digests": {"s": {key: []}}}).encode())
