"""What a verb answers: an exit code, a shape for programs, a text for people."""

from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.domain.acts import Json
from counter_app.domain.french import typeset

DONE, BREAKAGE, WRONG_USE, NO = 0, 1, 2, 3

WRONG = frozenset(
    {
        *("unknown_site", "no_home", "home_exists", "clock_not_settable", "no_file", "nothing_read"),
        *("network_share", "synced_folder", "not_writable", "out_not_writable", "out_in_home", "wrong_corrections"),
        *("mapping_unreadable", "file_missing", "folder", "bad_setting", "no_gesture", "unknown_language"),
        *("identity_number", "collector_missing", "field_missing"),
        *(
            "amount_reason",
            "amount_and_case",
            "unknown_case",
            "case_not_confirmed",
            "stamp_and_exemption",
            "bad_name",
            "not_a_file",
            "bad_period",
            "no_folder",
        ),
        *("bad_day", "long_remarks", "hidden_remarks"),
        *("bad_store_url", "bad_site", "site_exists", "no_central", "no_site", "bad_server_name", "port_taken"),
        *("backup_exists", "not_empty", "bad_code", "bad_url", "no_desk_name", "no_root_key"),
    }
)
BROKEN = frozenset(
    {
        *("damaged", "key_missing", "home_unreadable", "store_gone", "not_durable", "breakage", "disk_full", "busy"),
        *(
            "store_not_writable",
            "disk_error",
            "sqlite_too_old",
            "newer_schema",
            "training_mark",
            "site_mark",
            "no_screen",
            "authority_unreadable",
            "central_unreadable",
            "not_kept",
            "central_stopped",
            "central_full",
            "central_disk",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcome of a verb."""

    code: int
    shape: dict[str, Json]
    text: str = ""
    warnings: tuple[str, ...] = field(default=())
    """Sentences for the person, on standard error: never in the way of the JSON."""
    said: bool = False
    """Told already, while the verb worked: nothing more is printed."""
    once_sent: Callable[[], None] = lambda: None
    """What is left to do once the central holds what the verb recorded."""


def of_refusal(code: str, sentence: str, broken: int = BREAKAGE) -> Answer:
    """A refusal in words: the exit code follows from what was refused. `broken`: that of a thing out of order, which a
    list that somebody else made is not."""
    exit_code = WRONG_USE if code in WRONG else broken if code in BROKEN else NO
    return Answer(exit_code, {"error": code, "message": typeset(sentence)}, sentence)
