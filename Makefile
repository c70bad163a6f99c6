# Everything that is done with this tree. `make help` says what.
PORT ?= 8000
PYTHON_FILES := src tests tools bench manage.py
PYTEST := .venv/bin/python -m pytest
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test check quick docs bench lock messages clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.* *## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: ## Install, make the demonstration country, serve it on 127.0.0.1 (PORT=8000)
	@tools/environment.sh runtime
	@exec .venv/bin/tumar demo --port $(PORT)

test: ## Everything: checks, both databases, browser; installs what the tests need
	@tools/environment.sh development
	@tools/needs.sh
	@.venv/bin/python tools/run_tests.py

CHECKS := format lint types imports templates security models site documents
.PHONY: $(CHECKS:%=check-%)
check: $(CHECKS:%=check-%) ## Format, lint, types, imports, templates, migrations, generated documents

$(CHECKS:%=check-%): check-environment
.PHONY: check-environment
check-environment:
	@tools/environment.sh development
check-format:
	ruff format --check $(PYTHON_FILES)
check-lint:
	ruff check $(PYTHON_FILES)
check-types:
	mypy src manage.py tools
check-imports:
	lint-imports --no-cache
check-templates:
	djlint --quiet --check --lint src
check-security:
	bandit --quiet --recursive --severity-level medium src tools manage.py
check-models:
	TUMAR_MODE=test python manage.py makemigrations --check --dry-run
check-site:
	TUMAR_MODE=test python manage.py check
check-documents:
	TUMAR_MODE=test python -m tumar.site.docs --check

quick: ## The fast tests on SQLite, under a minute
	@tools/environment.sh development
	@$(PYTEST) --database=sqlite -m "not browser and not slow" -n 2

docs: ## Regenerate the documents that are made from the code
	@tools/environment.sh development
	@TUMAR_MODE=test python -m tumar.site.docs

bench: ## Print the tables of bench/
	@tools/environment.sh development
	@python -m bench

lock: ## Lock the dependencies again, with hashes and without any host's name
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)" >&2; exit 1; }
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	    requirements.in -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	    --constraint requirements.lock requirements-dev.in -o requirements-dev.lock

messages: ## Collect the texts for translators, compile what they translated
	@tools/environment.sh development
	@tools/needs.sh
	cd src/tumar && TUMAR_MODE=test python -m django makemessages --all --no-location \
	    && TUMAR_MODE=test python -m django compilemessages

clean: ## Remove what was made here, except the environment and var/
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
