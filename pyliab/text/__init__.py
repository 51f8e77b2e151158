"""What is said, and how numbers and lines are written."""
