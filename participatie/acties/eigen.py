"""What a citizen does with the own input, behind the receipt code: take back, change the name, take along, erase.

Only the row itself comes in: whoever calls has shown the code (`participatie.views.opvolgen`).
"""

from django.db import transaction

from participatie.acties.vragen import antwoorden_als_gegevens
from participatie.acties.woorden import wis_woorden
from participatie.models import Inbreng
from participatie.staat import MagNiet, ga_naar
from sociaalhuis.templatetags.huis import moment


def eigen(pk, met_adres=False):
    """The input of a citizen with what was added to it, oldest first: [Inbreng]; [] when it is not there.

    `met_adres` reads the e-mail as well, which no page needs.
    """
    if pk is None:
        return []
    rijen = Inbreng.objects.filter(organisatie=None).voor_lijst()
    if met_adres:
        rijen = rijen.defer(None).select_related("dossiersleutel")
    return list(rijen.filter(pk=pk)) + list(rijen.filter(vult_aan=pk).order_by("ingediend_op", "pk"))


@transaction.atomic
def trek_in(*, inbreng):
    """Takes an input from the page. Not after its answer is out: then it can still be erased. Raises MagNiet."""
    inbreng = _op_slot(inbreng)
    if inbreng.ronde.antwoorden_zichtbaar:
        raise MagNiet("Ons antwoord staat al online. Intrekken kan niet meer, je woorden wissen wel.")
    return ga_naar(inbreng, Inbreng.Staat.INGETROKKEN, reden_verborgen="")


@transaction.atomic
def wijzig_naam(*, inbreng, naam):
    """Another name with the input, or none. A new name is read first; until then a shown input is not shown."""
    inbreng = _op_slot(inbreng)
    if inbreng.gewist_op or inbreng.staat not in Inbreng.STAAND:
        raise MagNiet("Deze inbreng staat niet meer op de website.")
    if naam == inbreng.naam_publiek:
        return inbreng
    inbreng.naam_publiek = naam
    inbreng.save(update_fields=["naam_publiek"])
    if naam and inbreng.staat == Inbreng.Staat.ZICHTBAAR:
        if inbreng.ronde.antwoorden_zichtbaar:
            raise MagNiet("Ons antwoord staat al online. Een nieuwe naam kan niet meer. Je naam weghalen kan wel.")
        ga_naar(inbreng, Inbreng.Staat.INGEDIEND)
    return inbreng


@transaction.atomic
def wis(*, inbreng):
    """Erases all that one citizen gave: words, name, address and code, of the input and what was added to it.

    An answer that is out stays, as everyone may read what was decided; the words it was about are gone. What has no
    answer yet is taken back. Gives how many inputs were erased.
    """
    aanvullingen = Inbreng.objects.filter(vult_aan=inbreng.pk).select_related("ronde").select_for_update(of=("self",))
    return sum(wis_woorden(rij) for rij in [_op_slot(inbreng), *aanvullingen])


def als_gegevens(inbrengen):
    """All that is kept about one citizen, as plain data for a file: what was given, and what was done with it."""
    return [
        {
            "referentie": rij.referentie,
            "ronde": rij.ronde.titel,
            "over": rij.over,
            "alinea": rij.alinea_tekst,
            "je tekst": rij.tekst,
            "je voorstel": rij.voorstel,
            "je antwoorden op onze vragen": antwoorden_als_gegevens(rij),
            "naam op de website": rij.naam_publiek,
            "e-mailadres": rij.email or "",
            "hoe we het kregen": rij.get_kanaal_display(),
            "gegeven op": moment(rij.ingediend_op),
            "toestand": rij.get_staat_display(),
            "waarom niet getoond": rij.reden_verborgen,
            "waarom te laat toch aanvaard": rij.reden_laat,
            "antwoord": _antwoord(rij),
        }
        for rij in inbrengen
    ]


def _antwoord(inbreng):
    if not inbreng.antwoord_openbaar:
        return None
    antwoord = inbreng.antwoord_openbaar
    return {"besluit": antwoord.get_besluit_display(), "reden": antwoord.reden, "wijziging": antwoord.wijziging}


def _op_slot(inbreng):
    return Inbreng.objects.select_related("ronde").select_for_update(of=("self",)).get(pk=inbreng.pk, organisatie=None)
