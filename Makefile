# From a bare machine to a proven page. `make` alone says what there is.
PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8501
RAW ?= $(or $(ATLAS_RAW),../shared/raw)

# Python keeps what it compiled; without that every start compiles every library anew (2.7 s more).
unexport PYTHONDONTWRITEBYTECODE PIP_NO_COMPILE

BIN := $(VENV)/bin/python
PIP := $(BIN) -m pip install --quiet --disable-pip-version-check --constraint requirements.lock
# A stamp carries the checksum of what was installed: a second start looks at it and goes on.
LOCKED := $(firstword $(shell cat requirements.txt requirements-dev.txt requirements.lock 2>/dev/null | cksum))
RUN_READY := $(VENV)/.ready-to-run-$(LOCKED)
TEST_READY := $(VENV)/.ready-to-test-$(LOCKED)

.DEFAULT_GOAL := help
.PHONY: help run test check bench data lock format clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## set up, start the atlas and print its address (PORT=8501 HOST=127.0.0.1)
	@echo "Ketamine Access Atlas: http://$(HOST):$(PORT)"
	@exec $(BIN) -m streamlit run app.py --server.headless true --server.address "$(HOST)" --server.port "$(PORT)"

test: $(TEST_READY) ## set up, find or install a Chromium and run every test
	@$(BIN) scripts/chromium.py --install
	@$(BIN) scripts/tests.py $(TESTS)

check: $(TEST_READY) ## format, lint, types and the rules of the house
	@$(BIN) -m ruff format --check .
	@$(BIN) -m ruff check .
	@$(BIN) -m mypy
	@$(BIN) -m pytest tests/test_house.py

format: $(TEST_READY) ## put the code into shape
	@$(BIN) -m ruff format .
	@$(BIN) -m ruff check --fix .

bench: $(TEST_READY) ## measure speed and size; prints a table, writes benchmarks/latest.json
	@$(BIN) scripts/chromium.py --install
	@$(BIN) -m benchmarks

data: $(RUN_READY) ## build the shipped tables from the official files (RAW=../shared/raw)
	@$(BIN) -m data build --raw "$(RAW)"

lock: ## resolve requirements.lock anew, for Python 3.11 to 3.14 (FLAGS=--upgrade to move versions)
	@sh scripts/environment.sh "$(PYTHON)" "$(VENV)"
	@$(BIN) -m pip install --quiet --disable-pip-version-check uv
	@$(BIN) -m uv pip compile --universal --python-version 3.11 --fork-strategy fewest --custom-compile-command "make lock" \
	  --no-emit-index-url --no-emit-find-links --quiet $(FLAGS) requirements.txt requirements-dev.txt --output-file requirements.lock

clean: ## take away the environment and what tests leave behind
	rm -rf $(VENV) test-artefacts .pytest_cache .mypy_cache .ruff_cache

$(RUN_READY):
	@sh scripts/environment.sh "$(PYTHON)" "$(VENV)"
	@echo "Installing what running needs (once, a minute or two) ..."
	@$(PIP) --requirement requirements.txt
	@rm -f $(VENV)/.ready-to-run-* && touch $@

$(TEST_READY): $(RUN_READY)
	@echo "Installing what testing needs (once) ..."
	@$(PIP) --requirement requirements.txt --requirement requirements-dev.txt
	@rm -f $(VENV)/.ready-to-test-* && touch $@
