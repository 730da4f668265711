# Everything from a fresh clone: each target sets up its own virtual environment when it needs one.
# Needs Python 3.10 or newer, make and a network to the package index; no compiler, no root.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

DEMO ?= corpora/samples/speech.txt
DEMO_OUT ?= demo-out
MATERIALS ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help demo test lint format eval bench wheel clean

## list the targets
help:
	@awk '/^## /{text=substr($$0,4);next} /^[a-z]+:/{if(text){sub(/:.*/,"");printf "make %-8s %s\n",$$0,text}} {text=""}' $(MAKEFILE_LIST)

## clean a damaged sample document and show where its report lies
demo: $(READY)
	@$(BIN)/zhengben clean $(DEMO) --output $(DEMO_OUT) --report html,json,diff --force
	@echo "Open the report in a browser: $(CURDIR)/$(DEMO_OUT)/$(basename $(notdir $(DEMO))).report.html"

## run the tests
test: $(READY)
	$(BIN)/python -m pytest

## check style and types
lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

## bring the code into the house style
format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## measure precision, recall and calibration (more with MATERIALS=DIR)
eval: $(READY)
	$(BIN)/zhengben eval --materials $(MATERIALS)

## measure speed, start-up time and memory
bench: $(READY)
	$(BIN)/zhengben bench --materials $(MATERIALS)

## build the wheel into dist/
wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls -lh dist

## remove what the targets above have made, the virtual environment as well
clean:
	rm -rf $(VENV) $(DEMO_OUT) eval-out build dist

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.10 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 10) else 0)'
	@echo "Setting up $(VENV). The first time takes a few minutes: about 700 MB are installed, most of it by pycorrector."
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m virtualenv --quiet $(VENV) || \
		{ echo "This Python has neither ensurepip nor virtualenv: install one (Debian: python3-venv), or name another PYTHON=." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=22.3' --editable '.[dev]'
	@touch $@

-include corpora/model.mk
