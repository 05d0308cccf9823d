"""Every page of paginas.py for everyone who reaches it; see kijker.py for what is looked at.

The ordinary run opens all of them and looks with axe at the first of each name and status; `ALLES=1` at all.
"""

import pytest

from tests.browser.kijker import SCHEMAS
from tests.browser.paginas import PAGINAS

IEDEREEN = list(dict.fromkeys(pagina.wie for pagina in PAGINAS))
EERSTE = {(pagina.naam, pagina.status): pagina for pagina in reversed(PAGINAS)}


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("wie", IEDEREEN)
def test_every_page(kijk, dingen, wie, schema):
    kijker, titels = kijk(wie, schema=schema), {}
    for pagina in PAGINAS:
        if pagina.wie == wie:
            eerste = EERSTE[pagina.naam, pagina.status] == pagina
            kijker.ga(pagina.adres.format(**dingen), pagina.status).bekijk(axe=eerste)
            if pagina.status == 200:
                titels.setdefault(kijker.pagina.title(), set()).add(pagina.adres.split("?")[0])
    kijker.fout += [f"{titel!r} is the title of {adressen}" for titel, adressen in titels.items() if len(adressen) > 1]
    kijker.klaar()
