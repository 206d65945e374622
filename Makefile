# Tháng Hành Động. Two commands on a fresh machine: `make run` and `make test`. README.md tells the rest.
# PORT, HOST, DATA_DIR, DATABASE_URL, REDIS_URL and DEMO are read from the environment or from the command line:
#   make run PORT=8001 DATA_DIR=/srv/thang-hanh-dong

PY = .venv/bin/python
PIP = $(PY) -m pip --disable-pip-version-check --quiet install
READY = .venv/installed
READY_TO_TEST = .venv/installed-test
READY_TO_BENCH = .venv/installed-bench

.PHONY: run setup test lint bench services services-stop

run: $(READY)
	@exec $(PY) -m config.run

setup: $(READY)
	@$(PY) manage.py messages --compile
	@$(PY) manage.py prepare

test: $(READY_TO_TEST)
	@$(PY) -m pytest -n auto --maxprocesses=4 --dist=worksteal

lint: $(READY_TO_TEST)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py messages --check
	PRODUCTION=1 ALLOWED_HOSTS=example.org SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_hex(40))') \
	  $(PY) manage.py check --deploy --fail-level WARNING

# How fast we are beside the usual way; ONLY=name runs one, status 1 when a limit is missed
bench: $(READY_TO_BENCH)
	@$(PY) -m config.bench

# PostgreSQL and Redis of our own: eval "$$(make -s services)"
services: $(READY)
	@$(PY) -m config.servers start

services-stop: $(READY)
	@$(PY) -m config.servers stop

# Files are touched last, so an interrupted install starts again.
$(READY): requirements.txt requirements-font.txt | .venv/bin/python
	@echo "Cài các gói cần thiết vào .venv (lần đầu khoảng một phút)…" >&2
	@$(PIP) -r requirements.txt >&2
	@$(PIP) --no-deps --ignore-requires-python -r requirements-font.txt >&2
	@touch $@

$(READY_TO_TEST): requirements-test.txt $(READY)
	@$(PIP) -r requirements-test.txt >&2
	@touch $@

$(READY_TO_BENCH): requirements-bench.txt $(READY)
	@$(PIP) -r requirements-bench.txt >&2
	@touch $@

.venv/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec $$python -m venv .venv; \
	  fi; \
	done; \
	echo "Cần Python 3.11 trở lên có venv (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1
