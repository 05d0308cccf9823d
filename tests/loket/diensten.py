"""Services for tests: `maak_dienst("Leefloon", kort="...")`, published and in the search."""

from django.utils.text import slugify

from loket.models import Dienst
from loket.zoek.index import indexeer


def maak_dienst(titel, *, bestuur, slug=None, themas=(), doelgroepen=(), gebieden=(), **velden):
    velden = {"beschrijving": f"<p>Alles over {titel.lower()}.</p>", "status": Dienst.Status.GEPUBLICEERD, **velden}
    dienst = Dienst.objects.create(titel=titel, slug=slug or slugify(titel), bestuur=bestuur, **velden)
    dienst.themas.set(themas)
    dienst.doelgroepen.set(doelgroepen)
    dienst.gebieden.set(gebieden)
    indexeer([dienst])
    return dienst
