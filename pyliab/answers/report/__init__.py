"""A report on cases: gathered once, set out as blocks in both languages, written as page, document or tables."""
