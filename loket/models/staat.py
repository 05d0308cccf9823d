"""The state machine of a question: its states, its steps, and which step leads where.

`STAPPEN` is the whole machine; only `Vraag.zet_stap()` moves along it.
"""

from django.db import models


class MagNiet(Exception):
    """This step is not allowed from this state. The text is for the person who tried."""


class Staat(models.TextChoices):
    NIEUW = "nieuw", "Nieuw"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    WACHT_OP_VRAGER = "wacht_op_vrager", "Wacht op vrager"
    GEPARKEERD = "geparkeerd", "Geparkeerd"
    BEANTWOORD = "beantwoord", "Beantwoord"
    AFGESLOTEN = "afgesloten", "Afgesloten"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class Prioriteit(models.IntegerChoices):
    HOOG = 1, "Hoog"
    GEWOON = 2, "Gewoon"
    LAAG = 3, "Laag"


class Stap(models.TextChoices):
    """Everything that can happen to a question; also what the log says."""

    GESTELD = "gesteld", "Geregistreerd"
    NEEM = "neem", "In behandeling genomen"
    WIJS_TOE = "wijs_toe", "Toegewezen"
    NOTEER = "noteer", "Notitie geschreven"
    STUUR_BERICHT = "stuur_bericht", "Tussentijds bericht gestuurd"
    BEANTWOORD = "beantwoord", "Beantwoord"
    VRAAG_TERUG = "vraag_terug", "Iets teruggevraagd"
    SCHRIJF_TERUG = "schrijf_terug", "De vrager schreef terug"
    SLUIT_AF = "sluit_af", "Afgesloten"
    HEROPEN = "heropen", "Heropend"
    DRAAG_OVER = "draag_over", "Overgedragen"
    TREK_IN = "trek_in", "Ingetrokken door de vrager"
    LAAT_DOOR = "laat_door", "Uit quarantaine gehaald"
    PARKEER = "parkeer", "Geparkeerd"
    HERVAT = "hervat", "Niet meer geparkeerd"
    DEEL_IN = "deel_in", "Anders ingedeeld"
    SCHRAP = "schrap", "Geschrapt: een vergissing"
    HERINNER = "herinner", "Behandelaar herinnerd aan de termijn"
    MELD_LAAT = "meld_laat", "Gemeld dat de vraag te laat is"
    MELD_ONGEOPEND = "meld_ongeopend", "Gemeld dat niemand de vraag opende"
    DEEL = "deel", "Gedeeld met een ander team"
    STOP_DELEN = "stop_delen", "Delen gestopt"
    NOODTOEGANG = "noodtoegang", "Noodtoegang gegeven voor een uur"
    STOP_NOOD = "stop_nood", "Noodtoegang gestopt"
    VOEG_SAMEN = "voeg_samen", "Samengevoegd"
    MAAK_LOS = "maak_los", "Weer losgemaakt"
    KOPPEL = "koppel", "Gekoppeld aan dezelfde vraag van iemand anders"
    ONTKOPPEL = "ontkoppel", "Niet meer gekoppeld"
    SPLITS = "splits", "Een deel ging naar een ander team"
    CONTACT = "contact", "De vrager koos een andere manier van contact"
    TEVREDEN = "tevreden", "De vrager is geholpen"
    NIET_TEVREDEN = "niet_tevreden", "De vrager is niet geholpen"
    NIEUWE_CODE = "nieuwe_code", "Nieuwe code gegeven"
    GEEF_BEWIJS = "geef_bewijs", "Ontvangstbewijs meegegeven"
    WISWENS = "wiswens", "De vrager vroeg om alles te wissen"
    WEIGER_WENS = "weiger_wens", "Wissen geweigerd, met uitleg"
    BEWAARSTOP = "bewaarstop", "Bewaarstop gezet"
    HEF_STOP_OP = "hef_stop_op", "Bewaarstop opgeheven"
    VERWIJS = "verwijs", "Stap in een doorverwijzing"
    VERWIJS_TERUG = "verwijs_terug", "Een doorverwijzing kwam terug"
    MELD_SLUITEN = "meld_sluiten", "Gezegd dat de vraag binnenkort vanzelf sluit"
    SLUIT_VANZELF = "sluit_vanzelf", "Vanzelf afgesloten: we hoorden niets meer"


NIEUW, BEZIG, WACHT, PARK = Staat.NIEUW, Staat.IN_BEHANDELING, Staat.WACHT_OP_VRAGER, Staat.GEPARKEERD
KLAAR, DICHT, WEG = Staat.BEANTWOORD, Staat.AFGESLOTEN, Staat.INGETROKKEN
LOPEND = (NIEUW, BEZIG, WACHT, PARK)
# Who asked was promised a day: parking does not move it. Only while we wait for them the clock stands still.
KLOK_LOOPT = (NIEUW, BEZIG, PARK)
# What the portal does by itself when nobody is named; without a name other steps are of the one who asked.
VAN_ZELF = {
    Stap.STOP_DELEN, Stap.HERVAT, Stap.HERINNER, Stap.MELD_LAAT, Stap.MELD_ONGEOPEND, Stap.VERWIJS_TERUG,
    Stap.MELD_SLUITEN, Stap.SLUIT_VANZELF,
}  # fmt: skip
# An answer, or a question back, that nobody reacts to closes by itself in the end; these steps are no reaction.
WACHT_OP_REACTIE = (KLAAR, WACHT)
GEEN_REACTIE = {
    Stap.NOTEER, Stap.NEEM, Stap.WIJS_TOE, Stap.DEEL_IN, Stap.BEWAARSTOP, Stap.HEF_STOP_OP, Stap.HERINNER,
    Stap.MELD_LAAT, Stap.MELD_ONGEOPEND, Stap.STOP_DELEN, Stap.MELD_SLUITEN,
}  # fmt: skip

# What concerns the data and not the answer: in any state, in quarantine too.
ALTIJD = {
    Stap.CONTACT, Stap.NIEUWE_CODE, Stap.GEEF_BEWIJS, Stap.WISWENS, Stap.WEIGER_WENS, Stap.BEWAARSTOP, Stap.HEF_STOP_OP,
}  # fmt: skip

# step -> {state before: state after}; what is not here is not allowed
STAPPEN = {
    Stap.NEEM: {NIEUW: BEZIG, BEZIG: BEZIG, WACHT: WACHT, PARK: PARK, KLAAR: KLAAR},
    Stap.WIJS_TOE: {NIEUW: BEZIG, BEZIG: BEZIG, WACHT: WACHT, PARK: PARK, KLAAR: KLAAR},
    Stap.NOTEER: {staat: staat for staat in Staat},
    Stap.STUUR_BERICHT: {NIEUW: BEZIG, BEZIG: BEZIG, WACHT: WACHT, PARK: PARK, KLAAR: KLAAR},
    Stap.BEANTWOORD: {NIEUW: KLAAR, BEZIG: KLAAR, WACHT: KLAAR, PARK: KLAAR, KLAAR: KLAAR},
    Stap.VRAAG_TERUG: {NIEUW: WACHT, BEZIG: WACHT, WACHT: WACHT, PARK: WACHT, KLAAR: WACHT},
    Stap.SCHRIJF_TERUG: {NIEUW: NIEUW, BEZIG: BEZIG, WACHT: BEZIG, PARK: BEZIG, KLAAR: BEZIG, DICHT: BEZIG},
    Stap.SLUIT_AF: {NIEUW: DICHT, BEZIG: DICHT, WACHT: DICHT, PARK: DICHT, KLAAR: DICHT},
    Stap.HEROPEN: {KLAAR: BEZIG, DICHT: BEZIG},
    Stap.DRAAG_OVER: {NIEUW: NIEUW, BEZIG: NIEUW, WACHT: NIEUW, PARK: NIEUW, KLAAR: NIEUW},
    Stap.TREK_IN: {NIEUW: WEG, BEZIG: WEG, WACHT: WEG, PARK: WEG, KLAAR: WEG},
    Stap.LAAT_DOOR: {NIEUW: NIEUW},
    Stap.PARKEER: {NIEUW: PARK, BEZIG: PARK, WACHT: PARK, PARK: PARK},
    Stap.HERVAT: {PARK: BEZIG},
    Stap.DEEL_IN: {staat: staat for staat in Staat if staat != WEG},
    Stap.SCHRAP: {DICHT: WEG},
    Stap.HERINNER: {staat: staat for staat in LOPEND},
    Stap.MELD_LAAT: {staat: staat for staat in LOPEND},
    Stap.MELD_ONGEOPEND: {staat: staat for staat in LOPEND},
    Stap.DEEL: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.STOP_DELEN: {staat: staat for staat in Staat},
    Stap.VOEG_SAMEN: {NIEUW: DICHT, BEZIG: DICHT, WACHT: DICHT, PARK: DICHT, KLAAR: DICHT},
    Stap.MAAK_LOS: {DICHT: BEZIG},
    Stap.SPLITS: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.KOPPEL: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.ONTKOPPEL: {staat: staat for staat in Staat},
    Stap.CONTACT: {staat: staat for staat in Staat if staat != WEG},
    Stap.TEVREDEN: {KLAAR: KLAAR, DICHT: DICHT},
    Stap.NIET_TEVREDEN: {KLAAR: BEZIG, DICHT: BEZIG},
    **{stap: {staat: staat for staat in Staat} for stap in ALTIJD if stap != Stap.CONTACT},
    Stap.VERWIJS: {staat: staat for staat in (*LOPEND, KLAAR)},
    Stap.MELD_SLUITEN: {staat: staat for staat in WACHT_OP_REACTIE},
    Stap.SLUIT_VANZELF: dict.fromkeys(WACHT_OP_REACTIE, DICHT),
    Stap.VERWIJS_TERUG: {NIEUW: NIEUW, BEZIG: BEZIG, WACHT: BEZIG, PARK: BEZIG, KLAAR: BEZIG, DICHT: BEZIG},
}


# What waits for somebody else comes after what we can do now.
