"""The first minutes of a new desk: its name, its printer."""
