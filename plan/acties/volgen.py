"""Telling what changes in a plan: the messages, and the mails to who asked for them.

Jobs of the worker, each in one transaction (`sociaalhuis.periodiek`): killed halfway nothing of it stays, and a mail is put
in the outbox together with what says that it was. A subscription begins with a link in the mailbox and ends with one click.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from plan import momentopname
from plan.burgertaal import per_deel, zin
from plan.models import Abonnement, Besluit, Planbericht, Volgstand
from plan.models.plan import Plan
from plan.models.versie import als_tekst
from plan.verschil import vergelijk
from sociaalhuis.begrenzing import telt
from sociaalhuis.inzending import hmac_van, nieuwe_referentie
from sociaalhuis.models import Dossiersleutel, Huis, PubliekeVersie
from sociaalhuis.post.brief import stuur_brief
from sociaalhuis.post.uit import zet_klaar

VANAF_UUR = 7  # nobody gets news in the night
LANGST_WACHTEN = timedelta(minutes=10)  # while people go on changing things
MEEST = 25  # sentences in one mail
MAILS_PER_ADRES = 3  # links to confirm that one address gets in a day
NIET_BEVESTIGD = timedelta(days=7)
NIEUWS = """Dag,

Dit veranderde er in het plan dat je volgt.

{nieuws}

Lees meer:
{adres}

Wil je dit niet meer krijgen? Stop hier, met één klik:
{stop}

Heb je een vraag? Bel {telefoon} of mail naar {email}.

{huis}
"""


# --- messages -------------------------------------------------------------------------------------


def paden(inhoud):
    """{key of a part: keys from the top down to it} of a snapshot."""
    ouders = {rij["sleutel"]: rij["ouder"] for rij in inhoud["onderdelen"]}
    uit = {}
    for sleutel in ouders:
        pad, nu = [], sleutel
        while nu is not None:
            pad.insert(0, nu)
            nu = ouders.get(nu)
        uit[sleutel] = pad
    return uit


@transaction.atomic
def schrijf_berichten(plan, op):
    """Compares a plan with how it last was and writes what changed; gives the number of messages. The first time none."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    stand = Volgstand.objects.filter(plan=plan).first()
    tekst = als_tekst(momentopname.neem(plan))
    if stand and stand.tekst == tekst:
        return 0
    berichten = berichten_tussen(plan, json.loads(stand.tekst), json.loads(tekst), op) if stand else []
    Planbericht.objects.bulk_create(berichten)
    Volgstand.objects.update_or_create(plan=plan, defaults={"tekst": tekst, "op": op})
    return len(berichten)


def berichten_tussen(plan, oud, nieuw, op):
    """Unsaved messages of what differs between two snapshots of a plan."""
    verschil = vergelijk(oud, nieuw)
    pad = paden(oud) | paden(nieuw)
    verteld = per_deel(verschil)
    if deel := verschil.plan:
        wat = ", ".join(veld.label.lower() for veld in deel.velden)
        verteld.append((deel, [zin(f"De tekst van het plan zelf is aangepast: {wat}.", deel)]))
    return [
        Planbericht(
            plan=plan,
            onderdeel=deel.sleutel if deel.sleutel in pad and deel.soort != "indicator" else None,
            pad=pad_van(deel, pad),
            code=deel.code,
            titel=deel.titel,
            tekst="\n".join(een.tekst for een in zinnen),
            waarom=next((een.waarom for een in zinnen if een.waarom), ""),
            op=op,
        )
        for deel, zinnen in verteld
    ]


def pad_van(deel, paden_):
    """The keys of a part and of what stands above it; of an indicator those of all parts that it tells about."""
    if deel.soort != "indicator":
        return paden_.get(deel.sleutel, [])
    rij = deel.nieuw or deel.oud
    return sorted({sleutel for onderdeel in rij["onderdelen"] for sleutel in paden_.get(onderdeel, [])})


class Berichtenmaker:
    """A job that comes back every minute: writes what changed once nothing public changed for a minute.

    So who corrects a text three times in a row tells it once; who goes on for long is told of after ten minutes.
    """

    def __init__(self):
        self.gezien = self.vorig = ""
        self.wacht_sinds = None

    def __call__(self, nu):
        nummer = PubliekeVersie.objects.values_list("nummer", flat=True).first()
        if nummer == self.gezien:
            return
        rustig = nummer == self.vorig or not self.gezien  # the first time of a process, nobody knows since when
        self.vorig, self.wacht_sinds = nummer, self.wacht_sinds or nu
        if rustig or nu - self.wacht_sinds >= LANGST_WACHTEN:
            for plan in Plan.objects.openbaar():
                schrijf_berichten(plan, nu)
            self.gezien, self.wacht_sinds = nummer, None


def zet_waarom(plan, onderdeel, waarom):
    """A reason that is written after its change was told: the messages about it since the last announcement say it too."""
    laatste = plan.versies.filter(stap=Besluit.Stap.BEKENDMAKING).aggregate(op=Max("op"))["op"]
    berichten = Planbericht.objects.filter(plan=plan, onderdeel=onderdeel)
    (berichten.filter(op__gt=laatste) if laatste else berichten).update(waarom=waarom)


# --- subscriptions --------------------------------------------------------------------------------


def vingerafdruk(email):
    """A keyed fingerprint of an address: the same for the same address, and nobody can go back."""
    return hmac_van("abonnement", email.strip().lower().encode())[:16].hex()


@transaction.atomic
def abonneer(*, plan, onderdeel, email, elke, door=None):
    """Keeps an address that still has to confirm, and mails it the link; the same again keeps one and mails the link again."""
    wie = vingerafdruk(email)
    Plan.objects.select_for_update().get(pk=plan.pk)  # twice at once: one after the other
    rij = Abonnement.objects.filter(plan=plan, onderdeel=onderdeel, wie=wie).first()
    if rij is None:
        rij = Abonnement.objects.create(
            plan=plan,
            onderdeel=onderdeel,
            wie=wie,
            elke=elke,
            referentie=nieuwe_referentie(),
            dossiersleutel=Dossiersleutel.objects.create(),
            email=email,
        )
    elif rij.bevestigd_op is None and rij.elke != elke:
        rij.elke = elke
        rij.save(update_fields=["elke"])
    if telt(f"abonnement-mail:{wie}", timedelta(days=1), MAILS_PER_ADRES):
        stuur_brief(
            sleutel=f"abonnement-{rij.pk}-bevestig-{timezone.now():%Y%m%d%H%M%S}",
            aan=email,
            dossiersleutel=rij.dossiersleutel,
            onderwerp="Bevestig je e-mailadres",
            tekst="Iemand vroeg om nieuws op dit adres. Was jij dat? Bevestig het hier. Was jij het niet, dan hoef je niets te doen:",
            pad=reverse("plan:volgen_bevestig", args=[rij.referentie, rij.sleutel]),
        )
    return rij


@transaction.atomic
def bevestig(*, abonnement, door=None):
    """From now on there is news, of what changes from now on. A second time changes nothing."""
    rij = Abonnement.objects.select_for_update(of=("self",)).get(pk=abonnement.pk)
    if rij.bevestigd_op is None:
        rij.bevestigd_op = timezone.now()
        rij.gezien = Planbericht.objects.filter(plan=rij.plan_id).aggregate(laatste=Max("pk"))["laatste"] or 0
        rij.save(update_fields=["bevestigd_op", "gezien"])
    return rij


@transaction.atomic
def stop(*, abonnement, door=None):
    """Nothing of it stays: the row, its key, and the mails that were addressed with it."""
    rij = Abonnement.objects.select_for_update(of=("self",)).get(pk=abonnement.pk)
    sleutel = rij.dossiersleutel_id
    rij.delete()
    Dossiersleutel.objects.get(pk=sleutel).delete()  # takes the mails in the outbox along


# --- mails ----------------------------------------------------------------------------------------


def verstuur_nieuws(nu):
    """Mails everyone who confirmed and whose turn it is what changed since the last mail; nothing when nothing did."""
    plaatselijk = timezone.localtime(nu)
    if plaatselijk.hour < VANAF_UUR:
        return
    vandaag = plaatselijk.date()
    rijen = Abonnement.objects.filter(bevestigd_op__isnull=False, plan__in=Plan.objects.openbaar())
    laatste = dict(Planbericht.objects.order_by().values_list("plan").annotate(Max("pk")))
    for rij in rijen.select_related("plan", "onderdeel__plan", "onderdeel__garantie", "dossiersleutel").order_by("pk"):
        rust = timedelta(days=1 if rij.elke == Abonnement.Elke.DAG else 7)
        if laatste.get(rij.plan_id, 0) > rij.gezien and (rij.laatst_op is None or rij.laatst_op + rust <= vandaag):
            _mail(rij, vandaag)


def _mail(rij, vandaag):
    berichten = list(Planbericht.objects.filter(plan=rij.plan, pk__gt=rij.gezien).over(rij.onderdeel).order_by("pk"))
    if not berichten:
        return
    huis = Huis.objects.get()
    stop_hier = settings.SITE_URL + reverse("plan:volgen_stop", args=[rij.referentie, rij.sleutel])
    zet_klaar(
        sleutel=f"abonnement-{rij.pk}-{berichten[-1].pk}",
        aan=rij.email,
        dossiersleutel=rij.dossiersleutel,
        onderwerp="Nieuws over het plan",
        tekst=NIEUWS.format(
            nieuws=in_woorden(berichten),
            adres=settings.SITE_URL + reverse("plan:nieuws", args=[rij.plan.slug]),
            stop=stop_hier,
            telefoon=huis.telefoon,
            email=huis.email,
            huis=huis.naam,
        ),
        afmelden=stop_hier,
    )
    rij.gezien, rij.laatst_op = berichten[-1].pk, vandaag
    rij.save(update_fields=["gezien", "laatst_op"])


def in_woorden(berichten):
    """The sentences of messages as a list in plain text, with why; the rest is counted."""
    regels = [
        f"- {bericht.tekst.replace(chr(10), ' ')}" + (f" Waarom? {bericht.waarom}" if bericht.waarom else "")
        for bericht in berichten[:MEEST]
    ]
    rest = len(berichten) - MEEST
    return "\n".join([*regels, *([f"- En nog {rest} andere wijzigingen."] if rest > 0 else [])])
