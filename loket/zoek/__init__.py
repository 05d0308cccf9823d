"""Search over the catalogue. `zoek(vraag)` finds services, best first."""

from loket.models import Dienst


def zoek(vraag, hoogstens=20):
    """Published services for what someone typed, best first: a list of at most `hoogstens`."""
    return list(Dienst.objects.gepubliceerd().filter(titel__icontains=vraag.replace("\x00", "")[:200])[:hoogstens])
