"""The list of pages is complete: a new address is in it, or says why it is no page."""

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.browser.paginas import GEEN_PAGINA, ONDERWEG, PAGINAS


def namen(resolver, ruimte=""):
    """The names of all addresses but those of the admin, which test_beheer.py walks through."""
    for patroon in resolver.url_patterns:
        if isinstance(patroon, URLResolver):
            if patroon.namespace != "admin":
                yield from namen(patroon, ruimte + (f"{patroon.namespace}:" if patroon.namespace else ""))
        elif patroon.name:
            yield ruimte + patroon.name


def test_every_address_is_a_page_in_the_list_or_says_why_not():
    genoemd = {pagina.naam for pagina in PAGINAS} | ONDERWEG.keys() | GEEN_PAGINA.keys()
    genoemd = {naam for naam in genoemd if not naam.startswith("admin:")}  # its tables are in test_beheer.py
    assert set(namen(get_resolver())) == genoemd - {"niet gevonden"}


def test_no_address_is_named_twice():
    adressen = [(pagina.adres, pagina.wie) for pagina in PAGINAS]
    assert len(adressen) == len(set(adressen))
    assert not {pagina.naam for pagina in PAGINAS} & (ONDERWEG.keys() | GEEN_PAGINA.keys())
