"""No input breaks it: generated requests at every address and every form, as every role.

`make aanval` sends 20,000 (AANTAL), `make test` some hundreds. Each goes to the next address for the next role, so that
all of them have their turn; every form on a page that opens is posted, with odd values, and the page behind it is read.
Nothing may end in a 5xx, and nothing that was thrown may come back as code. What was changed is undone after each.
"""

import os
import random
import re
import traceback
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import CharField, TextField
from django.test import Client

from loket.models import Vraag
from participatie.models import Inbreng
from sociaalhuis import ontvangst
from sociaalhuis.tekst import HtmlVeld
from tests.aanval import MERK, RAUW, Aanvaller, formulieren
from tests.test_matrix import ROLLEN, adressen, bezoekers, stad  # noqa: F401 - the last two are fixtures

AANTAL = int(os.environ.get("AANTAL", "600"))
DELEN = max(1, AANTAL // 2000)  # each starts elsewhere
BLADEN = Path(__file__).parent.parent / "templates"
PER_PAGINA = 6  # forms of one page at most, by turns
ALS_CODE = re.compile(
    rf'(?:href|src|action)\s*=\s*["\']?\s*javascript:{MERK}|\son\w+\s*=\s*["\']?{MERK}', re.IGNORECASE
)
IN_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def iedereen(bezoekers):  # noqa: F811
    """A browser per role, and those of a citizen who opened a case, or an input, with its code."""
    vraag = Vraag.objects.filter(quarantaine="", staat="in_behandeling").first()
    inbreng = Inbreng.objects.filter(organisatie=None, staat=Inbreng.Staat.ZICHTBAAR).first()
    met_code = geopend("/loket/opvolgen/", vraag, Vraag.objects)
    met_inbreng = geopend("/participatie/opvolgen/", inbreng, Inbreng.objects)
    return {**bezoekers, "met code": met_code, "met inbreng": met_inbreng}


def geopend(pad, wat, rijen):
    """A browser that opened this row with a code of its own."""
    code = ontvangst.nieuwe_code()
    rijen.filter(pk=wat.pk).update(code_zoekdeel=ontvangst.zoekdeel(code), code_hash=ontvangst.hash_van(code))
    browser = Client(raise_request_exception=False)
    antwoord = browser.post(pad, {"code": code})
    assert (antwoord.status_code, browser.get(antwoord.url).status_code) == (302, 200)
    return browser


class Werper:
    """Sends requests, undoes what they changed, and keeps what went wrong."""

    def __init__(self, browsers, nog):
        self.browsers, self.nog, self.fouten, self.gezien = browsers, nog, [], {}

    def stuur(self, rol, methode, adres, inhoud=None):
        """The last answer, with the pages that it leads to; None when there are no requests left."""
        if self.nog <= 0:
            return None
        self.nog -= 1
        browser = self.browsers[rol]
        koekjes = browser.cookies.copy()
        with transaction.atomic():
            antwoord = (
                browser.get(adres) if methode == "get" else browser.post(adres, **op_de_lijn(inhoud), follow=True)
            )
            inhoud_ = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
            transaction.set_rollback(True)
        browser.cookies = koekjes
        self.gezien[antwoord.status_code] = self.gezien.get(antwoord.status_code, 0) + 1
        self.keur(antwoord, inhoud_.decode(errors="replace"), (rol, methode, adres[:200], str(inhoud)[:400]))
        return antwoord

    def keur(self, antwoord, tekst, wat):
        # the health page says 503 on purpose while no worker runs, as in a test
        if antwoord.status_code >= 500 and not (antwoord.status_code == 503 and wat[2].startswith("/gezond/")):
            fout = getattr(antwoord, "exc_info", None)
            waar = "".join(traceback.format_exception(*fout)[-12:])[-2600:] if fout else tekst[:300]
            self.fouten.append((antwoord.status_code, *wat, waar))
        if f"X-{MERK}" in antwoord.headers:
            self.fouten.append(("a header of our own", *wat))
        soort = antwoord.headers.get("Content-Type", "")
        als_blad = "attachment" not in antwoord.headers.get("Content-Disposition", "")
        if als_blad and soort.startswith(("text/html", "image/svg", "application/xhtml", "text/xml")):
            rauw = [merk for merk in RAUW if merk in tekst]
            in_tag = [tag for tag in IN_TAG.findall(tekst) if MERK in tag and ALS_CODE.search(zonder_waarden(tag))]
            if rauw or in_tag or f'href="javascript:{MERK}' in tekst:
                self.fouten.append(("comes back as code", *wat, (rauw or in_tag)[:2]))


def zonder_waarden(tag):
    """A tag without what stands between the quotes of its attributes; an attribute that broke out stays."""
    return re.sub(r'"[^"]*"', '""', tag)


def als_tekst(waarde):
    return waarde.encode("utf-8", "replace").decode() if isinstance(waarde, str) else waarde


def op_de_lijn(inhoud):
    """The arguments of `Client.post`: urlencoded, as a form without files is, bytes that are no text included."""
    paren = [(n, v) for n, waarde in inhoud.items() for v in (waarde if isinstance(waarde, list) else [waarde])]
    if any(isinstance(waarde, UploadedFile) for _, waarde in paren):
        return {"data": {n: [als_tekst(v) for naam, v in paren if naam == n] for n in inhoud}}
    ruw = urlencode([(n, v.encode("utf-8", "surrogatepass")) for n, v in paren])
    return {"data": ruw, "content_type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("deel", range(DELEN))
def test_no_input_breaks_it(deel, iedereen):
    toeval = random.Random(f"aanval {deel}")
    aanvaller, werper = Aanvaller(toeval), Werper(iedereen, AANTAL // DELEN)
    doelen = [(adres, rol) for _, _, adres in adressen() for rol in iedereen]
    toeval.shuffle(doelen)
    assert {rol for _, rol in doelen} == {*ROLLEN, "met code", "met inbreng"}
    for adres, rol in islice(cycle(doelen), AANTAL):
        open_ = werper.stuur(rol, "get", adres)
        if open_ is None:
            break
        werper.stuur(rol, "get", aanvaller.adres(adres))
        if open_.status_code == 200 and open_.headers.get("Content-Type", "").startswith("text/html"):
            gevonden = formulieren(open_.content.decode(errors="replace"), adres)
            for formulier in toeval.sample(gevonden, min(len(gevonden), PER_PAGINA)):
                naar, ingevuld = formulier.naar.partition("#")[0], aanvaller.ingevuld(formulier)
                if formulier.methode == "post":
                    werper.stuur(rol, "post", naar, ingevuld)
                else:
                    werper.stuur(rol, "get", f"{naar.partition('?')[0]}?{op_de_lijn(ingevuld)['data']}")
        else:
            werper.stuur(rol, "post", aanvaller.adres(adres), {"tekst": aanvaller.waarde(), "naam": aanvaller.waarde()})
    print(f"answers: {dict(sorted(werper.gezien.items()))}")  # noqa: T201 - shown with -s
    assert not werper.fouten, f"{len(werper.fouten)} of {AANTAL // DELEN}:\n" + "\n".join(
        " | ".join(map(str, fout)) for fout in werper.fouten[:20]
    )


def test_the_eye_sees_what_breaks_out():
    """The check itself: what is escaped passes, what is not does not."""
    werper = Werper({}, 0)

    class Blad:
        status_code, headers = 200, {"Content-Type": "text/html"}

    for veilig in (
        f"&lt;script&gt;{MERK}()",
        f'<input value="&quot; onfocus={MERK}() x">',
        f'<p title="javascript:{MERK}">',
    ):
        werper.keur(Blad, veilig, ())
    assert werper.fouten == []
    for kwaad in (f"<p><script>{MERK}()", f'<input value="" onfocus={MERK}() x="">', f'<a href="javascript:{MERK}()">'):
        werper.keur(Blad, kwaad, ())
    assert len(werper.fouten) == 3


# what a template prints as HTML: a field of which every way into the database is cleaned (`HtmlVeld`), or words of our own
ALS_HTML = re.compile(r"\{\{\s*([\w.]+)\|safe\s*\}\}")
# names that plain fields have too (a BBC code has the fields of a part in plain text); these are the cleaned ones
OOK_GEWOON = {"pijler.tekst", "punt.uitleg", "actie.evaluatie", "jaarplan.evaluatie", "actie.lange_omschrijving", "doel.deel.lange_omschrijving",
              "tak.deel.lange_omschrijving", "blad.rij.lange_omschrijving", "rij.onderdeel.lange_omschrijving",
              "ronde.inleiding", "jaarplan.inleiding", "deel.nieuw.lange_omschrijving", "deel.oud.lange_omschrijving", "versie.html tekst"}  # fmt: skip
EIGEN_WOORDEN = {"help_text", "description"}


def test_only_cleaned_html_is_printed_as_it_is():
    velden = [veld for model in apps.get_models() for veld in model._meta.concrete_fields]
    schoon = {veld.name for veld in velden if isinstance(veld, HtmlVeld)}
    ook_gewoon = {
        veld.name for veld in velden if isinstance(veld, (CharField, TextField)) and not isinstance(veld, HtmlVeld)
    }
    gedrukt = {(pad.name, wat) for pad in BLADEN.rglob("*.html") for wat in ALS_HTML.findall(pad.read_text())}
    assert len(gedrukt) > 20
    for blad, wat in gedrukt:
        naam = wat.rpartition(".")[2]
        assert naam in schoon | EIGEN_WOORDEN, (blad, wat)
        if naam in ook_gewoon:
            assert {wat, f"{blad} {wat}"} & OOK_GEWOON, (
                f"{blad}: is {wat} the cleaned one of the fields with this name?"
            )


def test_every_form_but_few_has_a_token_against_forged_posts():
    """The hint about rights keeps nothing and needs no cookie (decision 11). Following by mail acts for nobody who is
    logged in: by the key in a link, or for an address that must confirm first (decision 33)."""
    apps_ = ("sociaalhuis", "plan", "loket", "participatie")
    vrij = [
        pad.name for app in apps_ for pad in (BLADEN.parent / app).rglob("*.py") if "csrf_exempt" in pad.read_text()
    ]
    assert sorted(vrij) == ["hint.py", "volgen.py", "volgen.py"]
