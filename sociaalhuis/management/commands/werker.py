"""The worker: sends the outbox and does the background work of the apps. Start as many as you like."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from loket.acties import (
    afspraak,
    contactspoor,
    delen,
    kenmerken,
    lpdcuit,
    mailin,
    nakijken,
    noodtoegang,
    sluiten,
    vernietiging,
    versheid,
    wissen,
    wiswens,
)
from loket.acties.betekenis import kijk_betekenis_na, volgende_betekenis
from loket.acties.opvolgen import volg_op
from loket.acties.verloop import VERLOOP_VAN_DOORVERWIJZINGEN
from loket.acties.wachtrij import volgende_invoer
from participatie.acties import (
    aflopend,
    agendapunt,
    antwoordplicht,
    bestand,
    doorwerking,
    inschrijving,
    overlegtaak,
    wisverzoek,
)
from participatie.acties import volgen as praatnieuws
from participatie.acties.reactienotas import Notamaker
from plan.acties import herinneren, mjpinvoer, stand, volgen
from plan.acties.jaarverslagen import Jaarverslagmaker
from plan.acties.uitvoer import Uitvoermaker
from sociaalhuis import bewaren
from sociaalhuis.achtergrond import Werker
from sociaalhuis.periodiek import Elke
from sociaalhuis.post.werker import LEASE, Post

# callables `volgende() -> bool` of the apps, see sociaalhuis.achtergrond and, for what comes back, sociaalhuis.periodiek
TAKEN = [
    volgende_invoer,
    Elke(timedelta(minutes=10), "vragen-opvolgen", volg_op),
    Elke(timedelta(minutes=30), "afspraken-herinneren", afspraak.herinner),
    Elke(timedelta(minutes=1), "noodtoegang-melden", noodtoegang.meld_aan_hoofden),
    Elke(timedelta(minutes=1), "bijlagen-nakijken", nakijken.kijk_na),
    Elke(timedelta(minutes=1), "kenmerken-maken", kenmerken.maak_kenmerken),
    contactspoor.Bijhouder(),
    Elke(timedelta(hours=1), "delingen-sluiten", delen.sluit_verlopen),
    Elke(timedelta(hours=1), "vragen-sluiten", sluiten.loop_na),
    Elke(timedelta(days=1), "bewaren", vernietiging.elke_dag),
    Elke(timedelta(days=1), "wiswensen herinneren", wiswens.herinner),
    Elke(timedelta(hours=1), "bestanden van gewiste dossiers", lambda nu: wissen.ruim_bestanden_op()),
    Elke(timedelta(hours=6), "diensten-wegen", versheid.weeg_elke_dag),
    Elke(timedelta(hours=1), "diensten-herinneren", versheid.herinner),
    Elke(timedelta(hours=6), "wat-een-termijn-heeft", bewaren.ruim_op),
    vernietiging.volgende_wissing,
    volgende_betekenis,
    Elke(timedelta(hours=1), "betekenis nakijken", kijk_betekenis_na),
    Elke(timedelta(minutes=1), "versies voor LPDC", lpdcuit.Bijwerker()),
    Elke(timedelta(hours=1), "standen-volgen", stand.volg_alles),
    Elke(timedelta(hours=1), "plan-herinneren", herinneren.herinner),
    mjpinvoer.volgende_mjpinvoer,
    Elke(timedelta(days=1), "opgeladen-meerjarenplannen", mjpinvoer.ruim_op),
    Elke(timedelta(minutes=1), "plan-berichten", volgen.Berichtenmaker()),
    Elke(timedelta(minutes=10), "participatie-berichten", praatnieuws.schrijf_berichten),
    Elke(timedelta(hours=1), "participatie-nieuws", praatnieuws.verstuur_nieuws),
    Elke(timedelta(hours=1), "plan-nieuws", volgen.verstuur_nieuws),
    Elke(timedelta(hours=1), "overleg-herinneren", inschrijving.herinner),
    Elke(timedelta(hours=1), "overlegtaken-herinneren", overlegtaak.herinner_aan_taken),
    Elke(timedelta(hours=6), "aanspreekpunten-herinneren", aflopend.herinner),
    Elke(timedelta(hours=1), "organisaties-wissen", wisverzoek.voer_uit),
    Elke(timedelta(minutes=1), "overlegdocumenten-nakijken", agendapunt.kijk_na),
    Elke(timedelta(minutes=1), "formulierbestanden-nakijken", bestand.kijk_na),
    mailin.volgende_mail,
    Uitvoermaker(),
    Jaarverslagmaker(),
    Elke(timedelta(hours=1), "antwoordplicht", antwoordplicht.herinner),
    Notamaker(),
    Elke(timedelta(minutes=10), "doorwerking nakijken", doorwerking.kijk_na),
    VERLOOP_VAN_DOORVERWIJZINGEN,
]


class Command(BaseCommand):
    help = "Verzendt uitgaande mail en doet werk op de achtergrond, tot SIGTERM of Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument(
            "--lease", type=int, default=int(LEASE.total_seconds()), help="seconden dat een mail vastgehouden wordt"
        )

    def handle(self, *args, lease, **options):
        werker = Werker()
        werker.luister_naar_signalen()
        post = Post(stoppen=lambda: werker.gestopt, lease=timedelta(seconds=lease))
        werker.werk([post.volgende, *TAKEN])
