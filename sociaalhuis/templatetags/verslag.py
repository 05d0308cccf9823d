"""{% verslagtabel tabel %}: one table of a report on a page."""

from django import template

register = template.Library()


@register.inclusion_tag("onderdelen/_verslagtabel.html")
def verslagtabel(tabel):
    """A `sociaalhuis.verslag.model.Tabel` as HTML, with its bars when it has them."""
    soorten = ["getal" if kolom.is_cijfer else "" for kolom in tabel.kolommen]
    staven = tabel.staven is not None
    rijen = [list(zip(soorten, rij, strict=True)) for rij in tabel.getoond()]
    return {
        "tabel": tabel,
        "leeg": tabel.leeg,
        "rijen": list(zip(rijen, tabel.breedtes() if staven else [0] * len(rijen), strict=True)),
        "totaal": list(zip(soorten, tabel.rij_getoond(tabel.totaal), strict=True)) if tabel.totaal else [],
        "staven": staven,
        "breed": len(soorten) + staven,
    }
