"""Two people save one form of the admin: what they both changed is shown side by side, the rest is put together.

Nothing is saved on an older version. The form comes back with what was typed; a field that only the other changed holds
their value now, a field that both changed says beside it what the other made of it. This goes for the rows inside the
form too. See `ondertussen` for the mark.
"""

from django.forms import BoundField, CheckboxInput, Select
from django.forms.utils import ErrorDict

from sociaalhuis.beheer.geschiedenis import Spoor, namen_bij, rij_van, toon
from sociaalhuis.beheer.ondertussen import OPNIEUW, VELD, ZietWijzigingen, laatste, merk, sinds
from sociaalhuis.templatetags.huis import moment

ANDERS = "{wie} maakte hier intussen van: ‘{nu}’. Wat jij typte, staat er nog. Bewaar opnieuw als dat moet blijven."


def _nummers(merk):
    return [int(deel) if deel.isdecimal() and len(deel) < 19 else 0 for deel in merk.split("-")]


def toen(model, pks, tot):
    """{pk: the copy in the log} of rows of a logged model as they were at event number `tot`; one query."""
    tabel = model.pgh_event_model
    sleutel = rij_van(tabel)
    rijen = tabel.objects.filter(pgh_id__lte=tot, **{f"{sleutel}__in": pks})
    return {getattr(rij, sleutel): rij for rij in rijen.order_by(sleutel, "-pgh_id").distinct(sleutel)}


def _gelijk(veld: BoundField, waarde):
    """Whether the form holds this value of the database; line ends do not count."""
    getypt = veld.data
    if isinstance(getypt, str):
        getypt = getypt.replace("\r\n", "\n")
    waarde = waarde.replace("\r\n", "\n") if isinstance(waarde, str) else waarde
    return not veld.field.has_changed(veld.field.prepare_value(waarde), getypt)


def _als_getypt(veld: BoundField, waarde):
    """A value of the database as a browser would send it."""
    gezet, widget = veld.field.prepare_value(waarde), veld.field.widget
    if isinstance(widget, CheckboxInput):
        return "on" if gezet else ""
    if isinstance(widget, Select):
        return "" if gezet is None else str(gezet)
    return widget.format_value(gezet) or ""


def voeg_samen(form, rij, gezien):
    """A form outside the admin, opened at mark `gezien` of this row: what only others changed is taken over.

    Returns their sentences about it ("An veranderde intussen ook ‘Wat’. Dat blijft."). Adds an error at every field that
    both changed. Call it inside a transaction that holds the row; `form` is checked anew with what was taken over.
    """
    spoor = Spoor(type(rij)._meta.concrete_model, None, rij.pk)
    form.is_valid()
    if gezien == merk([spoor]):
        return []
    was = toen(spoor.model, [rij.pk], _nummers(gezien)[0]).get(rij.pk)
    if was is None:
        form.add_error(None, OPNIEUW)
        return []
    laatste_rij = laatste([spoor])[0]
    namen = {pk: naam for (_, pk), naam in namen_bij([(laatste_rij, None, [])]).items()}
    wie = namen.get(laatste_rij.pgh_context and laatste_rij.pgh_context.metadata.get("user"), "Iemand")
    goed = form.is_valid()
    labels = meng(form, was, spoor.model.objects.get(pk=rij.pk), wie)
    if goed and form.is_valid() and labels:
        form.full_clean()
    return [f"{wie} veranderde intussen ook ‘{str(label).capitalize()}’. Dat blijft." for label in labels]


def merk_van(rij):
    """The mark of one logged row, for the hidden field of a form outside the admin."""
    return merk([Spoor(type(rij)._meta.concrete_model, None, rij.pk)])


def meng(form, toen, nu, wie):
    """Puts a row that was typed on an older version beside the row as it is now; returns the labels that were taken over.

    `toen` is the copy in the log, `nu` the row, `wie` who changed it. Adds an error at every field that both changed.
    """
    overgenomen, botst = [], {}
    kolommen = {veld.name: veld for veld in nu._meta.concrete_fields}
    for naam in form.fields:
        kolom = kolommen.get(naam)
        if kolom is None or kolom.primary_key or not hasattr(toen, kolom.attname):
            continue
        was, is_nu, veld = getattr(toen, kolom.attname), getattr(nu, kolom.attname), form[naam]
        if was == is_nu or _gelijk(veld, is_nu):
            continue
        if _gelijk(veld, was):
            form.data = form.data.copy()
            form.data[veld.html_name] = _als_getypt(veld, is_nu)
            overgenomen.append(veld.label)
        else:
            botst[naam] = (kolom, is_nu)
    if botst:
        namen = namen_bij([(_Geen, None, [(kolom, is_nu, None) for kolom, is_nu in botst.values()])])
        for naam, (kolom, is_nu) in botst.items():
            form.add_error(naam, ANDERS.format(wie=wie, nu=toon(kolom, is_nu, namen)))
    return overgenomen


class _Geen:
    """Stands for an event without a context, where only names are looked up."""

    pgh_context = None


class MengtWijzigingen(ZietWijzigingen):
    """Mixin for a BeheerAdmin, in place of `ZietWijzigingen`."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        vorm = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or request.method != "POST":
            return vorm
        beheer = self

        class Gemengd(vorm):
            def _clean_form(zelf):
                super()._clean_form()
                if beheer.is_veranderd(request, obj):
                    nu = beheer.model.objects.get(pk=obj.pk)
                    beheer.leg_ernaast(request, zelf, nu)
                    zelf.add_error(None, sinds(request.POST.get(VELD, ""), beheer.bewaakte_sporen(request, obj)))

        return Gemengd

    def is_veranderd(self, request, obj):
        """Whether the page is older than the log; asked once per request, after the row is held."""
        if not hasattr(request, "_veranderd"):
            self.houd(obj)
            self._wie_veranderde(request, self.bewaakte_sporen(request, obj))
        return bool(request._veranderd)

    def _wie_veranderde(self, request, sporen):
        request._veranderd = {}
        if request.POST.get(VELD, "") == merk(sporen):
            return
        gezien, nieuwste = _nummers(request.POST.get(VELD, "")), laatste(sporen)
        if len(gezien) == len(nieuwste):
            gelogd = [spoor for spoor in sporen if spoor.gebeurtenissen() is not None]
            later = [
                (spoor, rij, tot)
                for spoor, rij, tot in zip(gelogd, nieuwste, gezien, strict=True)
                if rij and rij.pgh_id > tot
            ]
            namen = {pk: naam for (_, pk), naam in namen_bij([(rij, None, []) for _, rij, _ in later]).items()}
            for spoor, rij, tot in later:
                wie = namen.get(rij.pgh_context and rij.pgh_context.metadata.get("user"), "Iemand")
                request._veranderd[spoor] = (wie, rij.pgh_created_at, tot)

    def leg_ernaast(self, request, form, nu):
        """Puts one row beside the database when the log that tells about it moved on.

        What was wrong with the row then is not told: it is checked again when the whole is sent again.
        """
        form._errors = ErrorDict(renderer=form.renderer)
        for spoor, (wie, op, tot) in request._veranderd.items():
            if spoor.model._meta.concrete_model is nu._meta.concrete_model:
                was = toen(spoor.model, [nu.pk], tot).get(nu.pk)
                if was and (labels := meng(form, was, nu, wie)):
                    genoemd = "’, ‘".join(str(label).capitalize() for label in labels)
                    form.add_error(
                        None, f"{wie} veranderde intussen ‘{genoemd}’ ({moment(op)}). Dat staat nu in het formulier."
                    )

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        if change and request.method == "POST" and self.is_veranderd(request, obj):
            for formset in formsets:
                for form in formset.initial_forms:
                    if form.instance.pk and form.instance._meta.model._meta.concrete_model in self._modellen(request):
                        form.full_clean()
                        self.leg_ernaast(request, form, formset.model.objects.get(pk=form.instance.pk))
        return formsets, inlines

    def _modellen(self, request):
        return {spoor.model._meta.concrete_model for spoor in request._veranderd}
