"""Staff type in what came on paper, by phone, at the counter or in a conversation with a group.

Counted apart from what people sent themselves (`Inbreng.ingevoerd_door`). When it was received counts, not when it was
typed in: a form that was handed in before the round closed is not late.
"""

from datetime import datetime, time

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from participatie.acties.inbreng import Woorden, met_code, vervang_standpunt
from participatie.acties.vragen import VragenVeranderd, bewaar_antwoorden, open_tekst, vorige_antwoorden
from participatie.mag import Handeling, mag, waarom_niet
from participatie.models import Formulier, Groepsgesprek, Inbreng
from participatie.staat import MagNiet
from sociaalhuis import ontvangst
from sociaalhuis.models import Dossiersleutel

HOE = ("kanaal", "ontvangen_op", "organisatie", "naam_publiek", "email", "inzending", "door")
GELIJK = 0.85  # share of words in common from which two inputs look like the same one


def voer_in(*, ronde, **gegevens):
    """Keeps one input that staff typed in: how it came (`_bewaar`) and the words of `Woorden`; gives the input.

    A citizen gets a receipt code (`.code`) to give along. What the coordinator types in was read by the coordinator and
    shows at once; what others type in waits to be read. The same `inzending` gives the same again. Raises MagNiet.
    """
    hoe = {naam: gegevens.pop(naam) for naam in HOE if naam in gegevens}
    return _bewaar(ronde=ronde, velden=Woorden(**gegevens).velden, tot=ronde.sluit_op, **hoe)


def voer_blad_in(*, formulier, antwoorden, bestanden, **hoe):
    """Keeps a sheet with answers as one input, counted with the version of the questions that was on the paper.

    `antwoorden` and `bestanden` as in `geef_antwoorden`; nothing is required, because paper cannot be asked again. It
    is late when it came after the step in which these questions were asked. Raises MagNiet, and VragenVeranderd when
    the questions are not those of the page any more. An organisation answers once: what it sent itself is not replaced.
    """

    def erbij(inbreng):
        if inbreng.organisatie_id and (vorige := vorige_antwoorden(inbreng, formulier.fase)):
            raise MagNiet(
                f"{inbreng.organisatie.naam} antwoordde al op deze vragen: {vorige.referentie}. "
                "Zegt het papier iets anders? Vraag aan de organisatie wat telt."
            )
        bewaar_antwoorden(inbreng, antwoorden, bestanden)
        if not Formulier.objects.filter(pk=formulier.pk, stand=formulier.stand).exists():
            raise VragenVeranderd("De vragen zijn intussen veranderd.")

    stap = next((fase.tot for fase in formulier.ronde.tijdlijn if fase.soort == formulier.fase), None)
    velden = {"tekst": open_tekst(antwoorden), "met_formulier": True}
    return _bewaar(ronde=formulier.ronde, velden=velden, tot=stap or formulier.ronde.sluit_op, erbij=erbij, **hoe)


@transaction.atomic
def _bewaar(
    *,
    ronde,
    velden,
    tot,
    kanaal,
    ontvangen_op,
    organisatie=None,
    naam_publiek="",
    email="",
    inzending,
    door,
    erbij=lambda inbreng: None,
):
    """One typed input with these columns, and `erbij` what belongs to it; after the day of `tot` it came too late."""
    bestaand = Inbreng.objects.filter(inzending=inzending).first()
    if bestaand:
        return met_code(bestaand)
    _mag(ronde, door)
    if ontvangen_op > timezone.localdate():
        raise MagNiet("De dag van ontvangst ligt in de toekomst. Kijk de datum na.")
    inbreng = Inbreng(
        ronde=ronde,
        kanaal=kanaal,
        organisatie=organisatie,
        naam_publiek="" if organisatie else naam_publiek,
        ingevoerd_door=door,
        ingediend_op=_moment(ontvangen_op),
        inzending=inzending,
        **_staat(tot, ontvangen_op, organisatie, door),
        **velden,
    )
    if not organisatie:
        code = ontvangst.code_bij(inzending)
        inbreng.code_zoekdeel, inbreng.code_hash = ontvangst.zoekdeel(code), ontvangst.hash_van(code)
        if email:
            inbreng.dossiersleutel, inbreng.email = Dossiersleutel.objects.create(), email
    try:
        with transaction.atomic():
            vervang_standpunt(inbreng)
            inbreng.save()
            erbij(inbreng)
    except IntegrityError:
        inbreng = Inbreng.objects.get(inzending=inzending)  # sent twice at the same moment
    return met_code(inbreng)


@transaction.atomic
def noteer_gesprek(*, ronde, datum, plaats, aantal, geleid_door, punten, door):
    """One conversation with a group; each of `punten` (part, paragraph, words) becomes an input that tells how many they were.

    The same place on the same day is the same conversation: raises MagNiet, as for a day that has yet to come.
    """
    _mag(ronde, door)
    if datum > timezone.localdate():
        raise MagNiet("Het gesprek ligt in de toekomst. Kijk de datum na.")
    if not punten:
        raise MagNiet("Schrijf minstens één punt uit het gesprek.")
    try:
        with transaction.atomic():
            gesprek = Groepsgesprek.objects.create(
                ronde=ronde, datum=datum, plaats=plaats, aantal=aantal, geleid_door=geleid_door, ingevoerd_door=door
            )
    except IntegrityError as fout:
        raise MagNiet("Van dit gesprek op deze plaats en deze dag staan de punten er al.") from fout
    for onderdeel, gekozen, tekst in punten:
        Inbreng.objects.create(
            ronde=ronde,
            kanaal=Inbreng.Kanaal.GROEP,
            groepsgesprek=gesprek,
            groepsgrootte=aantal,
            ingevoerd_door=door,
            ingediend_op=_moment(datum),
            **_staat(ronde.sluit_op, datum, None, door),
            **Woorden(tekst=tekst, onderdeel=onderdeel, gekozen=gekozen).velden,
        )
    return gesprek


def dubbels(ronde, tekst, behalve=None):
    """Inputs of this round that say nearly the same, at most three: someone may have sent it and handed it in as well."""
    gezocht = _woordenset(tekst)
    if len(gezocht) < 3:
        return []
    gevonden = []
    rijen = ronde.inbrengen.filter(staat__in=Inbreng.STAAND).exclude(inzending=behalve).order_by("-pk")
    for pk, ander in rijen.values_list("pk", "tekst"):
        anders = _woordenset(ander)
        if anders and len(gezocht & anders) / len(gezocht | anders) >= GELIJK:
            gevonden.append(pk)
        if len(gevonden) == 3:
            break
    return list(Inbreng.objects.filter(pk__in=gevonden).voor_lijst())


def _woordenset(tekst):
    return {woord.strip(".,;:!?\"'()").casefold() for woord in tekst.split()} - {""}


def _mag(ronde, door):
    if not door.has_perm("participatie.add_inbreng"):
        raise PermissionDenied
    if not mag(Handeling.NAMENS, ronde=ronde, gebruiker=door):
        raise MagNiet(waarom_niet(Handeling.NAMENS, ronde))


def _moment(dag):
    """Noon of that day, or now when that is earlier."""
    return min(timezone.make_aware(datetime.combine(dag, time(12))), timezone.now())


def _staat(tot, dag, organisatie, door):
    if dag > timezone.localdate(tot):
        return {"staat": Inbreng.Staat.TE_LAAT}
    if organisatie:
        return {"staat": Inbreng.Staat.ZICHTBAAR}
    if door.has_perm("participatie.change_inbreng"):
        return {"staat": Inbreng.Staat.ZICHTBAAR, "beoordeeld_door": door, "beoordeeld_op": timezone.now()}
    return {"staat": Inbreng.Staat.INGEDIEND}
