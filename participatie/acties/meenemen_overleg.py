"""What participation has of one organisation around its meetings and its advice: to take along, and to erase."""

from django.utils import timezone

from participatie.acties.inschrijving import meld_af
from participatie.models import Advies, Adviesraad, Inschrijving, Overleguitnodiging, Verslagregel
from sociaalhuis.meenemen import Bezit, Lot, registreer, tel
from sociaalhuis.models import Dossiersleutel, UitgaandeMail

# --- meetings ----------------------------------------------------------------------------------------


def inschrijvingen(organisatie):
    """The registrations in the name of this organisation, or by who speaks for it."""
    rijen = Inschrijving.objects.filter(organisatie=organisatie).select_related(
        "overleg", "dossiersleutel", "gebruiker"
    )
    return rijen.order_by("overleg__begin", "pk")


def overleg(organisatie):
    uitgenodigd = Overleguitnodiging.objects.filter(organisatie=organisatie).select_related("overleg")
    return [
        {"overleg": rij.overleg.titel, "dag": rij.overleg.begin, "wat": "uitgenodigd", "met hoeveel": ""}
        for rij in uitgenodigd.order_by("overleg__begin", "pk")
    ] + [
        {
            "overleg": rij.overleg.titel,
            "dag": rij.overleg.begin,
            "wat": rij.get_staat_display().lower(),
            "met hoeveel": rij.aantal,
        }
        for rij in inschrijvingen(organisatie)
    ]


def wis_overleg(organisatie):
    """Places at meetings that come are free again; of those that were, how many came stays, without a name."""
    nu = timezone.now()
    for rij in inschrijvingen(organisatie):
        if rij.staat != Inschrijving.Staat.AFGEMELD and not rij.overleg.is_begonnen:
            meld_af(inschrijving=rij)
    sleutels = list(inschrijvingen(organisatie).exclude(dossiersleutel=None).values_list("dossiersleutel", flat=True))
    UitgaandeMail.objects.filter(dossiersleutel__in=sleutels).delete()
    Dossiersleutel.objects.filter(pk__in=sleutels, gewist_op=None).update(ingepakt=None, gewist_op=nu)
    Overleguitnodiging.objects.filter(organisatie=organisatie, overleg__begin__gt=nu).delete()


registreer(
    Bezit(
        naam="overleg",
        rang=80,
        titel="Jullie overleg",
        rijen=overleg,
        lot=lambda organisatie: Lot(
            tel(inschrijvingen(organisatie).count(), "inschrijving voor overleg", "inschrijvingen voor overleg"),
            ["Verslagen van overleg die goedgekeurd zijn: wat er gezegd en beslist is."],
        ),
        wis=wis_overleg,
    )
)
registreer(
    Bezit(
        naam="taken",
        rang=85,
        titel="Taken die jullie op een overleg kregen",
        rijen=lambda organisatie: [
            {
                "overleg": rij.agendapunt.overleg.titel,
                "taak": rij.tekst,
                "tegen": rij.tegen,
                "klaar op": rij.klaar_op,
            }
            for rij in Verslagregel.objects.taken().filter(wie_organisatie=organisatie).voor_lijst()
        ],
    )
)

# --- advice ------------------------------------------------------------------------------------------


def adviezen(organisatie):
    return Advies.objects.filter(adviesraad__organisatie=organisatie).order_by("begonnen_op", "pk")


registreer(
    Bezit(
        naam="adviezen",
        rang=90,
        titel="Jullie advies",
        rijen=lambda organisatie: [
            {
                "referentie": rij.referentie,
                "titel": rij.titel,
                "staat": rij.get_staat_display(),
                "tekst": rij.tekst,
                "uitslag": rij.get_uitslag_display(),
                "standpunt van de minderheid": rij.minderheid,
                "vergadering": rij.zitting_op,
                "stemmen voor, tegen, onthoudingen": [rij.stemmen_voor, rij.stemmen_tegen, rij.onthoudingen],
                "onze reactie": rij.antwoord,
            }
            for rij in adviezen(organisatie)
        ],
        beletsel=lambda organisatie: (
            "De gemeenteraad richtte jullie op als adviesraad. Alleen de gemeenteraad heft een adviesraad op."
            if Adviesraad.objects.filter(organisatie=organisatie).exists()
            else ""
        ),
    )
)
