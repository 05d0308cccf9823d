"""Keeping who wants news, and mailing it. An address begins with a link in the mailbox and ends with one click.

Mailing is a job of the worker in one transaction (`sociaalhuis.periodiek`): killed halfway nothing of it stays, and a mail
is put in the outbox together with what says that it was.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from sociaalhuis.begrenzing import telt
from sociaalhuis.bewaren import Gewist
from sociaalhuis.inzending import hmac_van, nieuwe_referentie
from sociaalhuis.models import Dossiersleutel, Huis
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.post.uit import zet_klaar

VANAF_UUR = 7  # nobody gets news in the night
MEEST = 25  # sentences in one mail
MAILS_PER_ADRES = 3  # links to confirm that one address gets in a day
NIET_BEVESTIGD = timedelta(days=7)
NIEUWS = """Dag,

{aanhef}

{nieuws}

Lees meer:
{adres}

Wil je dit niet meer krijgen? Stop hier, met één klik:
{stop}

Heb je een vraag? Bel {telefoon} of mail naar {email}.

{huis}
"""


def vingerafdruk(email):
    """A keyed fingerprint of an address: the same for the same address, and nobody can go back."""
    return hmac_van("abonnement", email.strip().lower().encode())[:16].hex()


def vraag_aan(rijen, *, email, elke, bevestigen, **waarvan):
    """Keeps an address that still has to confirm and mails it the link; the same again keeps one, and mails again.

    `rijen` is the manager of an `Abonnee`, `waarvan` the fields that say of what, `bevestigen` a function that gives the
    path of the link to confirm. The caller holds what `waarvan` points at, so that twice at once is one after the other.
    """
    wie = vingerafdruk(email)
    rij = rijen.filter(wie=wie, **waarvan).first()
    if rij is None:
        rij = rijen.create(
            wie=wie,
            elke=elke,
            referentie=nieuwe_referentie(),
            dossiersleutel=Dossiersleutel.objects.create(),
            email=email,
            **waarvan,
        )
    elif rij.bevestigd_op is None and rij.elke != elke:
        rij.elke = elke
        rij.save(update_fields=["elke"])
    if telt(f"abonnement-mail:{wie}", timedelta(days=1), MAILS_PER_ADRES):
        stuur_brief(
            sleutel=f"{rij.SOORT}-{rij.pk}-bevestig-{timezone.now():%Y%m%d%H%M%S}",
            aan=email,
            dossiersleutel=rij.dossiersleutel,
            onderwerp="Bevestig je e-mailadres",
            tekst="Iemand vroeg om nieuws op dit adres. Was jij dat? Bevestig het hier. Was jij het niet, dan hoef je niets te doen:",
            pad=bevestigen(rij),
        )
    return rij


@transaction.atomic
def bevestig(*, abonnement, berichten, door=None):
    """From now on there is news, of what comes after the last of `berichten`. A second time changes nothing."""
    rij = type(abonnement).objects.select_for_update(of=("self",)).get(pk=abonnement.pk)
    if rij.bevestigd_op is None:
        rij.bevestigd_op = timezone.now()
        rij.gezien = berichten.aggregate(laatste=Max("pk"))["laatste"] or 0
        rij.save(update_fields=["bevestigd_op", "gezien"])
    return rij


@transaction.atomic
def stop(*, abonnement, door=None):
    """Nothing of it stays: the row, its key, and the mails that were addressed with it."""
    rij = type(abonnement).objects.select_for_update(of=("self",)).get(pk=abonnement.pk)
    sleutel = rij.dossiersleutel_id
    rij.delete()
    Dossiersleutel.objects.get(pk=sleutel).delete()  # takes the mails in the outbox along


def aan_de_beurt(rijen, nu):
    """Who confirmed and may get a mail at this moment, in order; nobody in the night."""
    plaatselijk = timezone.localtime(nu)
    if plaatselijk.hour < VANAF_UUR:
        return
    for rij in rijen.filter(bevestigd_op__isnull=False).select_related("dossiersleutel").order_by("pk"):
        rust = timedelta(days=1 if rij.elke == rij.Elke.DAG else 7)
        if rij.laatst_op is None or rij.laatst_op + rust <= plaatselijk.date():
            yield rij


def mail_nieuws(rij, *, laatste, zinnen, onderwerp, aanhef, pad, stoppad, nu):
    """One mail with sentences that anyone may read. `laatste` is the key of the last message told in it."""
    huis = Huis.objects.get()
    stop_hier = settings.SITE_URL + stoppad
    zet_klaar(
        sleutel=f"{rij.SOORT}-{rij.pk}-{laatste}",
        aan=rij.email,
        dossiersleutel=rij.dossiersleutel,
        onderwerp=onderwerp,
        tekst=NIEUWS.format(
            aanhef=aanhef,
            nieuws=als_lijst(zinnen),
            adres=settings.SITE_URL + pad,
            stop=stop_hier,
            telefoon=huis.telefoon,
            email=huis.email,
            huis=huis.naam,
        ),
        afmelden=stop_hier,
    )
    rij.gezien, rij.laatst_op = laatste, timezone.localdate(nu)
    rij.save(update_fields=["gezien", "laatst_op"])


def als_lijst(zinnen):
    """Sentences as a list in plain text; what is too much for one mail is counted."""
    rest = len(zinnen) - MEEST
    return "\n".join([f"- {zin}" for zin in zinnen[:MEEST]] + ([f"- En nog {rest} andere."] if rest > 0 else []))


def wis(rijen):
    """Deletes whole rows with their keys and mails: nothing of a subscription need stay."""
    geteld = rijen.order_by().aggregate(eerste=Min("gemaakt_op"), laatste=Max("gemaakt_op"))
    sleutels = list(rijen.values_list("dossiersleutel", flat=True))
    rijen.delete()
    Dossiersleutel.objects.filter(pk__in=sleutels).delete()
    return Gewist(len(sleutels), **geteld)
