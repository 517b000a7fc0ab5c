# The two commands: `make run` and `make test`. Works from any folder (make -C PATH run).
ROOT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
PYTHON := $(ROOT).venv/bin/python
SYSTEM_PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORTAL_DATA ?= $(ROOT).data
PORT ?= 8000
export PORTAL_DATA

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test check fix bench lock pictures clean

help:
	@echo "make run     set up everything, load the real figures, serve the portal (PORT=8000)"
	@echo "make test    set up and run all tests"
	@echo "make check   lint, format, types, migrations, deployment check; changes nothing"
	@echo "make fix     format and mend what can be mended"
	@echo "make bench   speed, as ratios in one run"
	@echo "make setup   only set up    make lock   resolve the lock files again"

setup:
	@$(SYSTEM_PYTHON) $(ROOT)scripts/setup.py run

setup-test:
	@$(SYSTEM_PYTHON) $(ROOT)scripts/setup.py test

run: setup
	@cd $(ROOT) && exec $(PYTHON) manage.py serve --port $(PORT)

test: setup-test
	@cd $(ROOT) && $(PYTHON) -m pytest $(ARGS)

check: setup-test
	@cd $(ROOT) && $(PYTHON) scripts/check.py

fix: setup-test
	@cd $(ROOT) && $(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format --quiet .

bench: setup-test
	@cd $(ROOT) && $(PYTHON) -m benchmarks

pictures: setup-test
	@cd $(ROOT) && $(PYTHON) scripts/pictures.py

lock: setup-test
	@cd $(ROOT) && sh scripts/lock.sh

clean:
	rm -rf $(ROOT).build $(ROOT).venv
