"""Results for people: plain lines, tables and trees, in Chinese or English. No legal knowledge lives here."""
