"""How fast answering is in a round of 2,000 inputs: `DEMO=1 manage.py meet_antwoorden`. Writes nothing that stays.

Fills a round of the demo town in one transaction, asks the pages of the desk and of everyone in this process, one after
the other, and takes all back. A page is asked BEURTEN times after two that do not count.
"""

import random
import statistics
import time
import uuid
from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import Client
from django.utils import timezone

from participatie.acties.antwoord import publiceer_antwoorden
from participatie.acties.samenvoegen import voeg_samen
from participatie.acties.toewijzen import verdeel
from participatie.models import Antwoord, Inbreng, Ronde
from participatie.reactienota import als_verslag
from plan.models import Onderdeel, Plan
from sociaalhuis.inzending import nieuwe_referentie
from sociaalhuis.models import Gebruiker, Huis
from sociaalhuis.rollen import COORDINATOR, PLANMEDEWERKER
from sociaalhuis.verslag.pdf import als_pdf
from sociaalhuis.verslag.rekenblad import als_xlsx

AANTAL, BEURTEN, GELIJK = 2000, 30, 40
WOORDEN = [
    "meer",
    "bankjes",
    "op",
    "het",
    "plein",
    "dokter",
    "bus",
    "stoep",
    "school",
    "rekening",
    "kamer",
    "huis",
    "dak",
    "lening",
    "opvang",
    "vroeg",
    "laat",
    "weekend",
    "brief",
    "taal",
    "buurt",
    "winkel",
    "koken",
    "eten",
    "warm",
    "geld",
    "werk",
    "kind",
    "moeder",
    "vader",
    "rollator",
    "halte",
    "fiets",
    "boek",
    "hulp",
    "samen",
    "altijd",
    "nooit",
]


class Command(BaseCommand):
    help = "Meet de werklijst, de antwoorden en de reactienota bij 2.000 inbrengen."

    def handle(self, *args, **options):
        with transaction.atomic():
            self.meet()
            transaction.set_rollback(True)

    def meet(self):
        coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
        ronde = vul(coordinator)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(coordinator)
        lijst, midden = (
            f"/participatie/beheer/rondes/{ronde.slug}/antwoorden/",
            ronde.inbrengen.order_by("pk")[AANTAL // 2],
        )
        self.pagina(client, "work list", lijst)
        self.pagina(client, "the same, page 20", f"{lijst}?pagina=20")
        self.pagina(client, "the same, filtered four ways", f"{lijst}?staat=zonder&deel=G4&wie=niemand&besluit=")
        self.pagina(
            client, "an input with its suggestions", f"/participatie/beheer/inbreng/{midden.pk}/antwoord/?staat=zonder"
        )
        self.duur("handing out all of it", lambda: verdeel(ronde))
        inbrengen = list(ronde.inbrengen.order_by("pk")[:GELIJK])
        self.duur(
            f"merging {GELIJK} inputs",
            lambda: voeg_samen(leidend=inbrengen[0], inbrengen=inbrengen[1:], door=coordinator),
        )
        beantwoord_alles(ronde, coordinator)
        self.duur("publishing all answers", lambda: publiceer_antwoorden(ronde=ronde, door=coordinator))
        ronde = Ronde.objects.select_related("plan").get(pk=ronde.pk)
        self.pagina(Client(), "page of an input", midden.get_absolute_url())
        self.duur("reactienota as xlsx", lambda: als_xlsx(als_verslag(ronde)))
        verslag, huis = als_verslag(ronde), Huis.objects.first()
        self.duur("reactienota as PDF/UA (the worker)", lambda: als_pdf(verslag, huis=huis.naam, op=timezone.now()))

    def pagina(self, client, naam, pad, beurten=BEURTEN):
        """Asks a page, and says the middle and the 95th percentile by the clock, and the processor of this process."""
        tijden, bezig = [], []
        for beurt in range(beurten + 2):
            begin, processor = time.perf_counter(), time.process_time()
            antwoord = client.get(pad)
            if antwoord.status_code != 200:
                raise RuntimeError(f"{pad}: {antwoord.status_code}")
            if beurt > 1:
                tijden.append((time.perf_counter() - begin) * 1000)
                bezig.append((time.process_time() - processor) * 1000)
        p95 = statistics.quantiles(tijden, n=20)[-1]
        midden, eigen = statistics.median(tijden), statistics.median(bezig)
        self.stdout.write(f"{naam}: {midden:.0f} ms, p95 {p95:.0f} ms, processor {eigen:.0f} ms")

    def duur(self, naam, doe):
        begin = time.perf_counter()
        doe()
        self.stdout.write(f"{naam}: {time.perf_counter() - begin:.2f} s")


def vul(door, aantal=AANTAL):
    """A closed round with so many inputs of citizens, each read by somebody."""
    nu, loting = timezone.now(), random.Random(5)  # noqa: S311 - figures, no secrets
    ronde = Ronde.objects.create(
        slug="meet-antwoorden", plan=Plan.objects.huidig(), titel="Meten", vraag="Wat moet eerst?", wie="Iedereen",
        opent_op=nu - timedelta(days=40), sluit_op=nu - timedelta(days=1), staat=Ronde.Staat.GEPUBLICEERD,
        antwoord_tegen=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    delen = list(Onderdeel.objects.filter(plan=ronde.plan, soort="actie"))
    Inbreng.objects.bulk_create(
        Inbreng(
            ronde=ronde, onderdeel=loting.choice([None, *delen]), tekst=" ".join(loting.choices(WOORDEN, k=45)),
            staat=Inbreng.Staat.ZICHTBAAR, beoordeeld_door=door, beoordeeld_op=nu, referentie=referentie,
            inzending=uuid.uuid4(),
        )
        for referentie in referenties(aantal)
    )  # fmt: skip
    return ronde


def referenties(aantal):
    """So many different references, sorted."""
    uit = set()
    while len(uit) < aantal:
        uit.add(nieuwe_referentie(timezone.now().year))
    return sorted(uit)


def beantwoord_alles(ronde, door):
    """Every input that follows no other gets an answer that was read."""
    lezer, nu = Gebruiker.objects.filter(groups__name=PLANMEDEWERKER).first(), timezone.now()
    Antwoord.objects.bulk_create(
        Antwoord(
            inbreng=inbreng, besluit="deels", reden="We doen dit deels, omdat er dit jaar geld is voor de helft. " * 3,
            wijziging="De actie start vroeger.", staat=Antwoord.Staat.NAGELEZEN, door=door, nagelezen_door=lezer,
            nagelezen_op=nu,
        )
        for inbreng in ronde.inbrengen.filter(samengevoegd=None)
    )  # fmt: skip
