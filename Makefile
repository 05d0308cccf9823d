# Two commands: `make run` shows the portal, `make test` proves it. `make help` lists the rest.
# Targets that need packages first make sure that .venv holds what the lock says (hulpmiddelen/omgeving.py).

# The first Python of this machine that is new enough; choose another with PYTHON=
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
PY = .venv/bin/python
ARGS =
TEMPLATES = find templates sociaalhuis plan loket participatie -name '*.html' -exec .venv/bin/djade --target-version 5.2
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(ARGS)
# Settings as in production; nothing is connected to, they are only checked.
PRODUCTIE = env -u DEMO PRODUCTIE=1 HOSTS=sociaalhuis.wilgenbeke.example SITE_URL=https://sociaalhuis.wilgenbeke.example \
	GEHEIM=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	DOSSIERSLEUTEL=$$($(PY) -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())') \
	DATABASE_URL=postgresql://127.0.0.1/sociaalhuis SMTP_URL=smtp://127.0.0.1

.PHONY: help run test bewijzen crash laatste-minuut aanval toegankelijk check format lock stop meet-snelheid bench omgeving
.DEFAULT_GOAL := help

help:     ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/^\([a-z-]*\):[^#]*##/  make \1\t/'

run: omgeving     ## the portal on http://127.0.0.1:8000 (PORT=8001, DATABASE_URL=postgresql://...)
	@exec $(PY) -m hulpmiddelen.start

test: omgeving    ## all tests, with the browser where a Chromium is found (ARGS="-k zoeken")
	@exec $(PY) -m hulpmiddelen.toets $(ARGS)

toegankelijk: omgeving  ## axe on every page, role and form, light and dark, the admin included (half an hour)
	@exec env ALLES=1 $(PY) -m hulpmiddelen.toets tests/browser -k 'toegankelijk or formulieren or onderweg or beheer' $(ARGS)

bewijzen: toegankelijk aanval crash laatste-minuut  ## every slow proof at full size, before an issue is called resolved (an hour)
	@ALLES=1 $(PY) -m hulpmiddelen.toets -m bewijs tests $(ARGS)
	@BEWIJS=1500 $(PY) -m hulpmiddelen.toets tests/sociaalhuis/test_werker.py $(ARGS)

check: omgeving   ## format, lint, templates, missing migrations, settings of production
	$(PY) -m ruff format --check --output-format concise .
	$(PY) -m ruff check .
	$(TEMPLATES) --check {} +
	$(PY) manage.py makemigrations --check --dry-run
	@echo "$(PY) manage.py check --deploy --fail-level WARNING  (with PRODUCTIE=1)"
	@$(PRODUCTIE) $(PY) manage.py check --deploy --fail-level WARNING

format: omgeving  ## put Python and templates in their format
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .
	-$(TEMPLATES) {} +

lock:             ## requirements*.txt anew from requirements*.in (ARGS=--upgrade; needs uv)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

stop: omgeving    ## stop the portal and the database of this checkout
	@exec $(PY) -m hulpmiddelen.start stop

crash: omgeving   ## kill the servers while people post: nothing lost, nothing twice (two minutes, AANTAL=500 for less)
	@$(PY) -m hulpmiddelen.crash

laatste-minuut: omgeving  ## 200 people send input in the last minute of a round: each acknowledged one is there once (AANTAL=20 for less)
	@$(PY) -m hulpmiddelen.laatste_minuut

aanval: omgeving  ## odd input at every address and form, bots, broken mails and guessed passwords, at full size (AANTAL=2000 for less)
	@AANTAL=$${AANTAL:-20000} $(PY) -m hulpmiddelen.toets -n 2 tests/test_aanval.py \
		tests/loket/test_stellen.py::test_bots_wait_and_people_do_not \
		tests/loket/test_mail_verlies.py::test_broken_mails_are_all_kept_and_none_stops_the_others \
		tests/sociaalhuis/test_aanmelden.py::test_five_tries_are_looked_at_per_user_and_address $(ARGS)

meet-snelheid: omgeving  ## how fast the portal is next to bare Django (needs wrk and the demo town)
	@$(PY) -m hulpmiddelen.meet_snelheid

bench: omgeving   ## quality of search, and speed with a million questions, kept in docs/metingen.md (minutes)
	@$(PY) -m hulpmiddelen.bench

omgeving:
	@$(PYTHON) hulpmiddelen/omgeving.py
