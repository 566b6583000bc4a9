# comity: `make demo` is all you need. Everything is installed into .venv, nothing outside this folder.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --python $(BIN)/python --constraint constraints.txt --compile-bytecode

.PHONY: help demo test dev check bench long notebooks docs archive pins clean

help:
	@echo 'make demo    set up what the demo needs, run it, show findings and a picture'
	@echo 'make test    set up everything, run the tests (ARGS="-k chance" picks some)'
	@echo 'make dev     set up everything and stop'
	@echo 'make check   style, types and floors'
	@echo 'make bench   the benchmarks, one after the other'
	@echo 'make long    the tests that take minutes'
	@echo 'make notebooks  run the notebooks and keep their outputs (ARGS=03: one)'
	@echo 'make docs    build the documentation site into site/'
	@echo 'make archive  one zip for a model library, in dist/'
	@echo 'make pins    resolve constraints.txt anew'
	@echo 'make clean   remove .venv, caches and builds; results stay'
	@echo 'PYTHON=python3.12 picks the Python (3.11 or newer) that .venv is made of.'

demo: .venv/.base
	@$(BIN)/comity demo

test: .venv/.dev
	$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

dev: .venv/.dev

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev
	@set -e; for file in benchmarks/[!_]*.py; do echo "== $$file"; $(BIN)/python "$$file"; done

long: .venv/.dev
	$(BIN)/python -m pytest -q -m long $(ARGS)

notebooks: .venv/.dev
	$(BIN)/python notebooks/make.py $(ARGS)

docs: .venv/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

archive: .venv/.dev
	$(BIN)/python release/archive.py

pins: .venv/.uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --no-header --no-annotate \
		--output-file constraints.txt pyproject.toml

clean:
	rm -rf .venv build dist site .cache .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'comity needs Python 3.11 or newer. Name one: make PYTHON=python3.12 demo' >&2; exit 1; }
	@echo 'Setting up .venv, once: about a minute on a usual connection'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv
	@touch $@

.venv/.base: .venv/.uv pyproject.toml constraints.txt
	@echo 'Installing comity and what it runs on'
	@$(INSTALL) --editable .
	@touch $@

.venv/.dev: .venv/.uv pyproject.toml constraints.txt
	@echo 'Installing comity, the dashboard and the tools of its tests'
	@$(INSTALL) --editable '.[dev]'
	@touch .venv/.base $@
