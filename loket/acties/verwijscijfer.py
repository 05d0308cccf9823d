"""Counting referrals without anybody in it, and the lead times per partner."""

from django.utils import timezone

from loket.models import Verwijscijfer


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
    )


def _dagen(verwijzing, moment):
    """Whole days since the proposal, or None; never more than the column holds."""
    return None if moment is None else min(max((moment - verwijzing.gemaakt_op).days, 0), 32767)
