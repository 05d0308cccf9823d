"""Answering the questions of a round, and the shared draft of an organisation."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.inbreng import RondeGesloten, bewaar, met_code
from participatie.mag import Handeling, mag
from participatie.models import Formulier, Formulierantwoord, Formulierbestand, Formulierconcept, Inbreng, Mandaat
from participatie.staat import Ondertussen, ga_naar
from participatie.vraagsoorten import in_woorden
from sociaalhuis.keuring.opnieuw import Keuring
from sociaalhuis.models import Dossiersleutel, Organisatie

HANDELING = {Formulier.Fase.INBRENGEN: Handeling.INVULLEN, Formulier.Fase.WEGEN: Handeling.WEGEN}


class VragenVeranderd(Ondertussen):
    """Staff changed the questions since the page was made; nothing was written."""


class AlVerstuurd(Ondertussen):
    """The organisation already answered these questions, and who sends this did not see that; nothing was written."""


def geef_antwoorden(
    *,
    formulier,
    antwoorden,
    bestanden,
    organisatie=None,
    naam_publiek="",
    email="",
    kanaal=Inbreng.Kanaal.WEB,
    inzending,
    eerder="",
    teken="",
    door=None,
):
    """Keeps one input with its answers and sends the receipt; the same `inzending` again gives the same input.

    `antwoorden` is a dict of question to the value to keep, `bestanden` of question to a file that passed the gate. What
    was written in open questions also becomes the text of the input, so that it is read and answered like any other.
    An organisation has one voice: new answers take the place of those it sent before, when `eerder` is their reference, so
    that who sends them saw them. Raises RondeGesloten, VragenVeranderd, AlVerstuurd, and PermissionDenied without a mandate
    for the organisation.
    """
    if bestaand := Inbreng.objects.filter(inzending=inzending).first():
        return met_code(bestaand)
    ronde = formulier.ronde
    if not mag(HANDELING[formulier.fase], ronde=ronde, gebruiker=door):
        raise RondeGesloten("Deze ronde is gesloten. Je antwoorden zijn niet verstuurd.")
    if organisatie:
        _met_mandaat(organisatie, door)
    inbreng = Inbreng(
        ronde=ronde,
        organisatie=organisatie,
        ingediend_door=door if organisatie else None,
        naam_publiek="" if organisatie else naam_publiek,
        tekst=open_tekst(antwoorden),
        met_formulier=True,
        kanaal=kanaal,
        inzending=inzending,
        teken="" if organisatie else teken,
        staat=Inbreng.Staat.ZICHTBAAR if organisatie else Inbreng.Staat.INGEDIEND,
    )
    try:
        with transaction.atomic():
            vorige = _gezien(inbreng, formulier.fase, eerder) if organisatie else None
            bewaar(inbreng, "" if organisatie else email, door.email if organisatie else email)
            bewaar_antwoorden(inbreng, antwoorden, bestanden)
            if not Formulier.objects.filter(pk=formulier.pk, stand=formulier.stand).exists():
                raise VragenVeranderd("De vragen zijn intussen veranderd.")
            if organisatie:
                Formulierconcept.objects.filter(ronde=ronde, fase=formulier.fase, organisatie=organisatie).delete()
            if vorige:
                ga_naar(vorige, Inbreng.Staat.VERVANGEN, reden_verborgen="")
    except IntegrityError:
        bestaand = Inbreng.objects.filter(inzending=inzending).first()  # posted twice at the same moment
        if bestaand is None:
            raise
        return met_code(bestaand)
    return inbreng


def _gezien(inbreng, fase, eerder):
    """The input whose place these answers of an organisation take, or None; raises AlVerstuurd when it is not `eerder`."""
    vorige = vorige_antwoorden(inbreng, fase)
    if vorige and vorige.referentie != eerder:
        wie = vorige.ingediend_door or "Een collega"
        raise AlVerstuurd(f"{wie} verstuurde intussen de antwoorden van jullie organisatie.")
    return vorige


def laatst_verstuurd(*, ronde, fase, organisatie):
    """The input with the answers of an organisation that count now on the questions of a phase, or None."""
    ingevuld = Formulierantwoord.objects.filter(vraag__formulier__ronde=ronde, vraag__formulier__fase=fase)
    rijen = Inbreng.objects.filter(ronde=ronde, organisatie=organisatie, staat__in=Inbreng.STAAND)
    rijen = rijen.filter(met_formulier=True, pk__in=ingevuld.values("inbreng")).order_by("-ingediend_op", "-pk")
    return rijen.select_related("ingediend_door").defer("email").first()


def vorige_antwoorden(inbreng, fase):
    """What this organisation answered before, held together with the organisation, so two at once go one by one; or None."""
    Organisatie.objects.select_for_update(of=("self",), no_key=True).get(pk=inbreng.organisatie_id)
    vorige = laatst_verstuurd(ronde=inbreng.ronde, fase=fase, organisatie=inbreng.organisatie)
    if vorige is None:
        return None
    rijen = Inbreng.objects.select_for_update(of=("self",)).select_related("ingediend_door").defer("email")
    return rijen.get(pk=vorige.pk)


def open_tekst(antwoorden):
    """What was written in open questions, as the text of the input."""
    return "\n\n".join(f"{vraag.vraag}\n{waarde}" for vraag, waarde in antwoorden.items() if vraag.is_open_tekst)


def bewaar_antwoorden(inbreng, antwoorden, bestanden):
    """Keeps the answers of one input, and the files that came with them."""
    rijen = Formulierantwoord.objects.bulk_create(
        Formulierantwoord(inbreng=inbreng, vraag=vraag, waarde=waarde) for vraag, waarde in antwoorden.items()
    )
    for rij in rijen:
        if schoon := bestanden.get(rij.vraag):
            bestand = Formulierbestand(
                antwoord=rij,
                dossiersleutel=Dossiersleutel.objects.create(),
                soort=schoon.soort,
                keuring=Keuring.van(schoon),
            )
            bestand.naam = schoon.naam
            bestand.bewaar(schoon.inhoud)


def in_tekst(antwoorden):
    """The answers as text that somebody can copy."""
    return "\n\n".join(f"{vraag.vraag}\n{in_woorden(vraag, waarde)}" for vraag, waarde in antwoorden.items())


@transaction.atomic
def bewaar_concept(*, formulier, organisatie, gegevens, versie, door):
    """Keeps what was typed for the colleagues. `versie` is that of the draft the writer saw (0: none yet).

    Raises Ondertussen when a colleague saved another since, RondeGesloten, and PermissionDenied without a mandate.
    """
    _met_mandaat(organisatie, door)
    if not mag(HANDELING[formulier.fase], ronde=formulier.ronde, gebruiker=door):
        raise RondeGesloten("Deze ronde is gesloten. Je antwoorden zijn niet bewaard.")
    sleutel = {"ronde": formulier.ronde, "fase": formulier.fase, "organisatie": organisatie}
    concept, nieuw = Formulierconcept.objects.select_for_update(of=("self",)).get_or_create(
        **sleutel, defaults={"gegevens": gegevens, "door": door}
    )
    if nieuw:
        return concept
    controleer_versie(concept, versie)
    concept.gegevens, concept.door = gegevens, door
    concept.versie, concept.gewijzigd_op = concept.versie + 1, timezone.now()
    concept.save(update_fields=["gegevens", "door", "versie", "gewijzigd_op"])
    return concept


def controleer_versie(concept, versie):
    """Raises Ondertussen when the draft is another one than the writer saw."""
    if concept and concept.versie != versie:
        raise Ondertussen(
            f"{concept.door} bewaarde intussen andere antwoorden. Je ziet ze hierboven. Die van jou staan nog in het formulier."
        )


def antwoorden_als_gegevens(inbreng):
    """What was answered on the questions of a round, as plain data: [{"vraag", "antwoord"}]; a file by its own name."""
    rijen = sorted(inbreng.formulierantwoorden.all(), key=lambda rij: rij.vraag.nummer)
    return [
        {
            "vraag": rij.vraag.vraag,
            "antwoord": rij.bestand.naam if hasattr(rij, "bestand") else in_woorden(rij.vraag, rij.waarde),
        }
        for rij in rijen
    ]


def wis_antwoorden(inbreng):
    """Erases the words and files that were given on questions. What was ticked stays counted: it names nobody."""
    rijen = inbreng.formulierantwoorden.filter(vraag__soort__in=["kort", "lang", "bestand"])
    bestanden = list(Formulierbestand.objects.filter(antwoord__in=rijen).values_list("dossiersleutel", "plaats"))
    Dossiersleutel.objects.filter(pk__in=[sleutel for sleutel, _ in bestanden]).update(
        ingepakt=None, gewist_op=timezone.now()
    )
    rijen.delete()
    transaction.on_commit(lambda: [default_storage.delete(plaats) for _, plaats in bestanden])


def _met_mandaat(organisatie, door):
    if not (door and Mandaat.objects.van_gebruiker(door).filter(organisatie=organisatie).exists()):
        raise PermissionDenied
