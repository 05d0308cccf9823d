"""Telling what changes in a plan: the messages, and the mails to who asked for them.

Jobs of the worker, each in one transaction (`sociaalhuis.periodiek`): killed halfway nothing of it stays, and a mail is put
in the outbox together with what says that it was. A subscription begins with a link in the mailbox and ends with one click.
"""

import json
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from plan import momentopname
from plan.burgertaal import per_deel, zin
from plan.models import Abonnement, Besluit, Planbericht, Volgstand
from plan.models.plan import Plan
from plan.models.versie import als_tekst
from plan.verschil import vergelijk
from sociaalhuis.models import PubliekeVersie
from sociaalhuis.volgen import verbs as volgen

LANGST_WACHTEN = timedelta(minutes=10)  # while people go on changing things


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


@transaction.atomic
def abonneer(*, plan, onderdeel, email, elke, door=None):
    """Keeps an address that still has to confirm, for a part of a plan (None: the whole plan), and mails it the link."""
    Plan.objects.select_for_update().get(pk=plan.pk)  # twice at once: one after the other
    return volgen.vraag_aan(
        Abonnement.objects,
        email=email,
        elke=elke,
        bevestigen=lambda rij: reverse("plan:volgen_bevestig", args=[rij.referentie, rij.sleutel]),
        plan=plan,
        onderdeel=onderdeel,
    )


def bevestig(*, abonnement, door=None):
    """From now on there is news, of what changes from now on. A second time changes nothing."""
    return volgen.bevestig(
        abonnement=abonnement, berichten=Planbericht.objects.filter(plan=abonnement.plan_id), door=door
    )


# --- mails ----------------------------------------------------------------------------------------


def verstuur_nieuws(nu):
    """Mails everyone who confirmed and whose turn it is what changed since the last mail; nothing when nothing did."""
    rijen = Abonnement.objects.filter(plan__in=Plan.objects.openbaar())
    laatste = dict(Planbericht.objects.order_by().values_list("plan").annotate(Max("pk")))
    for rij in volgen.aan_de_beurt(rijen.select_related("plan", "onderdeel__plan", "onderdeel__garantie"), nu):
        if laatste.get(rij.plan_id, 0) > rij.gezien:
            _mail(rij, nu)


def _mail(rij, nu):
    berichten = list(Planbericht.objects.filter(plan=rij.plan, pk__gt=rij.gezien).over(rij.onderdeel).order_by("pk"))
    if berichten:
        volgen.mail_nieuws(
            rij,
            laatste=berichten[-1].pk,
            zinnen=[in_een_zin(bericht) for bericht in berichten],
            onderwerp="Nieuws over het plan",
            aanhef="Dit veranderde er in het plan dat je volgt.",
            pad=reverse("plan:nieuws", args=[rij.plan.slug]),
            stoppad=reverse("plan:volgen_stop", args=[rij.referentie, rij.sleutel]),
            nu=nu,
        )


def in_een_zin(bericht):
    """The sentences of a message on one line, with why."""
    return bericht.tekst.replace("\n", " ") + (f" Waarom? {bericht.waarom}" if bericht.waarom else "")
