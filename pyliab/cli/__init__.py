"""The commands, by what they are for. Each reads, asks and prints; nothing is decided here."""
