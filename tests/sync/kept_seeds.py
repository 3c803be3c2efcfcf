"""Seeds of the simulation that once failed, kept for ever and run first. One a line, with what it had found."""

KEPT: dict[int, str] = {
    25: "a signature that was spoilt in the middle of a run was written down",
    37: "the same, at another desk",
    20637: "a restored central forgot a device: what it had written was told « later » for ever",
    21511: "a line that another exchange of the desk had made part was looked for at its former length",
}
