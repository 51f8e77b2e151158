"""pyliab: who is liable on a platform, under which reading of the law, and why."""

__version__ = "0.1.0"
