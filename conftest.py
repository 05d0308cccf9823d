"""For every test, wherever it stands; the cast and the house are in tests/conftest.py."""

pytest_plugins = ["hulpmiddelen.sjabloon", "hulpmiddelen.leegmaken"]


def pytest_collection_modifyitems(items):
    """The longest files first, so that no core waits for the last one: the browser, and the table of all addresses."""
    items.sort(key=lambda item: not item.nodeid.startswith(("tests/browser/", "tests/test_matrix.py")))
