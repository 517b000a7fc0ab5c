# The two commands: `make run` and `make test`. Works from any folder (make -C PATH run).
ROOT := $(if $(wildcard scripts/setup.py),$(CURDIR)/,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
PYTHON := .venv/bin/python
# The first that runs: a name alone may be a shim with no Python behind it.
SYSTEM_PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,\
	$(shell $(name) -c 'import sys; print(sys.executable)' 2>/dev/null)))
SYSTEM_PYTHON := $(SYSTEM_PYTHON)
PORTAL_DATA ?= $(ROOT).data
PORT ?= 8000
JOBS ?= 2
export PORTAL_DATA

.DEFAULT_GOAL := help
.PHONY: help python setup setup-test run test check fix bench pictures lock clean

help:
	@echo "make run     set up everything, load the real figures, serve the portal (PORT=8000)"
	@echo "make test    set up and run all tests"
	@echo "make check   lint, format, types, migrations, deployment check; changes nothing"
	@echo "make fix     format and mend what can be mended"
	@echo "make bench   speed, as ratios in one run    make pictures  the README's pictures again"
	@echo "make setup   only set up    make lock   resolve the lock files again"

python:
	@test -n "$(SYSTEM_PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3"; exit 1; }

setup: python
	@cd "$(ROOT)" && "$(SYSTEM_PYTHON)" scripts/setup.py run

setup-test: python
	@cd "$(ROOT)" && "$(SYSTEM_PYTHON)" scripts/setup.py test

run: setup
	@cd "$(ROOT)" && exec $(PYTHON) manage.py serve --port $(PORT)

test: setup-test
	@cd "$(ROOT)" && $(PYTHON) -m pytest --numprocesses=$(JOBS) $(ARGS)

check: setup-test
	@cd "$(ROOT)" && $(PYTHON) scripts/check.py

fix: setup-test
	@cd "$(ROOT)" && { $(PYTHON) -m ruff check --fix --quiet .; $(PYTHON) -m ruff format --quiet .; }

bench: setup-test
	@cd "$(ROOT)" && $(PYTHON) -m benchmarks

pictures: setup-test
	@cd "$(ROOT)" && $(PYTHON) -m scripts.pictures

lock: setup-test
	@cd "$(ROOT)" && sh scripts/lock.sh

clean:
	cd "$(ROOT)" && rm -rf .build .venv
