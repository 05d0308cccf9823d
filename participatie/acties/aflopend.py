"""Organisations whose last aanspreekpunt stops soon: who they are, and a reminder a month and a week before.

The clock ends a mandate whatever anyone does, so the organisation hears it in time, and staff sees it too.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from participatie.models import Mandaat, Mandaatherinnering
from sociaalhuis.post.brief import stuur_brief

VOORAF = (30, 7)  # days
HET_STOPT = (
    "Binnenkort stopt het laatste aanspreekpunt van je organisatie. Duid op tijd iemand anders aan. Dat doe je hier:"
)


def aflopend(nu=None, organisatie=None):
    """The mandates (with their organisation) after which nobody is aanspreekpunt, that end within a month; one query.

    Who is aanspreekpunt without an end, or will be one, makes that there is no last one.
    """
    nu = nu or timezone.now()
    rijen = Mandaat.objects.lopend_of_gepland(nu).filter(
        rol=Mandaat.Rol.AANSPREEKPUNT, organisatie__erkend_op__isnull=False, gebruiker__is_active=True
    )
    if organisatie:
        rijen = rijen.filter(organisatie=organisatie)
    per_organisatie = {}
    for rij in rijen.select_related("organisatie", "gebruiker").order_by("pk"):
        per_organisatie.setdefault(rij.organisatie_id, []).append(rij)
    laatste = [
        max(mandaten, key=lambda rij: rij.tot)
        for mandaten in per_organisatie.values()
        if all(rij.tot for rij in mandaten)
    ]
    return sorted((rij for rij in laatste if rij.tot <= nu + timedelta(days=max(VOORAF))), key=lambda rij: rij.tot)


def herinner(nu):
    """Mails who speaks for such an organisation, once for each moment; gives how many mails. Late is the nearest one."""
    verstuurd = 0
    for mandaat in aflopend(nu):
        dagen = min(dag for dag in VOORAF if mandaat.tot <= nu + timedelta(days=dag))
        rij, nieuw = Mandaatherinnering.objects.get_or_create(
            mandaat=mandaat, tot=mandaat.tot, dagen=dagen, defaults={"aantal": 0, "op": nu}
        )
        if nieuw:
            sprekers = Mandaat.objects.actief(nu).filter(organisatie=mandaat.organisatie_id).select_related("gebruiker")
            rij.aantal = sum(_mail(rij, spreker.gebruiker) for spreker in sprekers.order_by("pk"))
            rij.save(update_fields=["aantal"])
            verstuurd += rij.aantal
    return verstuurd


def _mail(herinnering, gebruiker):
    return stuur_brief(
        sleutel=f"mandaat-loopt-af-{herinnering.pk}-{gebruiker.pk}",
        aan=gebruiker.email,
        onderwerp="Er stopt binnenkort iets",
        tekst=HET_STOPT,
        pad=reverse("participatie:mijn"),
    )
