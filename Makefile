# Slimmer Werken. `make run` starts the portal, `make test` runs every check; `make help` lists the rest.

PORT ?= 8000
MINUTES ?= 5
PYTHON := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run install test lint format bench load demo lock screenshots production development python
.DEFAULT_GOAL := help

help: ## deze lijst
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | \
	  while IFS='|' read -r name what; do printf '%-20s %s\n' "$$name" "$$what"; done

run: production ## start het portaal op http://127.0.0.1:8000/ (andere poort: PORT=8123 make run)
	@export PORTAL_BASE_URL="$${PORTAL_BASE_URL:-http://127.0.0.1:$(PORT)}" PORTAL_LOG_LEVEL="$${PORTAL_LOG_LEVEL:-WARNING}"; \
	exec $(PYTHON) manage.py serve --port $(PORT)

install: development ## maak .venv met de gereedschappen voor ontwikkelaars, en de database
	@$(PYTHON) manage.py migrate --verbosity 0
	@echo "Klaar. Start het portaal met: make run"

test: development ## alle controles en tests
	@sh .ci/test

lint: development ## alleen de linters
	@sh .ci/test --lint

format: development ## zet de code in de vaste vorm
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format --quiet .

bench: development ## meet zoeken en pagina's; schrijft JSON
	@$(PYTHON) -m benchmarks

load: development ## dertig leden tegelijk in een portaal van volle omvang; schrijft JSON (MINUTES=5)
	@$(PYTHON) -m benchmarks.load --minutes $(MINUTES)

demo: production ## laad een verzonnen gemeenschap om het portaal mee te proberen
	@$(PYTHON) manage.py load_demo

screenshots: development ## maak de schermafdrukken van README en handleidingen opnieuw
	@$(PYTHON) manage.py screenshots

lock: development ## zet de versies opnieuw vast (vraagt het pakketregister)
	@cd requirements && for name in production development; do \
	  ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" --output-file $$name.txt $$name.in || exit 1; \
	done

# A Python that fits, or one clear sentence. Written to .venv by the first target that needs it.
python:
	@if [ -x $(PYTHON) ] && $(PYTHON) -c '' 2>/dev/null; then exit 0; fi; \
	for name in python3.13 python3.12 python3.11 python3 python; do \
	  if $$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    echo "Ik maak .venv met $$($$name --version)."; \
	    if $$name -m venv --clear .venv >/dev/null 2>&1; then exit 0; fi; \
	    echo "$$name kan geen virtuele omgeving maken; op Debian en Ubuntu helpt: apt-get install python3-venv" >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo "Dit portaal heeft Python 3.11, 3.12 of 3.13 nodig; ik vind er geen. Installeer er een en probeer het opnieuw." >&2; \
	exit 1

# Installed only where the lock differs from what was installed last; hashes keep it to exactly these files.
production: python
	@want=$$(cksum < requirements/production.txt); \
	if [ "$$want" = "$$(cat .venv/.production 2>/dev/null)" ]; then exit 0; fi; \
	echo "Ik installeer wat het portaal nodig heeft (eenmalig, een paar minuten)."; \
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements/production.txt || exit 1; \
	echo "$$want" > .venv/.production

development: python
	@want=$$(cksum < requirements/development.txt); \
	if [ "$$want" = "$$(cat .venv/.development 2>/dev/null)" ]; then exit 0; fi; \
	echo "Ik installeer wat het portaal en de tests nodig hebben (eenmalig, een paar minuten)."; \
	$(PYTHON) -m pip install --quiet --require-hashes -r requirements/development.txt || exit 1; \
	echo "$$want" > .venv/.development; cksum < requirements/production.txt > .venv/.production
