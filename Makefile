# Everything from a fresh clone: make run, make test, make bench, make screenshots.
# Needs Python 3.11 or newer, with its venv module, and bash.

SHELL := bash
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.PHONY: run test lint bench screenshots browser clean

run: $(VENV)/.for-run
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: lint browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.for-development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell $$(git ls-files 2>/dev/null || echo .)

bench: $(VENV)/.for-development browser
	$(BIN)/python benchmarks/latency.py
	PYTHONPATH=. $(BIN)/python benchmarks/training.py --quick --seeds 1
	PYTHONPATH=. $(BIN)/python benchmarks/regions.py

screenshots: $(VENV)/.for-development browser
	$(BIN)/python benchmarks/screenshots.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis

# The stamps say what is installed; an interrupted installation leaves none.

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is missing or older than Python 3.11: install a newer one, or name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "$(PYTHON) has no venv module: install it, on Debian by apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.for-run: $(VENV)/.created requirements.txt
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.for-development: $(VENV)/.for-run requirements-dev.txt
	$(PIP) install -r requirements-dev.txt
	@touch $@

# The browser tests use the system's Chromium.

FIND_BROWSER := command -v chromium || command -v chromium-browser || command -v google-chrome

browser:
	@{ $(FIND_BROWSER); } >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	      apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core; \
	  fi >/dev/null; \
	  { $(FIND_BROWSER); } >/dev/null || \
	  { echo "No browser for the tests: install Chromium, on Debian by apt-get install chromium" >&2; exit 1; }
