# Everything that one types here. `make help` lists it.
PORT ?= 8000
DEMO_PEOPLE ?= 400
PYTHON ?= python3
BIN = .venv/bin

.PHONY: help install install-dev demo demo-reset test attack walk audit check format schema translations assets bench lock

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 18

demo: .venv/installed ## start the product with a demonstration council (PORT=, DEMO_PEOPLE=)
	@$(BIN)/survey database upgrade
	@$(BIN)/survey demo create --people $(DEMO_PEOPLE) --port $(PORT)
	@SURVEY_LOG_LEVEL=WARNING SURVEY_BASE_URL=http://127.0.0.1:$(PORT) $(BIN)/survey serve --bind 127.0.0.1:$(PORT)

demo-reset: .venv/installed ## delete the demonstration, for the next `make demo` to start afresh
	@$(BIN)/survey demo reset

test: .venv/installed-dev ## install what the tests need, run all of them
	@tests/install_programs.sh
	$(BIN)/pytest --numprocesses 2 --dist worksteal

attack: .venv/installed-dev ## work out what few people said, in 10,000 random organisations: minutes
	$(BIN)/pytest tests/attacks/test_subtracting.py tests/attacks/test_exporting.py --hypothesis-profile attack

walk: .venv/installed-dev ## kill the product at every step of its work, on both databases: an hour
	$(BIN)/python -m tests.faults.walk

audit: ## ask the advisories about each library of the lock (needs the network)
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	build/audit/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock

check: .venv/installed-dev ## lint, format, types, layers, JSON Schemas, content, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m survey.questionnaire.json_schema --check questionnaires/schema
	$(BIN)/survey questionnaire check $$(find questionnaires -name '*.json' -not -path '*/schema/*' | sort)
	$(BIN)/survey database check

bench: .venv/installed-dev ## measure, each figure beside its yardstick
	@for file in tests/benchmarks/bench_*.py; do echo; $(BIN)/python $$file || exit 1; done

install: .venv/installed ## make .venv from the lock file

install-dev: .venv/installed-dev ## the same, with what tests and checks need

format: .venv/installed-dev ## format and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

translations: .venv/installed ## find what staff pages and findings say, bring the catalogues up to date, compile them
	@mkdir -p build
	$(BIN)/pybabel -q extract --mapping-file=pyproject.toml --add-location=file --omit-header --output-file=build/messages.pot survey
	$(BIN)/pybabel -q update --domain=messages --input-file=build/messages.pot --output-dir=survey/web/translations --ignore-obsolete --ignore-pot-creation-date --no-fuzzy-matching --width=100
	$(BIN)/pybabel -q compile --directory=survey/web/translations
	$(BIN)/pybabel -q extract --mapping-file=survey/findings/extracting.cfg --keyword=say:1 --keyword=say_many:1,2 --keyword=noted:1 --no-default-keywords --add-location=file --omit-header --output-file=build/findings.pot survey
	$(BIN)/pybabel -q update --domain=findings --input-file=build/findings.pot --output-dir=survey/findings/translations --ignore-obsolete --ignore-pot-creation-date --no-fuzzy-matching --width=100
	$(BIN)/pybabel -q compile --domain=findings --directory=survey/findings/translations

schema: .venv/installed ## write the published JSON Schemas
	$(BIN)/python -m survey.questionnaire.json_schema questionnaires/schema

lock: ## choose dependencies afresh (needs uv)
	uv lock --python 3.11
	uv export --quiet --no-emit-project --no-header --no-dev -o requirements.lock
	uv export --quiet --no-emit-project --no-header -o requirements-dev.lock

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed. If it has another name: make PYTHON=python3.11 …"; exit 1; }
	@echo "Installing into .venv (once, about a minute) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

assets: .venv/installed ## build style sheet and scripts from pinned npm packages (needs Node)
	$(BIN)/python survey/web/assets/vega.py survey/web/static/vendor/vega.js
	cd survey/web/assets && npm ci --silent && npm run --silent css && npm run --silent js
