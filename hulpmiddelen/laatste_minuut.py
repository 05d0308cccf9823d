"""`make laatste-minuut`: two hundred people send their input in the last minute of a round, all at once.

Starts a PostgreSQL and a web server of its own on 127.0.0.1 with the demo town, and lets its open round close within the
minute. 200 different inputs are posted, 40 at a time and each of them twice, as somebody does who taps twice; every other one
answers the questions of the round and brings a photo. They go on being sent until the round is closed, and a handful after
that. At the end:

- every acknowledged input is in the database exactly once, with its photo, and opens with the code of its receipt;
- nothing is in the database that was not acknowledged;
- who came after the end got the own words back, and nothing of it was kept.

`AANTAL=20` makes it smaller. Exit code 1 when that is not so.
"""

import html
import io
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

from django.core import signing
from PIL import Image

from hulpmiddelen.crash import CODE, Web, rijen
from hulpmiddelen.devpg import CHECKOUT, DATABASE, POORT, Server
from sociaalhuis import ontvangst
from sociaalhuis.inzending import ZOUT

AANTAL = int(os.environ.get("AANTAL", "200"))
TEGELIJK, NA = 40, 5  # posts at the same moment; inputs that come after the end
OPEN = 60.0  # seconds that the round stays open
MERK = "laatste minuut"
SLUIT = f"""
from datetime import timedelta
from django.utils import timezone
from participatie.acties.vragenlijst import vul_formulier
from participatie.models import Formulier, Ronde
ronde = Ronde.objects.open().first()
ronde.sluit_op = timezone.now() + timedelta(seconds={OPEN})
ronde.save()
vorig = Formulier.objects.huidig(ronde, "inbrengen")
formulier = Formulier.objects.create(ronde=ronde, fase="inbrengen", nummer=vorig.nummer + 1)
vul_formulier(formulier, [{{"soort": "lang", "vraag": "Wat mis je?"}}, {{"soort": "bestand", "vraag": "Een foto?"}}], None)
print(formulier.merk, *(vraag.veldnaam for vraag in formulier.vragen.order_by("nummer")))
"""
GEGEVEN = f"""
    SELECT replace(i.tekst, E'Wat mis je?\n', ''), i.code_hash, count(b.id) FROM participatie_inbreng i
    LEFT JOIN participatie_formulierantwoord a ON a.inbreng_id = i.id
    LEFT JOIN participatie_formulierbestand b ON b.antwoord_id = a.id
    WHERE i.tekst LIKE '%{MERK} %' GROUP BY i.id
"""


class Deelnemers:
    """Who posts, and what they saw."""

    def __init__(self, web, vragen):
        self.web, self.vragen, self.slot = web, vragen, threading.Lock()
        self.codes, self.duren, self.statussen = {}, [], Counter()

    def stuur(self, nummer):
        """One input twice at the same moment; the receipts must be the same."""
        tekst = f"{MERK} {nummer}: meer 'banken' & <bomen>"
        met_vragen = nummer % 2
        verzending = self.vragen.ingevuld(tekst) if met_vragen else formulier(tekst)
        with ThreadPoolExecutor(2) as handen:
            antwoorden = list(handen.map(lambda _: self._post(tekst, *verzending), range(2)))
        with self.slot:
            self.codes[tekst] = {code for code in antwoorden if code}

    def _post(self, tekst, *verzending):
        while True:
            begin = time.monotonic()
            try:
                status, _, pagina = self.web.post(*verzending)
            except (OSError, HTTPException):
                status, pagina = "line broken", ""
            with self.slot:
                self.statussen[status] += 1
                self.duren.append(time.monotonic() - begin)
            if status in (200, 409):
                break
            time.sleep(0.05)
        if status == 409 and tekst not in html.unescape(pagina):
            with self.slot:
                self.statussen["409 without the words"] += 1
        code = CODE.search(pagina)
        return code[1] if status == 200 and code else ""


def bewijs():
    return signing.dumps([uuid.uuid4().hex, int(time.time()) - 60], salt=ZOUT)


def formulier(tekst):
    """What `Web.post` takes for the plain form."""
    return ({"bewijs": bewijs(), "onderdeel": "", "tekst": tekst, "naam_publiek": ""},)


class Vragen:
    """The questions of the round: an open one and a file."""

    def __init__(self, slug, merk, open_vraag, bestand):
        self.pad, self.merk, self.open_vraag, self.bestand = (
            f"/participatie/rondes/{slug}/vragen/",
            merk,
            open_vraag,
            bestand,
        )
        inhoud = io.BytesIO()
        Image.new("RGB", (640, 480), "teal").save(inhoud, "PNG")
        self.foto = inhoud.getvalue()

    def ingevuld(self, tekst):
        """What `Web.post` takes for the questions, with a photo."""
        return {"bewijs": bewijs(), "merk": self.merk, self.open_vraag: tekst}, self.pad, {self.bestand: self.foto}


def speel(web, server):
    """Everything from an empty database to the list of what is not so."""
    opdrachten = (["migrate"], ["laad_wilgenbeke"], ["collectstatic", "--noinput"])
    for opdracht in opdrachten:
        subprocess.run([sys.executable, "manage.py", *opdracht, "--verbosity=0"], cwd=CHECKOUT, check=True)
    ((slug,),) = rijen(server, "SELECT slug FROM participatie_ronde WHERE staat = 'gepubliceerd' AND sluit_op > now()")
    web.pad = f"/participatie/rondes/{slug}/inbreng/"
    web.start()
    web.wacht()
    opdracht = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SLUIT]
    gemaakt = subprocess.run(opdracht, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    vragen = Vragen(slug, *gemaakt.split())
    mensen, begin = Deelnemers(web, vragen), time.monotonic()
    with ThreadPoolExecutor(TEGELIJK // 2) as poort:
        list(poort.map(mensen.stuur, range(AANTAL)))
    duur = time.monotonic() - begin
    time.sleep(max(0.0, OPEN - duur) + 0.5)
    te_laat = Deelnemers(web, vragen)
    for nummer in range(AANTAL, AANTAL + NA):
        te_laat.stuur(nummer)
    duren = sorted(mensen.duren)
    print(f"{AANTAL} inputs, each posted twice, {TEGELIJK} at a time, in {duur:.1f} s: p50 {duren[len(duren) // 2] * 1000:.0f} ms,"
          f" p95 {duren[int(len(duren) * 0.95)] * 1000:.0f} ms; answers {dict(mensen.statussen)}")  # fmt: skip
    return controleer(mensen, te_laat, rijen(server, GEGEVEN))


def controleer(mensen, te_laat, bewaard):
    """What was acknowledged against what is kept; gives what is not so, as sentences."""
    keren, hashes = Counter(tekst for tekst, _, _ in bewaard), {tekst: hash_ for tekst, hash_, _ in bewaard}
    fotos = sum(aantal for _, _, aantal in bewaard)
    met_vragen = {tekst for tekst in keren if int(tekst.split()[2].rstrip(":")) % 2}
    bevestigd = {tekst: codes for tekst, codes in mensen.codes.items() if codes}
    fouten = [f"{len(codes)} codes for one input" for codes in bevestigd.values() if len(codes) > 1]
    fouten += [f"{tekst} is there {keren[tekst]} times" for tekst in bevestigd if keren[tekst] != 1]
    fouten += [f"{tekst} was never acknowledged" for tekst in keren if tekst not in bevestigd]
    fouten += [
        f"the code of {tekst} does not open it"
        for tekst, codes in bevestigd.items()
        if not ontvangst.klopt(next(iter(codes)).replace("-", ""), hashes.get(tekst, ""))
    ]
    fouten += [
        f"{tekst} has {aantal} photos" for tekst, _, aantal in bewaard if aantal != (1 if tekst in met_vragen else 0)
    ]
    if any(te_laat.codes.values()) or set(te_laat.statussen) != {409}:
        fouten.append(f"after the end: {dict(te_laat.statussen)}")
    print(
        f"acknowledged {len(bevestigd)}, kept {len(bewaard)} with {fotos} photos; after the end {dict(te_laat.statussen)}"
    )
    return fouten


def main():
    with tempfile.TemporaryDirectory(prefix="minuut-") as map_:
        Path(map_).chmod(0o711)
        server = Server(Path(map_, "data"))
        server.start()
        os.environ.update(
            DEMO="1",
            DATAMAP=map_,
            DJANGO_SETTINGS_MODULE="sociaalhuis.settings",
            DATABASE_URL=f"postgresql://postgres@/{DATABASE}?host={server.socketmap}&port={POORT}",
        )
        web = Web(dict(os.environ), Path(map_, "web.log"))
        try:
            fouten = speel(web, server)
            if fouten:
                print(f"The web server said last:\n{web.staart()}")
        finally:
            if web.proces:
                web.dood()
            server.stop()
    for fout in fouten[:20]:
        print(f"NOT SO: {fout}")
    return 1 if fouten else 0


if __name__ == "__main__":
    sys.exit(main())
