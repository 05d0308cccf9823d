"""For every test, wherever it stands; the cast and the house are in tests/conftest.py."""

pytest_plugins = ["hulpmiddelen.sjabloon", "hulpmiddelen.leegmaken", "hulpmiddelen.verdeling"]
