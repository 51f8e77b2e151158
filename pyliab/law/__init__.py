"""What is owed in a case, and why."""
