# Everything that a newcomer types. `make help` lists it.
PORT ?= 8000
DEMO_PEOPLE ?= 400
PYTHON ?= python3
UV ?= uv
BIN = .venv/bin
export SURVEY_DATABASE_URL SURVEY_SECRET_KEY

.PHONY: help install install-dev demo demo-reset test check format schema assets bench lock

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 16

install: .venv/installed ## make .venv from the lock file
install-dev: .venv/installed-dev

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: set PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
