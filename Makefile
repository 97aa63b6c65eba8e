# `make` lists the targets. Variables: PYTHON (the Python that .venv is made with) and
# ARGS (handed on to briefgen, pytest or uv, as in: make test ARGS="-k wheel").

PYTHON ?=
ARGS ?=
export PYTHON
# Modules are compiled once, not by each process anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
INSTALL := @sh .ci/install

# macOS: WeasyPrint loads Pango from Homebrew. This is set for each command, not exported: the
# system's own shell drops such variables from its environment.
ifeq ($(shell uname -s),Darwin)
BREW := $(shell brew --prefix 2>/dev/null || echo /opt/homebrew)
WITH_LIBS := DYLD_FALLBACK_LIBRARY_PATH="$(BREW)/lib:/usr/local/lib:/usr/lib"
endif

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header pyproject.toml --group installer $(ARGS)

.PHONY: help briefings site test suite fast bench lint format lock rules wheel picture clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

briefings: ## install what is missing, then make every briefing, into output/
	$(INSTALL) run
	$(WITH_LIBS) $(BIN)/briefgen build --all $(ARGS)

site: ## install what is missing, then put every good briefing on a static site, in site/
	$(INSTALL) run
	$(WITH_LIBS) $(BIN)/briefgen publish --to site $(ARGS)

test: ## install what is missing, then run the whole test suite, and beside it lint
	$(INSTALL) dev
	@$(MAKE) --no-print-directory -j 2 lint suite

suite:
	$(WITH_LIBS) $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

fast: ## run the quick tests only
	$(INSTALL) dev
	$(WITH_LIBS) $(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow" $(ARGS)

bench: ## measure times, ratios and memory against their bars (25 minutes)
	$(INSTALL) dev
	$(WITH_LIBS) $(BIN)/python bench/run.py $(ARGS)

lint: ## check the format, the style and the types
	$(INSTALL) dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: ## format the code, and mend what can be mended
	$(INSTALL) dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: ## write the lock files anew (ARGS=--upgrade takes the newest versions)
	$(INSTALL) dev
	$(LOCK) -o requirements.lock --extra preview --extra schedule
	$(LOCK) -o requirements-dev.lock --extra dev --constraint requirements.lock
	cd .ci && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

rules: ## write the README's reference of rules anew, from the docstrings
	$(INSTALL) dev
	$(BIN)/python .ci/rules

wheel: ## build the source archive and the wheel, into dist/
	$(INSTALL) dev
	$(BIN)/python -m build --no-isolation

picture: ## make the README's pictures anew
	$(INSTALL) dev
	$(WITH_LIBS) $(BIN)/python .ci/pictures

clean: ## remove all that was made, except .venv and the record of runs
	rm -rf dist build .cache
	find output -mindepth 1 -maxdepth 1 ! -name README.md ! -name .gitignore ! -name 'ledger.sqlite3*' -exec rm -rf {} +
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
