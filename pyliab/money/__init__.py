"""Who pays whom, and who bears it."""
