"""Every part with all its columns, what it is linked to, and its paragraphs."""

from django.db.models import Prefetch

from plan.models import Onderdeel, Partnerschap
from plan.momentopname.velden import alineas_van, kolommen, naamloos

MODELLEN = (Onderdeel, Partnerschap)
BUITEN = {"id", "plan", "ouder", "pad", "plek", "garantie", "niveau"}  # told as `sleutel`, `ouder` and `niveaunaam`


def neem(plan, binnen=None):
    """List of parts in the order of the booklet: of the whole plan, or one part and all below it.

    `sleutel` is the identity of a part between versions, `ouder` the one above it. A new column or a new plain link of
    `Onderdeel` comes along by itself.
    """
    koppelingen = [veld.name for veld in Onderdeel._meta.many_to_many if veld.name != "partners"]
    partners = Partnerschap.objects.nu().select_related("organisatie").order_by("organisatie__code")
    delen = (
        Onderdeel.objects.filter(plan=plan)
        .select_related("niveau", "trekker_organisatie")
        .prefetch_related(
            *koppelingen, "bbc_codes__bestuur", Prefetch("partnerschappen", queryset=partners, to_attr="partners_nu")
        )
        .in_volgorde()
    )
    delen = delen.onder(binnen) if binnen else delen
    alineas = alineas_van(plan)
    return [
        {
            "sleutel": deel.pk,
            "ouder": deel.ouder_id,
            "niveaunaam": deel.niveaunaam,
            **kolommen(deel, BUITEN),
            "koppelingen": {
                **{
                    naam: sorted((naamloos(rij) for rij in getattr(deel, naam).all()), key=lambda rij: rij["code"])
                    for naam in koppelingen
                },
                "partners": [partner_van(rij) for rij in deel.partners_nu],
            },
            "alineas": alineas.get(deel.pk, []),
        }
        for deel in delen
    ]


def partner_van(rij):
    """A partner as code and name, with its role and what it does; not who confirmed it."""
    return {**naamloos(rij.organisatie), "rol": rij.rol, "wat": rij.wat, "tot": rij.tot and rij.tot.isoformat()}
