"""How fast the pages of a round of 2,000 inputs are for everyone: `DEMO=1 manage.py meet_ronde`. Writes nothing that stays.

The round of `meet_antwoorden`, in which 200 inputs are standpoints of organisations, open and then answered. Every page is
asked in this process past the front cache, which answers most visits on the site. Inside the transaction nothing is kept per
public version either, so a page costs more here than there.
"""

import itertools
import random
import uuid
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from participatie.acties.antwoord import publiceer_antwoorden
from participatie.management.commands import meet_antwoorden
from participatie.management.commands.meet_antwoorden import AANTAL, WOORDEN, beantwoord_alles, referenties, vul
from participatie.models import Genodigde, Inbreng, Ronde, Steun
from plan.models import Alinea, Onderdeel
from sociaalhuis.models import Gebruiker, Organisatie
from sociaalhuis.rollen import COORDINATOR

STANDPUNTEN = AANTAL // 10
FILTERS = {
    "list, a word": "q=rollator",
    "list, a word that nobody used": "q=xqzwv",
    "list, one guarantee": "onderdeel=G1",
    "list, one action": "onderdeel=G1.1.a",
    "list, organisations": "wie=organisaties",
    "list, residents": "wie=inwoners",
    "list, typed in by staff": "wie=namens",
    "list, objections": "standpunt=bezwaar",
    "list, all at once": "q=e&onderdeel=G1&wie=organisaties&standpunt=bezwaar",
    "list, page 40": "pagina=40",
}


class Command(meet_antwoorden.Command):
    help = "Meet de openbare pagina's van een ronde met 2.000 inbrengen."

    def meet(self):
        coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
        ronde = vul(coordinator, AANTAL - STANDPUNTEN)
        alinea = vul_aan(ronde, coordinator)
        tijden = {"opent_op": ronde.opent_op, "sluit_op": ronde.sluit_op, "antwoord_tegen": ronde.antwoord_tegen}
        Ronde.objects.filter(pk=ronde.pk).update(sluit_op=timezone.now() + timedelta(days=5))
        self.alle(ronde, alinea, "open: ")
        Ronde.objects.filter(pk=ronde.pk).update(**tijden)
        beantwoord_alles(ronde, coordinator)
        ronde.refresh_from_db()
        publiceer_antwoorden(ronde=ronde, door=coordinator)
        self.alle(ronde, alinea, "answered: ")
        for naam, staart in {"draagvlak": "draagvlak/", "draagvlak as xlsx": "draagvlak.xlsx"}.items():
            self.pagina(Client(headers={"host": "127.0.0.1"}), naam, f"{ronde.get_absolute_url()}{staart}")
        nota = f"{ronde.get_absolute_url()}reactienota"
        self.pagina(Client(headers={"host": "127.0.0.1"}), "reactienota, the page", f"{nota}/", beurten=5)
        self.pagina(Client(headers={"host": "127.0.0.1"}), "reactienota as xlsx", f"{nota}.xlsx", beurten=5)

    def alle(self, ronde, alinea, voor):
        client, adres = Client(headers={"host": "127.0.0.1"}), ronde.get_absolute_url()
        self.pagina(client, f"{voor}all rounds", "/participatie/")
        self.pagina(client, f"{voor}the round", adres)
        for naam, vraag in {**FILTERS, "list, one paragraph": f"alinea={alinea}"}.items():
            self.pagina(client, f"{voor}{naam}", f"{adres}?{vraag}")
        self.pagina(client, f"{voor}its text, the parts", f"{adres}tekst/")
        self.pagina(client, f"{voor}its text, one guarantee", f"{adres}tekst/G1/")
        self.pagina(client, f"{voor}open data, JSON", f"{adres}inbreng.json")
        self.pagina(client, f"{voor}open data, CSV", f"{adres}inbreng.csv")


def vul_aan(ronde, door):
    """Adds STANDPUNTEN inputs of organisations, an invitation to each organisation, reactions on one paragraph and support.

    Returns the key of that paragraph.
    """
    nu, loting = timezone.now(), random.Random(6)  # noqa: S311 - figures, no secrets
    organisaties = list(Organisatie.objects.exclude(erkend_op=None))
    delen = list(Onderdeel.objects.filter(plan=ronde.plan, soort__in=["garantie", "actie"]))
    paren = loting.sample(list(itertools.product(organisaties, delen)), STANDPUNTEN - 20)
    soorten = [soort for soort, _ in Inbreng.Standpunt.choices]
    alinea = Alinea.objects.filter(plan=ronde.plan, vervallen_op=None, onderdeel__soort="actie").first()
    vast = {"ronde": ronde, "staat": Inbreng.Staat.ZICHTBAAR, "beoordeeld_door": door, "beoordeeld_op": nu}
    namen = iter(referenties(STANDPUNTEN))

    def rij(**velden):
        return Inbreng(
            tekst=" ".join(loting.choices(WOORDEN, k=45)),
            referentie=next(namen),
            inzending=uuid.uuid4(),
            **vast,
            **velden,
        )

    rijen = [
        rij(organisatie=wie, onderdeel=deel, standpunt=loting.choice(soorten), ingediend_door=door)
        for wie, deel in paren
    ]
    over = {"alinea": alinea, "onderdeel": alinea.onderdeel, "alinea_tekst": "Zo stond het er."}
    rijen += [rij(**over, voorstel="Zo schrijven wij het.") for _ in range(20)]
    Inbreng.objects.bulk_create(rijen)
    Genodigde.objects.bulk_create(Genodigde(ronde=ronde, organisatie=wie, door=door) for wie in organisaties)
    Steun.objects.bulk_create(Steun(inbreng=inbreng) for inbreng in loting.choices(rijen, k=1000))
    return alinea.sleutel
