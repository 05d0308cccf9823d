"""Counting referrals without anybody in it, and the lead times per partner."""

from django.utils import timezone

from loket.models import Verwijscijfer
from loket.models.verwijzing import Verwijsstaat, Verwijsstap
from sociaalhuis import termijn


def tel(verwijzing, op):
    """Writes how this referral ended. Called once, when it ends; nothing in the row leads back to it."""
    Verwijscijfer.objects.create(
        maand=timezone.localdate(op).replace(day=1),
        organisatie=verwijzing.organisatie,
        thema_id=verwijzing.vraag.thema_id,
        doelgroep_id=verwijzing.doelgroep_id,
        gebied_id=verwijzing.vraag.gebied_id,
        uitkomst=verwijzing.staat,
        reden=verwijzing.reden,
        wachttijd_vooraf=verwijzing.wachttijd_vooraf,
        dagen_tot_verzonden=_dagen(verwijzing, verwijzing.verzonden_op),
        dagen_tot_aanvaard=_dagen(verwijzing, verwijzing.aanvaard_op),
        dagen_tot_geholpen=_dagen(verwijzing, verwijzing.geholpen_op),
        dagen_tot_einde=_dagen(verwijzing, op),
        werkdagen_tot_antwoord=_werkdagen_tot_antwoord(verwijzing, op),
        gekomen=_gekomen(verwijzing),
    )


def _werkdagen_tot_antwoord(verwijzing, op):
    """Working days between sending and the first yes or no of the partner, or None when there was none."""
    geweigerd = op if verwijzing.staat == Verwijsstaat.GEWEIGERD else None
    antwoord = verwijzing.aanvaard_op or geweigerd
    if antwoord is None or verwijzing.verzonden_op is None:
        return None
    van, tot = (timezone.localdate(moment) for moment in (verwijzing.verzonden_op, antwoord))
    return min(max(termijn.werkdagen_tot(van, tot), 0), 32767)


def _gekomen(verwijzing):
    """Whether the client came to the partner: it said so, or it helped. None when it never said yes."""
    if verwijzing.aanvaard_op is None:
        return None
    return (
        bool(verwijzing.geholpen_op) or verwijzing.gebeurtenissen.filter(verwijsstap=Verwijsstap.MELD_AANKOMST).exists()
    )


def _dagen(verwijzing, moment):
    """Whole days since the proposal, or None; never more than the column holds."""
    return None if moment is None else min(max((moment - verwijzing.gemaakt_op).days, 0), 32767)
