"""The desk's side of the exchange with its central: what is said, in which order, and what is kept of the answers."""
