"""Seeds of the simulation that once failed, kept for ever and run first. One a line, with what it had found."""

KEPT: dict[int, str] = {
    25: "a signature that was spoilt in the middle of a run was written down",
    37: "the same, at another desk",
}
