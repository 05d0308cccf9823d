"""Who speaks for the organisations of the demo town next to the food bank's own account, what they say in their own
name, and an application refused."""

import uuid
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.utils import timezone

from participatie.acties.aanmelding import meld_aan, weiger
from participatie.acties.mandaatuitnodiging import nodig_uit
from participatie.acties.opmerking import schrijf
from participatie.models import Mandaat, Ronde
from sociaalhuis.models import Gebruiker, Organisatie, Thema
from sociaalhuis.rollen import COORDINATOR, ORGANISATIELID
from sociaalhuis.wilgenbeke.laad_huis import geef_wachtwoord
from sociaalhuis.wilgenbeke.lezen import lees


def laad(bron: Path) -> None:
    """Adds mandates, an invitation and a refused application of `vertegenwoordigers.toml` in the folder `bron`."""
    gegevens, nu = lees(bron / "vertegenwoordigers.toml"), timezone.now()
    organisaties = Organisatie.objects.in_bulk(field_name="code")
    groep = Group.objects.get(name=ORGANISATIELID)
    for rij in gegevens["mandaat"]:
        gebruiker = Gebruiker.objects.filter(email=rij["email"]).first()
        gebruiker = gebruiker or Gebruiker.objects.create_user(rij["email"], naam=rij["naam"])
        gebruiker.groups.add(groep)
        tot = rij.get("tot_over_dagen", -rij["tot_dagen_geleden"] if "tot_dagen_geleden" in rij else None)
        Mandaat.objects.create(
            gebruiker=gebruiker,
            organisatie=organisaties[rij["organisatie"]],
            rol=rij.get("rol", Mandaat.Rol.VERTEGENWOORDIGER),
            van=nu - timedelta(days=rij["van_dagen_geleden"]),
            tot=None if tot is None else nu + timedelta(days=tot),
        )
    geef_wachtwoord()
    for rij in gegevens["uitnodiging"]:
        nodig_uit(
            organisatie=organisaties[rij["organisatie"]],
            naam=rij["naam"],
            email=rij["email"],
            inzending=uuid.uuid4(),
            door=Gebruiker.objects.get(email=rij["door"]),
        )
    laad_geweigerd(gegevens["geweigerd"])
    laad_opmerkingen(gegevens["opmerking"], organisaties)


def laad_geweigerd(rij):
    """An application that was refused with a reason, and that the applicant may correct."""
    velden = ("naam", "soort", "omschrijving")
    aanmelding = meld_aan(
        gegevens={naam: rij[naam] for naam in velden} | {"themas": list(Thema.objects.filter(code__in=rij["themas"]))},
        contact_naam=rij["contact_naam"],
        contact_email=rij["contact_email"],
        inzending=uuid.uuid4(),
        op=timezone.now() - timedelta(days=9),
    )
    coordinator = Gebruiker.objects.filter(groups__name=COORDINATOR).first()
    weiger(aanmelding=aanmelding, door=coordinator, reden=rij["reden"], op=timezone.now() - timedelta(days=7))


def laad_opmerkingen(rijen, organisaties):
    """What representatives say in their own name in the open round."""
    ronde = Ronde.objects.open().first()
    for rij in rijen:
        organisatie = organisaties[rij["organisatie"]]
        eigen = ronde.inbrengen.openbaar().filter(organisatie=organisatie).order_by("pk")
        schrijf(
            ronde=ronde,
            organisatie=organisatie,
            inbreng=None if rij["bij"] == "ronde" else eigen[0],
            tekst=rij["tekst"],
            openbaar=rij["openbaar"],
            inzending=uuid.uuid4(),
            door=Gebruiker.objects.get(email=rij["van"]),
        )
