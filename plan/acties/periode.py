"""Taking a plan along to the next period: a new plan with the parts that go on, linked to the old ones."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from plan.acties.alineas import volg_plan
from plan.models import Niveau, Onderdeel, Opvolging, Partnerschap, Pijler, Plan, Standwoord

MEE_VAN_PLAN = ("missie", "visie", "principes", "structuur")
INDELING = ("themas", "doelgroepen", "gebieden")
# what belongs to the old period and starts anew
OPNIEUW = {"commentaar", "evaluatie", "begin", "einde", "stand_toelichting", "stand_op", "stand_reden", "externe_code"}
EIGEN = {"id", "plan", "ouder", "niveau", "pad", "plek", "garantie", "stand", "voortgang"}


def met_wat_erboven_staat(plan, gekozen):
    """The chosen parts of a plan and all above them, the top first; without a choice every part."""
    delen = list(plan.onderdelen.select_related("niveau").prefetch_related(*INDELING))
    if gekozen is not None:
        sleutels = {deel.pk for deel in gekozen}
        if sleutels - {deel.pk for deel in delen}:
            raise ValidationError("Kies alleen onderdelen van dit plan.")
        houden = {boven for deel in delen if deel.pk in sleutels for boven in deel.pad}
        delen = [deel for deel in delen if deel.pk in houden]
    return sorted(delen, key=lambda deel: (len(deel.pad), deel.volgorde, deel.code))


@transaction.atomic
def kopieer_naar_periode(*, plan, slug, titel, beginjaar, eindjaar, door, onderdelen=None):
    """A new plan in preparation that goes on with this one; returns it.

    `onderdelen` are the parts that go on (None: all that were not stopped); what stands above them comes along. Codes,
    texts, groups, themes, areas, weights and own words are kept and partners are asked anew. States, dates, years, money and codes
    of the multi-year plan belong to the old period and stay there.
    Raises PermissionDenied for who may not add plans, ValidationError for a period that does not come after, an address
    that is taken, or a choice without parts.
    """
    if not door.has_perm("plan.add_plan"):
        raise PermissionDenied
    oud = Plan.objects.select_for_update().get(pk=plan.pk)
    nieuw = Plan(slug=slug, titel=titel, beginjaar=beginjaar, eindjaar=eindjaar)
    for veld in MEE_VAN_PLAN:
        setattr(nieuw, veld, getattr(oud, veld))
    nieuw.full_clean()
    if beginjaar <= oud.eindjaar:
        raise ValidationError({"beginjaar": f"De nieuwe periode begint na {oud.eindjaar}."})
    if onderdelen is None:
        onderdelen = oud.onderdelen.exclude(stand=Onderdeel.Stand.STOPGEZET)
    delen = met_wat_erboven_staat(oud, onderdelen)
    if not delen:
        raise ValidationError("Kies minstens een onderdeel.")
    nieuw.save()
    niveaus = {
        niveau.rang: kopie(niveau, {"id", "plan"}, plan=nieuw, model=Niveau) for niveau in oud.niveaus.order_by("rang")
    }
    for model in (Pijler, Standwoord):
        for rij in model.objects.filter(plan=oud):
            kopie(rij, {"id", "plan"}, plan=nieuw, model=model)
    kopieer_delen(delen, nieuw, niveaus)
    volg_plan(nieuw)
    return nieuw


def kopie(rij, buiten, *, model, **anders):
    """A saved new row with the columns of `rij`, but those in `buiten`; `anders` are columns with another value."""
    velden = {
        veld.attname: getattr(rij, veld.attname) for veld in model._meta.concrete_fields if veld.name not in buiten
    }
    return model.objects.create(**velden, **anders)


def kopieer_delen(delen, nieuw, niveaus):
    """Copies parts (the top first) into the new plan, linked to the old ones."""
    nieuwe, partners = {}, []
    for deel in delen:
        is_actie = deel.soort == Onderdeel.Soort.ACTIE
        nieuwe[deel.pk] = kopie(
            deel,
            EIGEN | OPNIEUW,
            model=Onderdeel,
            plan=nieuw,
            ouder=nieuwe.get(deel.ouder_id),
            niveau=niveaus.get(deel.niveau.rang) if deel.niveau else None,
            stand=Onderdeel.Stand.NIET_GESTART if is_actie else "",
            voortgang=0 if is_actie else None,
        )
        for naam in INDELING:
            getattr(nieuwe[deel.pk], naam).set(getattr(deel, naam).all())
    for rij in Partnerschap.objects.nu().filter(onderdeel__in=nieuwe):
        partners.append(
            Partnerschap(
                onderdeel=nieuwe[rij.onderdeel_id], organisatie_id=rij.organisatie_id, rol=rij.rol, wat=rij.wat
            )
        )
    Partnerschap.objects.bulk_create(partners)
    Opvolging.objects.bulk_create(Opvolging(oud_id=oud, nieuw=deel) for oud, deel in nieuwe.items())
