"""Mail that came in: the list with what became of each, one mail as it was sent, and what staff do with the rest."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from loket.acties import mailin
from loket.acties.inzage import lees
from loket.models import Ingekomenmail, Inzage, MagNiet, Postbus, Vraag
from loket.views.werkbank import aan_de_balie
from sociaalhuis.rollen import TEAMVERANTWOORDELIJKE
from sociaalhuis.toegang import alleen_rol

PER_PAGINA = 25
Staat = Ingekomenmail.Staat
# list -> (name, states)
LIJSTEN = {
    "kijk-na": ("Kijk na", [Staat.MISLUKT, Staat.ONTVANGEN]),
    "niet-voor-ons": ("Niet voor ons", [Staat.GENEGEERD]),
    "verwerkt": ("Verwerkt", [Staat.VERWERKT]),
}
alleen_verantwoordelijken = alleen_rol(TEAMVERANTWOORDELIJKE)


@require_safe
@never_cache
@alleen_verantwoordelijken
def mails(request):
    """What came in at the mailboxes of own teams, without a word of what the mails say."""
    naam = request.GET.get("lijst") if request.GET.get("lijst") in LIJSTEN else "kijk-na"
    zichtbaar = Ingekomenmail.objects.zichtbaar_voor(request.user)
    rijen = zichtbaar.filter(staat__in=LIJSTEN[naam][1]).zonder_inhoud().select_related("team", "vraag")
    pagina = Paginator(rijen, PER_PAGINA).get_page(request.GET.get("pagina"))
    pagina.bladwijzers = pagina.paginator.get_elided_page_range(pagina.number)
    geteld = zichtbaar.tellingen()
    return render(
        request,
        "loket/werkbank_mails.html",
        {
            "pagina": pagina,
            "lijst": naam,
            "titel": LIJSTEN[naam][0],
            "lijsten": [(code, kop, sum(geteld[s] for s in staten)) for code, (kop, staten) in LIJSTEN.items()],
            "postbussen": Postbus.objects.filter(team__in=request.user.teams.all()).select_related("team"),
        },
    )


@require_safe
@never_cache
@aan_de_balie
@transaction.atomic
def mail(request, pk):
    """One mail as it was sent. Reading it leaves a trace: on the case, or on the mail where there is no case."""
    mail = get_object_or_404(Ingekomenmail.objects.zichtbaar_voor(request.user).select_related("vraag", "team"), pk=pk)
    if mail.vraag:
        try:
            mail.vraag = lees(referentie=mail.vraag.referentie, door=request.user, pagina=Inzage.Pagina.MAIL)
        except Vraag.DoesNotExist as fout:
            raise Http404 from fout
        post = mailin.ontleed(mail)
    else:
        post = mailin.lees_los(mail=mail, door=request.user)
    return render(
        request,
        "loket/werkbank_mail.html",
        {"mail": mail, "post": post, "gelezen": [] if mail.vraag else mail.inzages.select_related("door")[:10]},
    )


@require_POST
@never_cache
@alleen_verantwoordelijken
def opnieuw(request, pk):
    """Has the mail read again, at once."""
    mail = _mijn(request, pk)
    try:
        mailin.probeer_opnieuw(mail=mail, door=request.user)
        mailin.verwerk(pk=mail.pk)
    except MagNiet as fout:
        messages.warning(request, str(fout))
        return redirect("loket:werkbank_mails")
    return _zeg_uitkomst(request, mail)


@require_POST
@never_cache
@alleen_verantwoordelijken
def maak_vraag(request, pk):
    mail = _mijn(request, pk)
    try:
        mailin.maak_vraag(mail=mail, door=request.user)
    except MagNiet as fout:
        messages.warning(request, str(fout))
        return redirect("loket:werkbank_mails")
    return _zeg_uitkomst(request, mail)


def _mijn(request, pk):
    return get_object_or_404(Ingekomenmail.objects.zichtbaar_voor(request.user).defer("inhoud"), pk=pk)


def _zeg_uitkomst(request, mail):
    """To the case that the mail became, or back to the mail with why not."""
    mail = Ingekomenmail.objects.select_related("vraag").defer("inhoud").get(pk=mail.pk)
    if mail.staat != Staat.VERWERKT:
        messages.warning(request, f"Nog altijd opzij gelegd: {mail.get_reden_display().lower()}.")
        return redirect("loket:werkbank_mail", pk=mail.pk)
    if not Vraag.objects.zichtbaar_voor(request.user).filter(pk=mail.vraag_id).exists():
        messages.success(request, "De mail hoort bij een vraag van een ander team en staat nu daar.")
        return redirect("loket:werkbank_mails")
    messages.success(request, f"De mail staat bij vraag {mail.vraag.referentie}.")
    return redirect(mail.vraag)
