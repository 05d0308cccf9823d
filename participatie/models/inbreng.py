"""What an organisation or a citizen says in a round, about the whole plan, one part or one paragraph.

An input is words, a proposed new wording of a paragraph (`voorstel`, with the words that stood there in
`alinea_tekst`), the standpoint of an organisation on a part, the answers to a form (`met_formulier`), or several of
these. An organisation's words show at once; a citizen's after someone has read them. What was said never changes, but
a citizen may have the own words erased (`gewist_op`). The e-mail of a citizen is ciphertext, serves only to tell that
there is news, and is on no page. With the receipt code, of which only a hash is kept, a citizen comes back.
"""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from participatie.models.inbrengrijen import InbrengQuerySet
from plan.models import Alinea, Onderdeel
from plan.regels import regel
from sociaalhuis.inzending import Teken, nieuwe_referentie, sleutel_bij
from sociaalhuis.models import VersleuteldTekstVeld
from sociaalhuis.tekst import plat
from sociaalhuis.versie import publiek
from sociaalhuis.woordverschil import woorden

MAX_TEKENS = 5000

# Ticked answers on the questions of a round and not a word of one's own: counted, and answered together.
ALLEEN_AANGEKRUIST = Q(met_formulier=True, tekst="", voorstel="", standpunt="", gewist_op=None)


@regel(
    "inbreng_onderdeel_van_plan",
    """
    NEW.onderdeel_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_onderdeel o JOIN participatie_ronde r ON r.plan_id = o.plan_id
        WHERE o.id = NEW.onderdeel_id AND r.id = NEW.ronde_id)
    """,
)
@regel(
    "inbreng_alinea_van_onderdeel",
    """
    NEW.alinea_id IS NULL OR EXISTS (
        SELECT 1 FROM plan_alinea a JOIN participatie_ronde r ON r.plan_id = a.plan_id
        WHERE a.id = NEW.alinea_id AND r.id = NEW.ronde_id AND a.onderdeel_id IS NOT DISTINCT FROM NEW.onderdeel_id)
    """,
)
@regel(
    "inbreng_woorden_vast",
    """
    (NEW.tekst = OLD.tekst AND NEW.voorstel = OLD.voorstel)
    OR (OLD.gewist_op IS NULL AND NEW.gewist_op IS NOT NULL AND NEW.tekst = '' AND NEW.voorstel = '')
    """,
    wanneer=pgtrigger.Update,
)
@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="InbrengEvent",
    fields=["staat", "reden_verborgen", "reden_laat", "onderdeel", "beoordeeld_door", "beoordeeld_op", "gewist_op"],
)
@pgtrigger.register(
    pgtrigger.ReadOnly(
        name="inbreng_staat_vast",
        fields=[
            "ronde",
            "organisatie",
            "ingediend_door",
            "ingevoerd_door",
            "kanaal",
            "groepsgrootte",
            "groepsgesprek",
            "vult_aan",
            "alinea_tekst",
            "standpunt",
            "referentie",
            "inzending",
            "ingediend_op",
        ],
    )
)
@publiek
class Inbreng(models.Model):
    class Kanaal(models.TextChoices):
        WEB = "web", "Website"
        PAPIER = "papier", "Op papier"
        TELEFOON = "telefoon", "Telefoon"
        LOKET = "loket", "Aan het loket"
        OVERLEG = "overleg", "Op een overleg"
        GROEP = "groep", "Groepsgesprek"

    class Standpunt(models.TextChoices):
        AKKOORD = "akkoord", "Akkoord"
        AKKOORD_MITS = "akkoord_mits", "Akkoord, als"
        BEZWAAR = "bezwaar", "Bezwaar"
        ONTHOUDING = "onthouding", "Onthouding"

    class Staat(models.TextChoices):
        TE_LAAT = "te_laat", "Kwam te laat"
        INGEDIEND = "ingediend", "Wacht op nazicht"
        ZICHTBAAR = "zichtbaar", "Zichtbaar"
        VERBORGEN = "verborgen", "Verborgen"
        VERVANGEN = "vervangen", "Vervangen door een nieuwere"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    STAAND = (Staat.TE_LAAT, Staat.INGEDIEND, Staat.ZICHTBAAR, Staat.VERBORGEN)  # neither replaced nor taken back
    OVERGANGEN = {
        Staat.TE_LAAT: (Staat.INGEDIEND, Staat.ZICHTBAAR, Staat.VERBORGEN, Staat.INGETROKKEN),
        Staat.INGEDIEND: (Staat.ZICHTBAAR, Staat.VERBORGEN, Staat.INGETROKKEN),
        Staat.ZICHTBAAR: (Staat.INGEDIEND, Staat.VERBORGEN, Staat.VERVANGEN, Staat.INGETROKKEN),
        Staat.VERBORGEN: (Staat.ZICHTBAAR, Staat.VERVANGEN, Staat.INGETROKKEN),
        Staat.VERVANGEN: (),
        Staat.INGETROKKEN: (),
    }

    ronde = models.ForeignKey("participatie.Ronde", on_delete=models.PROTECT, related_name="inbrengen")
    onderdeel = models.ForeignKey(
        Onderdeel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inbrengen",
        help_text="Leeg: het hele plan.",
    )
    alinea = models.ForeignKey(Alinea, null=True, blank=True, on_delete=models.PROTECT, related_name="inbrengen")
    alinea_tekst = models.TextField("wat er stond", blank=True, editable=False)
    vult_aan = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="aanvullingen"
    )
    groepsgesprek = models.ForeignKey(
        "participatie.Groepsgesprek", null=True, editable=False, on_delete=models.PROTECT, related_name="inbrengen"
    )
    organisatie = models.ForeignKey(
        "sociaalhuis.Organisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="inbrengen"
    )
    ingediend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    ingevoerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wie dit intypte namens iemand anders.",
    )
    kanaal = models.CharField("herkomst", max_length=10, choices=Kanaal.choices, default=Kanaal.WEB)
    groepsgrootte = models.PositiveSmallIntegerField("met hoeveel", null=True, blank=True)
    naam_publiek = models.CharField("naam bij je inbreng", max_length=60, blank=True)
    tekst = models.TextField(max_length=MAX_TEKENS, blank=True)
    voorstel = models.TextField("voorstel van tekst", max_length=MAX_TEKENS, blank=True)
    standpunt = models.CharField(max_length=15, choices=Standpunt.choices, blank=True)
    met_formulier = models.BooleanField("met antwoorden op een formulier", default=False, editable=False)
    dossiersleutel = models.OneToOneField(
        "sociaalhuis.Dossiersleutel", null=True, on_delete=models.PROTECT, related_name="inbreng", editable=False
    )
    email = VersleuteldTekstVeld(null=True)
    code_zoekdeel = models.CharField(max_length=4, blank=True, editable=False, db_index=True)
    code_hash = models.CharField(max_length=128, blank=True, editable=False)
    gewist_op = models.DateTimeField(null=True, editable=False)
    staat = models.CharField(max_length=15, choices=Staat.choices, default=Staat.INGEDIEND, editable=False)
    teken = models.CharField("verdacht omdat", max_length=15, choices=Teken.choices, blank=True, editable=False)
    reden_verborgen = models.TextField("waarom niet getoond", blank=True, max_length=500)
    reden_laat = models.TextField("waarom toch aanvaard", blank=True, max_length=500)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    beoordeeld_op = models.DateTimeField(null=True, editable=False)
    referentie = models.CharField(max_length=11, unique=True, default=nieuwe_referentie, editable=False)
    inzending = models.UUIDField(unique=True, null=True, editable=False)
    ingediend_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = InbrengQuerySet.as_manager()

    class Meta:
        verbose_name = "inbreng"
        verbose_name_plural = "inbreng"
        ordering = ["ingediend_op"]
        indexes = [models.Index("ronde", "staat", name="inbreng_ronde_staat")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tekst="")
                | ~Q(voorstel="")
                | ~Q(standpunt="")
                | Q(met_formulier=True)
                | Q(gewist_op__isnull=False),
                name="inbreng_heeft_tekst",
            ),
            models.CheckConstraint(
                condition=Q(alinea__isnull=True, alinea_tekst="", voorstel="")
                | (Q(alinea__isnull=False) & ~Q(alinea_tekst="")),
                name="inbreng_alinea_met_haar_woorden",
            ),
            models.CheckConstraint(
                condition=Q(standpunt="") | Q(organisatie__isnull=False, alinea__isnull=True),
                name="inbreng_standpunt_van_organisatie",
            ),
            models.CheckConstraint(
                condition=Q(standpunt__in=["", "akkoord"]) | ~Q(tekst="") | Q(gewist_op__isnull=False),
                name="inbreng_standpunt_heeft_reden",
            ),
            models.UniqueConstraint(
                fields=["ronde", "organisatie", "onderdeel"],
                condition=~Q(standpunt="") & ~Q(staat__in=["vervangen", "ingetrokken"]),
                nulls_distinct=False,
                name="inbreng_een_standpunt",
            ),
            models.CheckConstraint(
                condition=(~Q(kanaal__in=["groep", "overleg"]) & Q(groepsgrootte__isnull=True))
                | Q(kanaal="groep", groepsgrootte__isnull=False, groepsgrootte__gte=2)
                | (Q(kanaal="overleg") & (Q(groepsgrootte__isnull=True) | Q(groepsgrootte__gte=2))),
                name="inbreng_groep_heeft_grootte",
            ),
            models.CheckConstraint(
                condition=Q(ingevoerd_door__isnull=True) | ~Q(kanaal="web"), name="inbreng_ingevoerd_niet_van_web"
            ),
            models.CheckConstraint(
                condition=Q(code_hash="", code_zoekdeel="")
                | (Q(organisatie__isnull=True) & ~Q(code_hash="") & ~Q(code_zoekdeel="")),
                name="inbreng_code_volledig",
            ),
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=True) | Q(naam_publiek="", email__isnull=True, code_hash=""),
                name="inbreng_gewist_is_leeg",
            ),
            models.CheckConstraint(
                condition=(Q(staat="verborgen") & ~Q(reden_verborgen=""))
                | (~Q(staat="verborgen") & Q(reden_verborgen="")),
                name="inbreng_verborgen_heeft_reden",
            ),
            models.CheckConstraint(
                condition=Q(beoordeeld_door__isnull=True, beoordeeld_op__isnull=True)
                | Q(beoordeeld_door__isnull=False, beoordeeld_op__isnull=False),
                name="inbreng_beoordeling_volledig",
            ),
            models.CheckConstraint(
                condition=Q(staat__in=["te_laat", "ingediend", "ingetrokken"])
                | Q(organisatie__isnull=False)
                | Q(beoordeeld_op__isnull=False),
                name="inbreng_burger_pas_na_nazicht",
            ),
            models.CheckConstraint(
                condition=Q(organisatie__isnull=True) | Q(naam_publiek="", email__isnull=True),
                name="inbreng_organisatie_zonder_burgergegevens",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True, dossiersleutel__isnull=True)
                | Q(email__isnull=False, dossiersleutel__isnull=False),
                name="inbreng_email_heeft_sleutel",
            ),
        ]

    def __str__(self):
        return f"inbreng {self.referentie}"

    def get_absolute_url(self):
        return reverse("participatie:inbreng", args=[self.referentie])

    @property
    def van(self):
        """Who said it, as shown on the page."""
        if self.organisatie_id:
            return self.organisatie.naam
        groep = f"groepsgesprek, {self.groepsgrootte} mensen" if self.is_groep else ""
        if self.naam_publiek:
            return f"{self.naam_publiek} ({groep})" if groep else self.naam_publiek
        return groep[:1].upper() + groep[1:] or "Een inwoner"

    @property
    def van_in_zin(self):
        """The same after a preposition."""
        if self.organisatie_id or self.naam_publiek:
            return self.van
        return f"een {self.van.lower()}" if self.is_groep else self.van.lower()

    @property
    def over(self):
        """What it is about, in words."""
        return str(self.onderdeel) if self.onderdeel_id else "Het hele plan"

    @property
    def verschil(self):
        """The proposed wording against the words that stood there, in pieces (`sociaalhuis.woordverschil`); [] without."""
        return woorden(self.alinea_tekst, self.voorstel) if self.voorstel else []

    @property
    def alinea_veranderde(self):
        """What stands there now, when that is something else than what was reacted on; '' when it is gone, None when same."""
        if not self.alinea_id:
            return None
        nu = "" if self.alinea.vervallen_op else plat(self.alinea.html)
        return None if nu.split() == self.alinea_tekst.split() else nu

    @property
    def toestand(self):
        """The kind of state label that goes with the standpoint."""
        return {"akkoord": "goed", "akkoord_mits": "bezig", "bezwaar": "fout"}.get(self.standpunt, "rustig")

    @property
    def woorden(self):
        """What was said: the text, else the wording it proposes, else the standpoint."""
        if self.gewist_op:
            return "Deze woorden zijn gewist."
        return self.tekst or self.voorstel or self.get_standpunt_display() or "Antwoorden op de vragen van de ronde"

    @property
    def is_aangekruist(self):
        """Whether it holds ticked answers and no words, see `ALLEEN_AANGEKRUIST`."""
        return self.met_formulier and not (self.tekst or self.voorstel or self.standpunt or self.gewist_op)

    @property
    def is_groep(self):
        return self.kanaal == self.Kanaal.GROEP

    @property
    def is_namens(self):
        """Whether staff typed it in for who said it."""
        return self.ingevoerd_door_id is not None

    @property
    def is_zichtbaar(self):
        return self.staat == self.Staat.ZICHTBAAR

    @property
    def leidend(self):
        """The input whose answer counts for this one: another when they were merged, else itself."""
        samen = getattr(self, "samengevoegd", None)
        return samen.leidend if samen else self

    @property
    def antwoord_of_niets(self):
        """The answer that counts for this input, its own or that of the input it was merged with; also a draft."""
        return getattr(self.leidend, "antwoord", None)

    @property
    def antwoord_openbaar(self):
        """The answer as everyone may read it, or None."""
        antwoord = self.antwoord_of_niets
        return antwoord if antwoord and antwoord.is_gepubliceerd else None

    @property
    def heeft_reactierecht(self):
        """Whether who spoke has by law a right to a reaction."""
        return bool(self.organisatie_id and getattr(self.organisatie, "reactierecht", None))

    @property
    def bewijs_url(self):
        """The page of the receipt: unguessable, and it does not show what was said."""
        return reverse("participatie:ontvangen", args=[self.referentie, sleutel_bij("inbreng", self.referentie)])
