"""Speed of the real code against the same work by hand: `python -m tests.bench`, never timed by pytest."""
