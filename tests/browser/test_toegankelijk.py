"""Every page of paginas.py for everyone who reaches it; see kijker.py for what is looked at."""

import pytest

from tests.browser.kijker import SCHEMAS
from tests.browser.paginas import PAGINAS

IEDEREEN = list(dict.fromkeys(pagina.wie for pagina in PAGINAS))


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("wie", IEDEREEN)
def test_every_page(kijk, dingen, wie, schema):
    kijker, titels = kijk(wie, schema=schema), {}
    for pagina in PAGINAS:
        if pagina.wie == wie:
            kijker.ga(pagina.adres.format(**dingen), pagina.status).bekijk()
            if pagina.status == 200:
                titels.setdefault(kijker.pagina.title(), set()).add(pagina.adres.split("?")[0])
    kijker.fout += [f"{titel!r} is the title of {adressen}" for titel, adressen in titels.items() if len(adressen) > 1]
    kijker.klaar()
