"""Answers as text, pages and documents."""
