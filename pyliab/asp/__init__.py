"""Everything that touches clingo. No other module imports it."""
