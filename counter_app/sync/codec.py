"""Messages as bytes: JSON objects with exactly the fields of their dataclass, in gzip when they are long.

Reading is strict, since anybody may send anything: whatever is not the message that was meant is one `WireProblem`.
Acts travel as lists of their columns (`wire.WIRE`), to the letter.
"""

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from types import NoneType, UnionType
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from counter_app.domain.french import typeset
from counter_app.sync.wire import MOST_BYTES, VERSION, WireAct

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LONG = 4_096
"""Bytes from which a body travels compressed."""
GZIP = "gzip"
_LARGEST = 2**63 - 1
"""Largest number that both databases hold."""
_NUMBERS = (WireAct._fields.index("seq"), WireAct._fields.index("clock"), WireAct._fields.index("version"))

M = TypeVar("M", bound="DataclassInstance")
Reader: TypeAlias = Callable[[object], object]

_SENTENCES = {
    "too_large": "Message trop long : il n’a pas été lu. Envoyez moins d’actes à la fois.",
    "encoding": "Message mal comprimé ou coupé : il n’a pas été lu. Il sera renvoyé.",
    "utf8": "Message dont les lettres ne sont pas en UTF-8 : il n’a pas été lu.",
    "json": "Message qui n’est pas du JSON, ou coupé avant sa fin : il n’a pas été lu.",
    "form": "Message dont un champ manque, est en trop ou n’est pas du bon genre : il n’a pas été lu.",
    "version": "Message d’une version plus récente que celle-ci : il n’a pas été lu. Mettez à jour la base centrale "
    "avant les postes.",
}


class WireProblem(Exception):
    """A body that is not the message meant. `word` is English, for logs; `sentence` French; neither quotes the body."""

    def __init__(self, word: str, where: str = "") -> None:
        self.word = word
        self.where = where
        """Field in which it was seen, or empty."""
        self.sentence = typeset(_SENTENCES[word])
        super().__init__(f"{word} {where}".rstrip())


def encode(message: "DataclassInstance") -> bytes:
    """A message as JSON, in UTF-8."""
    return json.dumps(_plain(message), default=_plain, ensure_ascii=False, separators=(",", ":")).encode()


def pack(message: "DataclassInstance") -> tuple[bytes, str]:
    """A message as it travels: its bytes, and its `Content-Encoding` (`gzip`, or empty)."""
    body = encode(message)
    if len(body) < LONG:
        return body, ""
    squeeze = zlib.compressobj(1, wbits=31)
    return squeeze.compress(body) + squeeze.flush(), GZIP


def decode(kind: type[M], body: bytes, encoding: str = "") -> M:
    """The message that a body holds. Raises WireProblem, and nothing else, when it holds anything else."""
    values = _values(_unpacked(body, encoding))
    newest = values.get("version") if isinstance(values, dict) else None
    if type(newest) is int and newest > VERSION:
        raise WireProblem("version", kind.__name__)
    found = _reader(kind)(values)
    assert isinstance(found, kind), "a reader gives what it was made for"
    return found


def _plain(message: object) -> dict[str, object]:
    if not is_dataclass(message) or isinstance(message, type):
        raise TypeError(f"{type(message).__name__} does not travel")
    return {field.name: getattr(message, field.name) for field in fields(message)}


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The body, decompressed as far as it may be long: what would swell beyond stops before it does."""
    if len(body) > MOST_BYTES:
        raise WireProblem("too_large")
    if encoding in ("", "identity"):
        return body
    if encoding != GZIP:
        raise WireProblem("encoding")
    swell = zlib.decompressobj(wbits=31)
    try:
        plain = swell.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise WireProblem("encoding") from error
    if len(plain) > MOST_BYTES:
        raise WireProblem("too_large")
    if not swell.eof or swell.unused_data:
        raise WireProblem("encoding")
    return plain


def _values(body: bytes) -> object:
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise WireProblem("utf8") from error
    try:
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        if "\\u" in text:
            # Half of a pair, written as an escape, is no letter: nothing could store it.
            json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise WireProblem("utf8") from error
    except (ValueError, RecursionError) as error:
        raise WireProblem("json") from error
    return values


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise WireProblem("form", "twice")
    return found


def _no_number(_name: str) -> NoReturn:
    raise WireProblem("json", "number")


@cache
def _reader(hint: object) -> Reader:
    """What reads a value of a type: the types of the messages are the only description of them."""
    if hint == tuple[WireAct, ...]:
        return _acts
    if isinstance(hint, UnionType):
        return _or_none(next(_reader(one) for one in get_args(hint) if one is not NoneType))
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _many(_reader(arguments[0]))
    if origin is dict:
        return _by_key(_number_key if arguments[0] is int else str, _reader(arguments[1]))
    assert isinstance(hint, type), f"{hint} does not travel"
    if issubclass(hint, StrEnum):
        return _word(hint)
    return _record(hint) if is_dataclass(hint) else _exactly(hint)


def _exactly(kind: type) -> Reader:
    def read(value: object) -> object:
        if type(value) is not kind or (isinstance(value, int) and abs(value) > _LARGEST):
            raise WireProblem("form", kind.__name__)
        return value

    return read


def _word(kind: type[StrEnum]) -> Reader:
    known = frozenset(one.value for one in kind)

    def read(value: object) -> object:
        if not isinstance(value, str) or value not in known:
            raise WireProblem("form", kind.__name__)
        return kind(value)

    return read


def _or_none(inner: Reader) -> Reader:
    return lambda value: None if value is None else inner(value)


def _many(inner: Reader) -> Reader:
    return lambda value: tuple(inner(one) for one in _listed(value))


def _by_key(key: Callable[[str], object], inner: Reader) -> Reader:
    return lambda value: {key(name): inner(one) for name, one in _named(value).items()}


def _number_key(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19 and (text == "0" or text[0] != "0")):
        raise WireProblem("form", "position")
    return int(text)


def _record(kind: type) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def read(value: object) -> object:
        given = _named(value)
        if given.keys() != readers.keys():
            raise WireProblem("form", kind.__name__)
        found: object = kind(**{name: inner(given[name]) for name, inner in readers.items()})
        return found

    return read


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise WireProblem("form", "list")
    return value


def _named(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise WireProblem("form", "object")
    return value


def _columns(hint: object) -> Iterable[type]:
    return get_args(hint) or (hint,)


_ACT_FORMS = frozenset(product(*map(_columns, WireAct.__annotations__.values())))
"""Types of the columns of an act, in every mixture of what may be missing."""


def _acts(value: object) -> tuple[WireAct, ...]:
    """Acts, checked a whole row at a time: thousands of them come in one body."""
    found = []
    for row in _listed(value):
        if type(row) is not list or tuple(map(type, row)) not in _ACT_FORMS:
            raise WireProblem("form", "act")
        if not all(0 <= row[place] <= _LARGEST for place in _NUMBERS):
            raise WireProblem("form", "act")
        found.append(WireAct._make(row))
    return tuple(found)
