"""Why a whole file cannot be read as an appointment list."""

_SENTENCES = {
    "file_missing": "Ce fichier n’existe plus à cet endroit. Choisissez-le à nouveau.",
    "file_changed": "Le fichier a changé depuis le contrôle\u00a0: rien n’a été importé. Regardez le nouveau contrôle, "
    "puis importez.",
    "file_locked": "Ce fichier n’a pas pu être ouvert. Fermez-le dans le tableur, ou copiez-le sur ce poste, "
    "puis recommencez.",
    "folder": "C’est un dossier, pas un fichier. Choisissez la liste exportée (CSV, XLS, XLSX ou ODS).",
    "not_a_file": "C’est un périphérique, pas un fichier. Choisissez la liste exportée (CSV, XLS, XLSX ou ODS).",
    "empty_file": "Ce fichier est vide. Exportez la liste à nouveau, puis choisissez le nouveau fichier.",
    "too_large": "Ce fichier est trop gros pour être lu d’un coup. Exportez moins de jours à la fois, "
    "ou enregistrez-le au format CSV.",
    "not_a_table": "Ce fichier n’est pas un tableau. Choisissez la liste exportée au format CSV, XLS, XLSX ou ODS.",
    "too_wide": "Ce tableau a trop de colonnes ({found}, {most} au plus). Gardez celles de la liste, "
    "puis enregistrez-le à nouveau.",
    "web_page": "Ce fichier est une page web enregistrée sous un nom de tableur. Ouvrez-le dans le tableur, "
    "puis enregistrez-le au format XLSX ou CSV.",
    "other_format": "Ce format n’est pas lu ici. Ouvrez le fichier dans le tableur, puis enregistrez-le au format "
    "XLSX ou CSV.",
    "archive": "Ce fichier est une archive. Sortez-en la liste (CSV, XLS, XLSX ou ODS), puis choisissez-la.",
    "encrypted": "Ce classeur est protégé par un mot de passe. Ouvrez-le dans le tableur, enlevez le mot de passe, "
    "enregistrez-le, puis recommencez.",
    "damaged": "Ce classeur est abîmé ou incomplet. Téléchargez-le à nouveau\u00a0; s’il s’ouvre dans le tableur, "
    "enregistrez-le au format CSV.",
    "no_headings": "Aucune ligne de titres de colonnes n’a été trouvée. Ajoutez au-dessus des rendez-vous une ligne "
    "de titres, par exemple Nom, Prénom, Date du rendez-vous, Heure.",
    "permits_list": "Ce fichier est une liste de titres reçus, pas de rendez-vous. Rien n’a été importé. "
    "Choisissez la liste des rendez-vous\u00a0; les titres reçus s’ouvrent dans «\u00a0Stock ▸ Arrivages\u00a0» "
    "(commande «\u00a0permits receive\u00a0»).",
    "not_permits": "Aucune colonne de ce fichier ne porte le numéro des titres. Rien n’a été pris. Choisissez la liste "
    "des titres reçus, avec une colonne «\u00a0numéro de titre\u00a0»\u00a0; une liste de rendez-vous s’ouvre dans "
    "«\u00a0Import\u00a0» (commande «\u00a0import\u00a0»).",
    "columns_missing": "Colonne introuvable\u00a0: {missing}. Désignez-la parmi les colonnes du fichier, "
    "ou exportez la liste avec cette colonne.",
}


class UnreadableFile(Exception):
    """The file, as a whole, is not an appointment list that can be read.

    `reason_code` is a stable slug for programs and tests; `sentence` is the French sentence shown to the agent:
    what is wrong and what to do next.
    """

    def __init__(self, reason_code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason_code = reason_code
        self.sentence = sentence


class UnreadableMapping(UnreadableFile):
    """A saved mapping (TOML) that cannot be used; same two texts as `UnreadableFile`."""


def unreadable(reason_code: str, **details: str) -> UnreadableFile:
    """The exception to raise for this reason, with its French sentence."""
    return UnreadableFile(reason_code, _SENTENCES[reason_code].format(**details))
