"""The knowledge base as a small static site, in both languages: `python -m pyliab.cli.site OUT`."""
