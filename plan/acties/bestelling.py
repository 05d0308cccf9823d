"""A citizen asks for a copy of the plan; the coordinator sends it and the name and address go away.

On paper at once; a digital copy goes by mail, so its address stays until that had time to leave: `plan.acties.bewaren`.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from plan.models import Bestelling, Uitvoer
from sociaalhuis.models import Dossiersleutel, Huis, UitgaandeMail
from sociaalhuis.post.uit import zet_klaar

AAN_COORDINATOR = """Dag,

Iemand vraagt een exemplaar van het plan. Kenmerk: {kenmerk}.

Meld je aan en kijk in de lijst van bestellingen:
{adres}

{huis}
"""
AAN_BESTELLER = """Dag,

We kregen je vraag om een exemplaar van het plan. Je kenmerk is {kenmerk}. We sturen het je binnen 10 werkdagen.

Kan je niet wachten? Je leest het hele plan hier:
{adres}

Heb je een vraag? Bel {telefoon} of mail naar {email}.

{huis}
"""
VERSTUURD = """Dag,

Je exemplaar van het plan staat klaar (kenmerk {kenmerk}). Je kan het als PDF lezen, bewaren en afdrukken:
{adres}

Heb je een vraag? Bel {telefoon} of mail naar {email}.

{huis}
"""


def _mail(bestelling, soort, aan, onderwerp, tekst, pad):
    """To the coordinator, or to who ordered: then the address is ciphertext under the key of the order."""
    huis = Huis.objects.get()
    zet_klaar(
        sleutel=f"bestelling-{bestelling.pk}-{soort}",
        aan=aan,
        dossiersleutel=bestelling.dossiersleutel if soort != "nieuw" else None,
        onderwerp=onderwerp,
        tekst=tekst.format(
            kenmerk=bestelling.kenmerk,
            adres=settings.SITE_URL + pad,
            huis=huis.naam,
            telefoon=huis.telefoon,
            email=huis.email,
        ),
    )


@transaction.atomic
def bestel(*, plan, inzending, vorm, naam, email="", adres="", aantal=1, door=None):
    """Keeps the order and writes the mails. The same `inzending` (UUID of the form) again gives the same order."""
    bestaand = Bestelling.objects.filter(inzending=inzending).first()
    if bestaand:
        return bestaand
    bestelling = Bestelling(
        plan=plan,
        inzending=inzending,
        vorm=vorm,
        aantal=aantal,
        dossiersleutel=Dossiersleutel.objects.create(),
        naam=naam,
        email=email or None,
        adres=adres or None,
    )
    bestelling.save()
    huis = Huis.objects.get()
    _mail(
        bestelling,
        "nieuw",
        huis.coordinator_email or huis.email,
        f"Nieuwe bestelling {bestelling.kenmerk}",
        AAN_COORDINATOR,
        reverse("admin:plan_bestelling_changelist"),
    )
    if email:
        _mail(
            bestelling,
            "ontvangen",
            email,
            f"We kregen je vraag ({bestelling.kenmerk})",
            AAN_BESTELLER,
            plan.get_absolute_url(),
        )
    return bestelling


@transaction.atomic
def handel_af(*, bestelling, door):
    """The copy left: on paper the key of the name and address is erased for good; a digital one goes by mail now.

    What was erased already, because nobody sent it for so long, is only marked as done.
    """
    bestelling = Bestelling.objects.zichtbaar_voor(door).select_for_update(of=("self",)).get(pk=bestelling.pk)
    if not door.has_perm("plan.change_bestelling"):
        raise PermissionDenied
    if bestelling.afgehandeld_op:
        return bestelling
    if bestelling.vorm == Bestelling.Vorm.PAPIER:
        UitgaandeMail.objects.filter(dossiersleutel=bestelling.dossiersleutel).delete()
        bestelling.dossiersleutel.wis()
    elif bestelling.dossiersleutel.gewist_op is None:
        _mail(
            bestelling,
            "verstuurd",
            bestelling.email,
            f"Je exemplaar staat klaar ({bestelling.kenmerk})",
            VERSTUURD,
            reverse("plan:uitvoer", args=[bestelling.plan.slug, Uitvoer.Vorm.PDF]),
        )
    bestelling.afgehandeld_op = timezone.now()
    bestelling.save(update_fields=["afgehandeld_op"])
    return bestelling
