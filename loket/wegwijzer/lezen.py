"""What the public pages of the signpost show, kept under the version of everything public."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from loket.models import Dienst, Levensgebeurtenis, Voorwaarde
from loket.wegwijzer.boom import boom_van
from sociaalhuis.versie import bij_versie


@dataclass(frozen=True)
class Weg:
    """A life event with the tree that is walked."""

    slug: str
    titel: str
    kort: str
    thema: str
    nood: bool
    boom: dict


@bij_versie
def gebeurtenissen(nummer):
    """The life events that are on the site, in their order. Call with `versie.van(request)`."""
    return list(Levensgebeurtenis.objects.gepubliceerd().only("slug", "titel", "kort", "picto"))


@bij_versie
def weg_op_de_site(nummer, slug):
    """The `Weg` as it was published, or None."""
    gebeurtenis = Levensgebeurtenis.objects.gepubliceerd().select_related("thema").filter(slug=slug).first()
    return _weg(gebeurtenis, gebeurtenis.boom) if gebeurtenis else None


def weg_in_ontwerp(slug):
    """The `Weg` as staff have it now, or None."""
    gebeurtenis = Levensgebeurtenis.objects.select_related("thema").filter(slug=slug).first()
    return _weg(gebeurtenis, boom_van(gebeurtenis)) if gebeurtenis else None


def _weg(rij, boom):
    return Weg(rij.slug, rij.titel, rij.kort, rij.thema.code if rij.thema else "", rij.nood, boom)


@bij_versie
def diensten_van(nummer, pks):
    """The published services among these keys (a tuple), in this order; `heeft_hint` says whether a hint can be asked."""
    hint = Voorwaarde.objects.filter(dienst=OuterRef("pk")).exclude(vraag="")
    rijen = Dienst.objects.gepubliceerd().select_related("bestuur", "aanbieder").annotate(heeft_hint=Exists(hint))
    gevonden = rijen.in_bulk(pks)
    return [gevonden[pk] for pk in pks if pk in gevonden]
