# 共同調達ナビ: `make run` starts it, `make test` checks it, `make help` lists the rest.

SHELL := /bin/sh
.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
WORKERS ?= 2
PY := .venv/bin/python
MANAGE := $(PY) manage.py
# Each of the workers has a database of its own and keeps to the order of the tests.
PYTEST := $(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal
DB := $(CURDIR)/var/db.sqlite3

# Inputs of the steps below; a step runs again when one of them is newer than its stamp.
SOURCES := config procurement surveys templates static
MIGRATIONS := $(shell find $(SOURCES) -path '*/migrations/*.py' 2>/dev/null)
STATIC := $(shell find $(SOURCES) -path '*/static/*' -type f 2>/dev/null)
REFERENCE := $(shell find $(SOURCES) -type f \( -name '*.csv' -o -name 'load_reference.py' \) 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(shell find $(SOURCES) -name '*.po' 2>/dev/null))

# Each stamp lies beside what it vouches for, and goes when that goes.
PACKAGES := .venv/.requirements
DEV_PACKAGES := .venv/.requirements-dev
NODE := node_modules/.package-lock.json
VENDOR := procurement/static/vendor/.installed
COLLECTED := var/static.stamp
MIGRATED := var/migrated.stamp
REFERENCED := var/reference.stamp
SAMPLE := var/sample.stamp

NEW_ENOUGH := sys.exit(sys.version_info < (3, 11))

# The environment of a server on this machine; a real one is described in README.md.
LOCAL = SECRET_KEY="$$(cat var/secret_key)" BASE_URL="http://127.0.0.1:$(PORT)" \
	ALLOWED_HOSTS=127.0.0.1,localhost DATABASE_URL="sqlite:///$(DB)" SAMPLE_LOGIN_HINT=1
# The environment that `check --deploy` judges.
DEPLOYED = SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" DEBUG=0 \
	BASE_URL=https://example.go.jp ALLOWED_HOSTS=example.go.jp

# The parts of a target are an order, not a set: cheap checks first, one test run at a time.
.NOTPARALLEL:
.PHONY: help run dev test lint test-sqlite test-postgresql test-packages coverage load benchmark messages clean FORCE

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile

run: $(COLLECTED) $(CATALOGUES) $(SAMPLE) ## Start on http://127.0.0.1:8000 with sample data (another port: PORT=8001)
	@# With --reuse-port a second server would share the port without a word.
	@if $(PY) -c 'import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", $(PORT))))'; then \
		echo "Port $(PORT) is in use: make run PORT=8001" >&2; exit 1; fi
	@echo "http://127.0.0.1:$(PORT)/ (Ctrl-C stops it; the sample logins are in README.md)"
	@$(LOCAL) DEBUG=0 exec $(PY) -m config.side_by_side $(PY) -m gunicorn config.wsgi \
		--bind 127.0.0.1:$(PORT) -k gthread --workers 2 --threads 4 --timeout 60 --reuse-port \
		--no-control-socket -- $(MANAGE) run_worker

dev: $(VENDOR) $(CATALOGUES) $(SAMPLE) ## The same with DEBUG=1, reloading changed code
	@$(LOCAL) DEBUG=1 exec $(PY) -m config.side_by_side $(MANAGE) runserver 127.0.0.1:$(PORT) \
		-- $(MANAGE) run_worker

test: lint test-sqlite test-postgresql ## Every check: lint, settings, tests on SQLite and PostgreSQL (ARGS="-k name")

lint: $(DEV_PACKAGES) ## Style, missing migrations, settings of a deployment
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(DEPLOYED) DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run
	$(DEPLOYED) DATABASE_URL=sqlite://:memory: $(MANAGE) check --deploy --fail-level WARNING

test-sqlite: test-packages ## The tests on SQLite
	DATABASE_URL=sqlite:///$(DB) $(PYTEST) $(ARGS)

test-postgresql: test-packages ## The tests on PostgreSQL (a throw-away server if none answers)
	$(PY) -m tests.postgresql $(PYTEST) $(ARGS)

test-packages: $(DEV_PACKAGES) $(VENDOR) $(CATALOGUES)
	@$(PY) -m tests.chromium
	@$(PY) -m tests.libreoffice

coverage: test-packages ## The tests on SQLite, and which lines no test reaches
	DATABASE_URL=sqlite:///$(DB) $(PY) -m pytest --cov=procurement --cov=surveys --cov=config $(ARGS)

load: test-packages ## 141 editors who save at once, on SQLite and PostgreSQL (shorter: SECONDS=10)
	DATABASE_URL=sqlite:///$(DB) $(PY) -m tests.concurrency.load_editors
	$(PY) -m tests.postgresql $(PY) -m tests.concurrency.load_editors

benchmark: test-packages ## Time and memory of reading a large workbook, and of refusing hostile ones; time of the page of changes
	@$(DEPLOYED) DJANGO_SETTINGS_MODULE=config.settings $(PY) -m benchmarks.workbook
	@$(DEPLOYED) DJANGO_SETTINGS_MODULE=config.settings $(PY) -m benchmarks.changes

messages: $(PACKAGES) ## Bring the message ids of code and templates into the English catalogue
	$(PY) -m config.catalogue

clean: ## Remove everything made here, the database and the sample data included
	rm -rf .venv node_modules procurement/static/vendor var .pytest_cache .ruff_cache .coverage htmlcov
	find $(wildcard $(SOURCES)) -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PACKAGES): requirements.txt
	@# A copied or half-made environment is made anew; a working one is completed.
	@$(PY) -c 'import pip, sys; $(NEW_ENOUGH)' 2>/dev/null || { \
		$(PYTHON) -c 'import sys; $(NEW_ENOUGH)' 2>/dev/null || { \
			echo "Python 3.11 or newer is needed; $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
			echo "If it has another name here: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }; \
		echo "Making .venv"; $(PYTHON) -m venv --clear .venv; }
	@echo "Installing requirements.txt"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_PACKAGES): requirements-dev.txt $(PACKAGES)
	@echo "Installing requirements-dev.txt"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(NODE): package.json package-lock.json
	@command -v npm >/dev/null || { echo "Node.js with npm is needed (npm was not found)." >&2; exit 1; }
	npm ci --ignore-scripts
	@touch $@

$(VENDOR): $(NODE) $(PACKAGES) procurement/management/commands/install_frontend.py | var/secret_key
	@$(LOCAL) $(MANAGE) install_frontend
	@touch $@

%.mo: %.po | $(PACKAGES)
	@$(PY) -m babel.messages.frontend --quiet compile -i $< -o $@

$(COLLECTED): $(STATIC) $(VENDOR) $(PACKAGES) | var/secret_key
	@$(LOCAL) $(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@

# Secrets are drawn once per machine, so that a restart signs nobody out.
var/secret_key: | $(PACKAGES)
	@mkdir -p var
	@umask 077 && $(PY) -c 'import secrets; print(secrets.token_urlsafe(64))' >$@

$(MIGRATED): $(MIGRATIONS) $(PACKAGES) $(if $(wildcard $(DB)),,FORCE) | var/secret_key
	@$(LOCAL) $(MANAGE) migrate --noinput --verbosity 0
	@touch $@

$(REFERENCED): $(MIGRATED) $(REFERENCE)
	@$(LOCAL) $(MANAGE) load_reference
	@touch $@

$(SAMPLE): $(REFERENCED) $(if $(wildcard $(DB)),,FORCE)
	@# Samples come once, into an empty database; new reference data is no reason to bring them again.
	@test -e $@ && test -z "$(filter FORCE,$^)" || $(LOCAL) $(MANAGE) load_sample
	@touch $@
