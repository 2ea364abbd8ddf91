# Short words for run.py, which does the work and needs nothing but Python 3.11.
.DEFAULT_GOAL := help
.PHONY: help run test all postgres browser law check fix demo doctor

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
run: ## set everything up, start the server and the worker
	@python3 run.py
test: ## the quick tests, on SQLite
	@python3 run.py test
all: ## all tests, on SQLite
	@python3 run.py test --all
postgres: ## all tests, on a PostgreSQL started for them
	@python3 run.py test --all --postgres
browser: ## the journeys through the pages, in a real browser
	@python3 run.py test --browser tests/journeys
law: ## only the tests of the law, under two seconds
	@python3 run.py law
check: ## style, types, import contract, templates, migrations
	@python3 run.py check
fix: ## repair style where a machine can
	@python3 run.py fix
demo: ## throw the demo province away and build it again
	@python3 run.py demo
doctor: ## what is well and what is not
	@python3 run.py doctor
