"""Names of people as lists, documents and voices give them: folded, cut into words, compared by sight and by ear.

Written for names from everywhere in Latin letters, with Cyrillic and Greek spelt out; scripts without vowels cannot be.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase

_PARTICLE_WORDS = (
    "abd abdel abdul abou abu al at ath ben bin bint bou d da das de del della der des di dos du el ibn l la las le "
    "les lo m n o ou oul ould uld von"
)
PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Small words around a name: glued to the next word when names are compared, so that BEN ALI is BENALI."""
_MARRIED = frozenset(("ep", "epouse", "nee", "veuve", "vve"))

_LATIN = {
    **dict.fromkeys("æǽ", "ae"), **dict.fromkeys("øǿ", "o"), **dict.fromkeys("đðɖ", "d"), **dict.fromkeys("ħ", "h"),
    "œ": "oe", "ß": "ss", "þ": "th", "ł": "l", "ı": "i", "ŋ": "ng", "ə": "e", "ɛ": "e", "ɔ": "o", "ŧ": "t", "ĸ": "k",
    "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɲ": "ny", "ɣ": "gh", "ĳ": "ij", "ŀ": "l",
}  # fmt: skip
_CYRILLIC_SPELT = (
    "a b v g d e io j z i i k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia i i ie g ou dj g i l n tch k dj"
)
_CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђѓјљњћќџ", _CYRILLIC_SPELT.split(), strict=True))
_GREEK_SPELT = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK_SPELT.split(), strict=True))
_SPELT = str.maketrans({**_LATIN, **{letter: spelt.strip("-") for letter, spelt in (_CYRILLIC | _GREEK).items()}})
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼʻʾʿ‛′"), None)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Small ASCII letters and digits, words parted by one space; accents, ligatures and apostrophes gone.

    `N’DIAYE` is `ndiaye`, `Marie-Ange` is `marie ange`, `Nguyễn` is `nguyen`, `Çağlar` is `caglar`.
    """
    return " ".join(filter(None, map(_folded, text.split())))


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    """A text without blanks, folded: whole names are nearly all different, the words they are made of are not."""
    if word.isascii():
        plain = word.lower().replace("'", "").replace("`", "")
    else:
        spelt = _without_marks(word.translate(_APOSTROPHES).casefold().translate(_SPELT))
        plain = spelt.casefold().translate(_SPELT)
    return " ".join(_NOT_WORD.sub(" ", plain).split())


@lru_cache(maxsize=1 << 12)
def tokens(text: str) -> tuple[str, ...]:
    """Words of the folded name, in their order. A batch asks for each name several times: its keys, its index."""
    return tuple(fold(text).split())


@lru_cache(maxsize=1 << 13)
def same_person_key(name: str) -> str:
    """The same for one person written in another order, case, accent or spacing of particles."""
    return " ".join(sorted(_glued(word for word in tokens(name) if word not in _MARRIED)))


def glued(name: str) -> tuple[str, ...]:
    """Words of the name with every particle glued to the word it goes before: `ben ali` is `benali`."""
    return _glued(tokens(name))


def surname(name: str) -> str:
    """Folded family name of `NOM Prénom`: the capital words at the start, else the first word with its particles."""
    capitals = []
    for word in name.split():
        if not word.isupper():
            break
        capitals.append(word)
    folded = fold(" ".join(capitals))
    return folded or next(iter(_glued(tokens(name))), "")


def sounds_like(token: str) -> str:
    """One key for the spellings of one spoken name: Mohamed, Mohammed, Muhammad; Ousmane, Usman; Youssouf, Yusuf.

    Consonants only, with those that languages swap written alike; a vowel at the start is kept as `a`. A coarse net: it
    finds candidates, the eye decides.
    """
    voiced = _voiced(token)
    return ("a" if voiced[:1] in ("a", "o") else "") + voiced.translate(_NO_VOWELS)


def sound_key(name: str) -> str:
    """Sounds of all the words, in any order: the same for two names that a voice can hardly tell apart.

    Words of one or two consonants keep their vowels too (Koné is not Kane).
    """
    return " ".join(sorted(_fine_sound(word) for word in _glued(tokens(name))))


_NO_VOWELS = str.maketrans("", "", "ao")
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"x", "ks"),
        (r"tsch|tch|sch|ch|sh", "C"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"dj|gh|j|gu(?=[eiy])", "g"),
        (r"di(?=[aou])", "g"),
        (r"kh|ck|q|c(?![eiy])", "k"),
        (r"[cz]", "s"),
        (r"v|w(?=[^aeiouwy])", "f"),
        (r"m(?=[bp])", "n"),
        (r"^y(?=[aeiou])", "Y"),
        (r"[ouw][aeiouwy]*", "o"),
        (r"[aeiy][aeiouwy]*", "a"),
        (r"(?<=[ao])h(?![ao])", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1 << 16)
def _voiced(token: str) -> str:
    """The word as spoken, its vowels in two classes: `o` (o, ou, u, w) and `a` (the others)."""
    text = fold(token).replace(" ", "")
    for pattern, letter in _SOUNDS:
        text = pattern.sub(letter, text)
    return text


def _fine_sound(word: str) -> str:
    consonants = sounds_like(word)
    return consonants if len(consonants.lstrip("a")) > 2 else _voiced(word)


def homonyms(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Names that a person at the desk may confuse with this one: equal by sight or by ear, whatever the order.

    The name itself is not in `names`: give the others.
    """
    key, sound = same_person_key(name), sound_key(name)
    return tuple(other for other in names if same_person_key(other) == key or sound_key(other) == sound)


def one_typo_away(word: str) -> set[str]:
    """Every spelling in small ASCII letters at one slip of the hand: lost, added, wrong or swapped letter."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    lost = {before + after[1:] for before, after in cuts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    wrong = {before + letter + after[1:] for before, after in cuts if after for letter in ascii_lowercase}
    added = {before + letter + after for before, after in cuts for letter in ascii_lowercase}
    return (lost | swapped | wrong | added) - {word}


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _glued(words: Iterable[str]) -> tuple[str, ...]:
    done: list[str] = []
    waiting = ""
    for word in words:
        if word in PARTICLES:
            waiting += word
        else:
            done.append(waiting + word)
            waiting = ""
    return (waiting + done[0], *done[1:]) if waiting and done else tuple(done) or (waiting,) * bool(waiting)
