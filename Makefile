# make            what there is to make
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types tests all-tests accept docs bench fuzz audit wheel clean

#> help   : this list
help:
	@sed -n 's/^#> //p' Makefile

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The catalogues: installing compiles them; a change of one compiles them anew.
pyliab/text/locale/zh/LC_MESSAGES/pyliab.mo: $(wildcard pyliab/text/locale/*/*.po) $(VENV)/.ready
	$(BIN)/python hatch_build.py

#> setup  : a virtual environment in .venv with pyliab and its tools
setup: $(VENV)/.ready pyliab/text/locale/zh/LC_MESSAGES/pyliab.mo

#> demo   : who is liable in a real case, why, and how rival readings part over it
demo: setup
	@sh tests/demo.sh $(BIN)/pyliab

#> test   : lint and types, side by side, then tests
test: setup
	@$(MAKE) --no-print-directory --jobs 2 lint types
	@$(MAKE) --no-print-directory tests

#> lint   : ruff on the Python, `pyliab check` and `pyliab coverage --check` on the knowledge base
lint: setup
	$(BIN)/ruff check pyliab tests bench
	$(BIN)/pyliab check
	$(BIN)/pyliab coverage --check > /dev/null

#> types  : mypy
types: setup
	$(BIN)/mypy

#> tests  : pytest, without the sweeps over everything; scenarios and mutants of the rules where anything changed that they depend on
tests: setup
	$(BIN)/pytest -m "not exhaustive" --hypothesis-profile=quick

#> all-tests : every test (so does `pytest` alone); after it, note what was proved with `python tests/proved.py`
all-tests: setup
	$(BIN)/pytest

#> accept : write anew what is generated from the knowledge base (kb/clingo, rules/main.lp, rules/words/defined.lp, the words above the rules); look at the diff
accept: setup
	$(BIN)/python -m pyliab.cli.export .

#> docs   : the knowledge base as a static site, in build/docs
docs: setup
	$(BIN)/python -m pyliab.cli.site build/docs

#> bench  : time against floors measured in the same run; prints ratios (XCLINGO_PYTHON=... : against xclingo too)
bench: setup
	$(BIN)/python bench/bench.py

#> fuzz   : inputs that nobody would write, put to every command (MINUTES=10, SEED=1); what is found is kept in tests/fuzz
fuzz: setup
	$(BIN)/python tests/fuzz.py

#> audit  : random cases and readings, solved by clingo alone and held against every answer (CASES=1000, SEED=1)
audit: setup
	$(BIN)/python tests/audit.py

#> wheel  : the installable wheel, in dist/
wheel: setup
	$(BIN)/python -m build --wheel

#> clean  : remove what was made
clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
