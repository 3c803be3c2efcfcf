"""What to tell the agent about a number that was read: what it is, and what to do next."""

from counter_app.domain.other_numbers import NumberClass

OFII = "Début 991\u00a0: numéro attribué avec une vignette OFII. C’est normal."
MOBILE = "Début 06 ou 07\u00a0: comme un téléphone portable. Comparez avec le titre de séjour."
PHONE = "Cela ressemble à un numéro de téléphone. Demandez le numéro étranger, inscrit sur le titre de séjour."
DATE = "Cela ressemble à une date. Demandez le numéro étranger, inscrit sur le titre de séjour."
SOCIAL_SECURITY = "Cela ressemble à un numéro de sécurité sociale. Le numéro étranger a 10 chiffres."
CORSICA = "Ce numéro n’a que des chiffres, même pour la Corse (20 au lieu de 2A ou 2B). Comparez avec le titre."
CHARACTERS = "Le numéro étranger a 10 chiffres, sans lettre. Comparez avec le titre, ou cherchez par nom."
EMPTY = "Tapez le numéro étranger\u00a0: 10 chiffres, inscrits sur le titre de séjour."
TOO_LONG = "Texte trop long pour être lu. Le numéro étranger a 10 chiffres\u00a0: scannez ou tapez le numéro seul."
LAYOUT = "Le lecteur ou le clavier a donné des signes à la place des chiffres\u00a0: ils ont été rétablis, à comparer."
NOT_CARRIED = "Ce document ne porte pas de numéro étranger dans son code. Lisez le titre, ou cherchez par nom."

OTHER = {
    NumberClass.ANEF_REQUEST_NUMBER: "C’est le numéro d’une demande ANEF (19 chiffres), pas le numéro étranger.",
    NumberClass.VISA_NUMBER: "C’est le numéro d’un visa (12 signes), pas le numéro étranger.",
    NumberClass.ESTAMP_NUMBER: "C’est le numéro d’un timbre fiscal (16 chiffres), pas le numéro étranger.",
    NumberClass.DOCUMENT_NUMBER: "C’est le numéro de la carte (9 signes), pas le numéro étranger.",
}


def legacy(proposed: str, other: str | None) -> str:
    """Nine digits: both readings, none applied alone."""
    first = f"9 chiffres lus\u00a0: titre d’avant 2017\u202f? Proposé, un 0 après les deux premiers\u00a0: {proposed}."
    second = f" Autre lecture, si un tableur a effacé le 0 du début\u00a0: {other}." if other else ""
    return f"{first}{second} Comparez avec le titre."


def unusual_prefix(prefix: str) -> str:
    """Two first digits that are no département, and neither 97, 98 nor 99."""
    return (
        f"Début {prefix}\u00a0: ce n’est pas un département. Comparez avec le titre, puis gardez-le s’il est bien lu."
    )


def length(digits_read: int) -> str:
    """Too few or too many digits."""
    read = f"{digits_read} chiffre{'s' if digits_read > 1 else ''} lu{'s' if digits_read > 1 else ''}"
    return f"{read}, il en faut 10. Comparez avec le titre de séjour. Rien n’est effacé."


def confusable(letter: str, place: int, digit: str, proposed: str) -> str:
    """A letter where a digit is expected; `place` counts from 1."""
    question = f"La lettre {letter} (position {place}) est peut-être un {digit}\u00a0: {proposed}\u202f?"
    return f"{question} Comparez avec le titre."


def eaten(raw: str, complete: str | None) -> str:
    """A spreadsheet wrote the number in scientific notation."""
    if complete:
        return f"Un tableur a écrit «\u00a0{raw}\u00a0»\u00a0: peut-être {complete}. Comparez avec le titre."
    return f"Un tableur a abrégé ce nombre («\u00a0{raw}\u00a0»)\u00a0: des chiffres sont perdus. Recopiez le titre."


def several(numbers: tuple[str, ...]) -> str:
    """Numbers found inside a longer text."""
    return f"Ce texte contient {' et '.join(numbers)}. Choisissez, en comparant avec le titre."


def in_zone(number: str) -> str:
    """Ten digits in the optional data of a zone (MRZ): no text says that they are the foreign number."""
    return f"La bande du document (MRZ) contient {number}\u00a0: peut-être le numéro étranger. Comparez avec le titre."
