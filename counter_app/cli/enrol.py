"""The verb by which a desk joins its central."""

import argparse

from counter_app import app
from counter_app.cli.answer import DONE, Answer
from counter_app.config import read_settings
from counter_app.domain.acts import Json
from counter_app.home import read_home
from counter_app.membership import enrol as join
from counter_app.paths import chosen_home


def enrol(options: argparse.Namespace) -> Answer:
    """Join by a code."""
    home = read_home(chosen_home(options.home))
    joined = join(home, options.code, options.url, app.ticks)
    settings = read_settings(home.path).settings
    shape: dict[str, Json] = {
        "url": joined.url,
        "site": home.identity.site,
        "training": home.identity.training,
        "device": home.identity.device,
        "desk": settings.desk,
        "letter": settings.letter,
        "expires_at": joined.expires_at,
    }
    told = (
        f"Poste « {settings.desk} » inscrit auprès de {joined.url}. Lettre de ses tickets : {settings.letter}. Ses "
        "actes partent au prochain échange : si sa fenêtre est ouverte, fermez-la et rouvrez-la."
    )
    return Answer(DONE, shape, told)
