"""The space of all readings."""
