"""My part of the plan: for a head of a department who edits a few parts, and for who edits them all."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plan.acties.redactie import Ondertussen, bewaar, proef
from plan.boom import in_boomorde
from plan.forms.redactie import DeelForm
from plan.models import Onderdeel, Partnerschap, Wijzigingsvoorstel
from plan.models.koppelingen import KOPPELINGEN
from plan.models.redactie import delen_van, schrijft_zelf
from plan.redactie import versie
from plan.redactie.waarden import HTML, MET_CODES, VELDEN, namen_bij, toon, verschil, waarden
from sociaalhuis import opmaak
from sociaalhuis.beheer.geschiedenis import Spoor, wijzigingen
from sociaalhuis.beheer.voorbeeld import zoals_nu
from sociaalhuis.rollen import (
    COORDINATOR,
    LOKETMEDEWERKER,
    PLANMEDEWERKER,
    REDACTEUR,
    TEAMVERANTWOORDELIJKE,
)
from sociaalhuis.templatetags.huis import moment
from sociaalhuis.toegang import alleen_rol

PER_BLAD = 40
LAATST = 5
wie_schrijft = alleen_rol(COORDINATOR, LOKETMEDEWERKER, PLANMEDEWERKER, REDACTEUR, TEAMVERANTWOORDELIJKE)


@require_safe
@never_cache
@wie_schrijft
def overzicht(request):
    """The parts of this user in the order of the booklet, what they proposed, and what was decided about it."""
    zoek = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:60]
    orde = in_boomorde(delen_van(request.user).values_list("pk", "ouder_id", "volgorde", "code", "titel", "plan_id"))
    gezocht = [rij for rij in orde if zoek.lower() in f"{rij.code} {rij.titel}".lower()]
    blad = Paginator(gezocht, PER_BLAD).get_page(request.GET.get("pagina"))
    nummers = [rij.pk for rij in blad]
    delen = Onderdeel.objects.select_related("plan", "niveau").defer(*HTML, "commentaar", "evaluatie").in_bulk(nummers)
    plannen = {}  # one instance per plan, so its own words are asked once
    for deel in delen.values():
        deel.plan = plannen.setdefault(deel.plan_id, deel.plan)
    open_ = {}
    for voorstel in Wijzigingsvoorstel.objects.wachtend().filter(onderdeel__in=nummers).select_related("door"):
        open_.setdefault(voorstel.onderdeel_id, []).append(voorstel)
    eigen = Wijzigingsvoorstel.objects.filter(door=request.user).select_related("onderdeel", "beslist_door")
    return render(
        request,
        "plan/redactie/overzicht.html",
        {
            "zoek": zoek,
            "aantal": len(orde),
            "pagina": blad,
            "rijen": [(delen[rij.pk], rij.diepte, open_.get(rij.pk, [])) for rij in blad],
            "eigen": eigen.wachtend(),
            "beslist": eigen.filter(staat=Wijzigingsvoorstel.Staat.BESLIST).order_by("-staat_op")[:LAATST],
            "schrijft_zelf": schrijft_zelf(request.user),
        },
    )


def _mijn_deel(request, nummer):
    delen = delen_van(request.user).select_related("plan", "niveau", "trekker_organisatie", "garantie", "ouder")
    return get_object_or_404(delen, pk=nummer)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@wie_schrijft
def deel(request, nummer):
    """The texts, days, lead and partners of one part. What somebody else changed meanwhile is shown, never lost."""
    deel = _mijn_deel(request, nummer)
    zelf, nu = schrijft_zelf(request.user), waarden(deel)
    waiting = Wijzigingsvoorstel.objects.wachtend().filter(onderdeel=deel).select_related("door")
    waiting = list(waiting.prefetch_related("velden"))
    mijn = next((voorstel for voorstel in waiting if voorstel.door_id == request.user.pk), None)
    begin = {**nu, **({rij.veld: rij.nieuw for rij in mijn.velden.all()} if mijn and not zelf else {})}
    data = request.POST if request.method == "POST" else None
    namen = namen_bij(nu.get("partners", ""), begin.get("partners", ""), *(data.getlist("partners") if data else []))
    vast = {"deel": deel, "nu": nu, "begin": begin, "gezien": versie.merk(deel), "rechtstreeks": zelf, "namen": namen}
    vast["waarom"] = mijn.waarom if mijn else ""
    form, status = DeelForm(data, **vast), 200
    if data is not None:
        status = 422
        form.fields["waarom"].required &= "voorbeeld" not in data  # to look costs no reason
        if form.is_valid():
            try:
                return _voorbeeld(request, deel, form) if "voorbeeld" in data else _bewaard(request, deel, form)
            except Ondertussen as fout:
                form, status = DeelForm(_na_botsing(data, fout), **{**vast, "nu": fout.nu}), 409
                form.wie = _intussen(fout, form)
            except ValidationError as fout:
                form.add_error(None, fout) if not hasattr(fout, "error_dict") else _fouten_bij(form, fout)
    anderen = [voorstel for voorstel in waiting if voorstel is not mijn]
    inhoud = {"deel": deel, "form": form, "mijn": mijn, "anderen": anderen, "schrijft_zelf": zelf}
    inhoud["voorgesteld"] = velden_van(mijn, nu) if mijn and not zelf else []
    return render(request, "plan/redactie/deel.html", inhoud, status=status)


def _voorbeeld(request, deel, form):
    """The page of the part with what was typed; nothing of it is kept."""
    with transaction.atomic():
        proef(onderdeel=deel, nieuw=form.waarden(), gezien=form.cleaned_data["gezien"], door=request.user)
        pagina = zoals_nu(request, deel.get_absolute_url())
        transaction.set_rollback(True)
    return pagina


def _bewaard(request, deel, form):
    waarom = form.cleaned_data["waarom"] or ""
    gedaan = bewaar(
        onderdeel=deel, nieuw=form.waarden(), waarom=waarom, gezien=form.cleaned_data["gezien"], door=request.user
    )
    if not gedaan.velden:
        messages.info(request, "Je veranderde niets.")
    elif gedaan.voorstel:
        messages.success(request, "Je voorstel wacht op de coördinator. Tot dan verandert er niets op de site.")
    else:
        messages.success(request, f"{deel.code} is bewaard.")
    for veld in gedaan.ook:
        wie = gedaan.wie.get(veld)
        messages.info(
            request, f"{wie.naam if wie else 'Iemand'} veranderde intussen ook ‘{form.velden[veld]}’. Dat blijft."
        )
    return redirect("plan:redactie" if gedaan.velden else "plan:redactie_deel", *([] if gedaan.velden else [deel.pk]))


def _fouten_bij(form, fout):
    """Errors at the fields that the form shows; the others on top."""
    for veld, fouten in fout.error_dict.items():
        form.add_error(veld if veld in form.fields else None, fouten)


def _na_botsing(data, fout):
    """What was typed, on the version of now: fields that only others changed take their value, the others stay."""
    data = data.copy()
    data["gezien"], data["botsing"] = versie.merk(fout.deel), ",".join(fout.botst)
    for veld in fout.ook:
        if veld == "partners":
            data.setlist("partners", fout.nu[veld].split())
        elif veld in HTML:
            tekens = opmaak.als_tekst(fout.nu[veld]) if data.get("opmaak") == "tekst" else None
            data[veld] = fout.nu[veld] if tekens is None else tekens
            data["opmaak"] = data["opmaak"] if tekens is not None else "html"
        else:
            data[veld] = fout.nu[veld]
    return data


def _intussen(fout, form):
    """Per field that both changed: who did it and when, what stands there now, and what it changed from."""
    namen = namen_bij(*(f"{fout.nu[veld]} {fout.toen[veld]}" for veld in fout.botst if veld in MET_CODES))
    return {
        veld: {
            "naam": fout.wie[veld].naam if veld in fout.wie else "Iemand",
            "op": moment(fout.wie[veld].op) if veld in fout.wie else "",
            "nu": toon(veld, fout.nu[veld], namen) or "leeg",
            "stukken": verschil(veld, fout.toen[veld], fout.nu[veld], namen),
        }
        for veld in fout.botst
    }


def velden_van(voorstel, nu):
    """Each field of a proposal, ready to be shown: its name, the difference, and whether the part changed meanwhile."""
    soort = voorstel.onderdeel.soort
    rijen = list(voorstel.velden.all())
    namen = namen_bij(*(f"{rij.oud} {rij.nieuw} {nu[rij.veld]}" for rij in rijen if rij.veld in MET_CODES))
    return [
        {
            "rij": rij,
            "label": VELDEN[soort].get(rij.veld, rij.veld),
            "stukken": verschil(rij.veld, rij.oud, rij.nieuw, namen),
            "oud": toon(rij.veld, rij.oud, namen),
            "nieuw": toon(rij.veld, rij.nieuw, namen),
            "tekst": toon(rij.veld, rij.tekst, namen),
            "nu": toon(rij.veld, nu[rij.veld], namen),
            "botst": nu[rij.veld] not in (rij.oud, rij.nieuw),
            "sinds": verschil(rij.veld, rij.oud, nu[rij.veld], namen),
        }
        for rij in rijen
    ]


@require_safe
@never_cache
@wie_schrijft
def geschiedenis(request, nummer):
    """Who changed what in this part, why, and word by word."""
    deel = _mijn_deel(request, nummer)
    sporen = [Spoor(Onderdeel, None, deel.pk), Spoor(Partnerschap, "onderdeel_id", deel.pk)]
    sporen += [Spoor(model, "onderdeel_id", deel.pk) for model in KOPPELINGEN]
    return render(request, "plan/redactie/geschiedenis.html", {"deel": deel, "wijzigingen": wijzigingen(sporen)})
