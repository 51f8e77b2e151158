"""One question to a file."""
