# Each target is one command; what it does is in scripts/ and config/.
PYTHON ?= python3
PYTEST = .venv/bin/pytest -n 2 --dist loadgroup

.PHONY: run test check format browser bench dagen chaos queries golden lock venv venv-dev

run: venv
	@.venv/bin/python scripts/assets.py && exec .venv/bin/python -m config.toezicht

test: venv-dev
	@.venv/bin/python scripts/assets.py && $(PYTEST) -m "not chaos"

check: venv-dev
	@scripts/check

format: venv-dev
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

browser: venv-dev
	@.venv/bin/python scripts/assets.py && .venv/bin/pytest -m browser

bench: venv-dev
	@.venv/bin/python scripts/assets.py && .venv/bin/python -m bench $(BENCH)

dagen: venv-dev
	@.venv/bin/python scripts/assets.py && .venv/bin/python scripts/dagen -- -n 2 --dist loadgroup -m "not chaos"

chaos: venv-dev
	@.venv/bin/pytest -m chaos -v

queries: venv-dev
	@UPDATE_QUERY_COUNTS=1 .venv/bin/pytest -p no:randomly -m queries

golden: venv-dev
	@UPDATE_GOLDEN=1 .venv/bin/pytest -p no:randomly tests/golden tests/integration/monitor/invoer/werklijst/test_herinneren.py

lock: venv-dev
	@scripts/lock

venv:
	@$(PYTHON) scripts/omgeving.py run

venv-dev:
	@$(PYTHON) scripts/omgeving.py dev
