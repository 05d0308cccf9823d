"""Erasing the words of one input, of a citizen or of an organisation; an answer that is out stays."""

import pgtrigger
from django.utils import timezone

from participatie.acties.reactienotas import vergeet_notas
from participatie.acties.vragen import wis_antwoorden
from participatie.models import Inbreng, Inbrengdeel
from participatie.staat import ga_naar
from sociaalhuis.acties.geschiedenis import wis_geschiedenis
from sociaalhuis.models import Dossiersleutel, UitgaandeMail

GEWISTE_WOORDEN = "Deze woorden zijn gewist."


def wis_woorden(rij, trek_in=True):
    """Erases words, files, name, address and code of an input that is held, also where an answer quotes them.

    What has no answer yet is taken back, unless `trek_in` is False. Does nothing a second time; gives whether it erased.
    """
    if rij.gewist_op:
        return False
    beantwoord = rij.ronde.antwoorden_zichtbaar and rij.staat == Inbreng.Staat.ZICHTBAAR
    if trek_in and not beantwoord and Inbreng.Staat.INGETROKKEN in rij.OVERGANGEN[rij.staat]:
        ga_naar(rij, Inbreng.Staat.INGETROKKEN, reden_verborgen="")
    sleutel = rij.dossiersleutel_id
    wis_antwoorden(rij)
    Inbreng.objects.filter(pk=rij.pk).update(
        tekst="",
        voorstel="",
        naam_publiek="",
        email=None,
        dossiersleutel=None,
        code_zoekdeel="",
        code_hash="",
        gewist_op=timezone.now(),
    )
    if sleutel:
        UitgaandeMail.objects.filter(dossiersleutel=sleutel).delete()
        Dossiersleutel.objects.filter(pk=sleutel).update(ingepakt=None, gewist_op=timezone.now())
    Inbrengdeel.objects.filter(inbreng=rij.pk).update(citaat=GEWISTE_WOORDEN)
    geciteerd = Inbrengdeel.pgh_event_model.objects.filter(inbreng=rij.pk)  # points that were made otherwise too
    with pgtrigger.ignore():
        wis_geschiedenis(Inbrengdeel, set(geciteerd.values_list("pgh_obj_id", flat=True)))
    vergeet_notas(rij.ronde)
    return True
