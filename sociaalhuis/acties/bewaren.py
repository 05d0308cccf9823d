"""How long the outbox remembers that a mail left."""

from django.db.models import Max, Min

from sociaalhuis.bewaren import Bewaarsoort, Gewist, registreer
from sociaalhuis.models import UitgaandeMail
from sociaalhuis.post.werker import BEWAAR_OPGEGEVEN, BEWAAR_VERZONDEN

Staat = UitgaandeMail.Staat


def _wis(rijen, begin):
    geteld = rijen.aggregate(eerste=Min(begin), laatste=Max(begin))
    return Gewist(rijen.delete()[0], **geteld)


def wis_verzonden(nu):
    return _wis(
        UitgaandeMail.objects.filter(staat=Staat.VERZONDEN, verzonden_op__lte=nu - BEWAAR_VERZONDEN), "verzonden_op"
    )


def wis_opgegeven(nu):
    return _wis(
        UitgaandeMail.objects.filter(staat=Staat.OPGEGEVEN, gemaakt_op__lte=nu - BEWAAR_OPGEGEVEN), "gemaakt_op"
    )


registreer(
    Bewaarsoort(
        code="post-verzonden",
        naam="Mails die vertrokken zijn (aan wie en wanneer)",
        termijn=BEWAAR_VERZONDEN,
        vanaf="nadat de mail vertrok",
        grond="Nodig om te weten of een mail aankwam, daarna niet meer (artikel 5 van de AVG)",
        wis=wis_verzonden,
    )
)
registreer(
    Bewaarsoort(
        code="post-opgegeven",
        naam="Mails die niet aankwamen",
        termijn=BEWAAR_OPGEGEVEN,
        vanaf="nadat de mail geschreven is",
        grond="Nodig om te weten wie we niet bereikten, daarna niet meer (artikel 5 van de AVG)",
        wis=wis_opgegeven,
    )
)
