"""How fast a large plan is in the admin: `python -m hulpmiddelen.meet_beheer`; a row of `make bench` too.

Makes a database of its own beside the others, with the demo town and a plan of ACTIES actions and INDICATOREN indicators,
asks whole pages of the portal in this process, one after the other, as the coordinator, and drops the database. A page is
asked BEURTEN times after a few that do not count; the front cache is not part of it. `--rijen` measures in the database
that DATABASE_URL names and prints JSON.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from importlib import import_module

import django

ACTIES, INDICATOREN, GARANTIES, DOELEN = 1000, 200, 10, 10
VOORAF, BEURTEN = 3, 40
NAAM = "sociaalhuis_meetbeheer"
GRENS = 300  # ms at p95


def maak():
    """The plan, with tasks, partners and themes on every action; returns it."""
    models, huis = import_module("plan.models"), import_module("sociaalhuis.models")
    plan = models.Plan.objects.create(
        slug="groot", titel="Groot plan", beginjaar=2026, eindjaar=2031, missie="x", staat="openbaar",
        gepubliceerd_op="2026-01-01",
    )  # fmt: skip
    tekst = f"<p>{'Wij helpen mensen in hun buurt. ' * 20}</p>"
    deel = {"plan": plan, "lange_omschrijving": tekst}
    garanties = models.Garantie.objects.bulk_create(
        models.Garantie(code=f"A{n}", titel=f"Garantie {n}", volgorde=n, **deel) for n in range(GARANTIES)
    )
    doelen = models.Doelstelling.objects.bulk_create(
        models.Doelstelling(code=f"{garantie.code}.{n}", titel=f"Doel {n}", volgorde=n, ouder=garantie, **deel)
        for garantie in garanties
        for n in range(DOELEN)
    )
    acties = models.Actie.objects.bulk_create(
        models.Actie(
            code=f"{doelen[n % len(doelen)].code}.{n}", titel=f"Actie {n} over wonen en zorg", volgorde=n % 1000,
            ouder=doelen[n % len(doelen)], termijn="kort", bestuur=["ocmw", "gemeente", "beide"][n % 3],
            trekker=f"Dienst {n % 20}", begin="2026-02-01", einde="2027-12-31", **deel,
        )
        for n in range(ACTIES)
    )  # fmt: skip
    themas, organisaties = list(huis.Thema.objects.all()), list(huis.Organisatie.objects.erkend())
    koppel = models.Onderdeel.themas.through
    koppel.objects.bulk_create(koppel(onderdeel_id=a.pk, thema=themas[n % len(themas)]) for n, a in enumerate(acties))
    models.Partnerschap.objects.bulk_create(
        models.Partnerschap(onderdeel_id=a.pk, organisatie=organisaties[n % len(organisaties)])
        for n, a in enumerate(acties)
    )
    models.Taak.objects.bulk_create(
        models.Taak(actie=actie, titel=f"Taak {n}", tegen="2026-12-31") for actie in acties for n in range(3)
    )
    models.Indicator.objects.bulk_create(
        models.Indicator(
            plan=plan, code=f"I{n}", titel=f"Indicator {n}", definitie="x", eenheid="gezinnen", richting="omhoog", bron="x",
            eigenaar="x",
        )
        for n in range(INDICATOREN)
    )  # fmt: skip
    return plan


def paginas(plan):
    """{what: (address, whether its form is filled in and sent)}."""
    garantie, doel, actie = (plan.onderdelen.filter(soort=s).first() for s in ("garantie", "doelstelling", "actie"))
    lijst, indicator = "/beheer/plan/actie/", plan.indicatoren.first()
    return {
        "list of actions": (f"{lijst}?plan__id__exact={plan.pk}", False),
        "the same, filtered three ways": (f"{lijst}?plan__id__exact={plan.pk}&garantie={garantie.pk}&bestuur__exact=ocmw", False),
        "the same, searched": (f"{lijst}?q=actie+77", False),
        "list of indicators": (f"/beheer/plan/indicator/?plan__id__exact={plan.pk}", False),
        "the tree, closed": (f"/beheer/plan/onderdeel/boom/{plan.pk}/", False),
        "the tree, one guarantee open": (f"/beheer/plan/onderdeel/boom/{plan.pk}/?open={garantie.pk}", False),
        "form of an action": (f"{lijst}{actie.pk}/change/", False),
        "saving an action": (f"{lijst}{actie.pk}/change/", True),
        "form of a goal with 10 actions": (f"/beheer/plan/doelstelling/{doel.pk}/change/", False),
        "form of an indicator": (f"/beheer/plan/indicator/{indicator.pk}/change/", False),
        "my part of the plan": ("/plan/redactie/", False),
        "editing an action outside the admin": (f"/plan/redactie/{actie.pk}/", False),
    }  # fmt: skip


def ingevuld(client, adres, beurt):
    """The form of a page, filled in; what is needed to see it would slow down the pages that are timed."""
    proef = import_module("django.test.utils")
    proef.setup_test_environment()
    try:
        return formulier(client.get(adres), beurt)
    finally:
        proef.teardown_test_environment()


def formulier(antwoord, beurt):
    """The form of a page as a browser sends it back, with another title."""
    forms = [antwoord.context["adminform"].form]
    for inline in antwoord.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    velden = {"_gezien": antwoord.context["gezien"]}
    for veld in (veld for form in forms for veld in form):
        waarde = veld.value()
        if hasattr(veld.field, "to_field_name") and not isinstance(waarde, list):
            waarde = veld.field.prepare_value(waarde)
        elif isinstance(waarde, list):
            waarde = [getattr(keuze, "pk", keuze) for keuze in waarde]
        elif not hasattr(veld.field, "choices"):
            waarde = veld.field.widget.format_value(waarde)
        if waarde not in (None, False):
            velden[veld.html_name] = waarde
    return {**velden, "titel": f"Een andere titel {beurt}"}


def meet():
    """{what: {"mediaan", "p95" (ms), "processor" (ms), "vragen"}}."""
    connection, client_module = import_module("django.db").connection, import_module("django.test")
    gebruiker = import_module("sociaalhuis.models").Gebruiker.objects.get(email="coordinator@wilgenbeke.example")
    client = client_module.Client(SERVER_NAME="127.0.0.1")
    client.force_login(gebruiker)
    plan, uit = maak(), {}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for naam, (adres, bewaart) in paginas(plan).items():
        tijden, processor = [], []
        for beurt in range(VOORAF + BEURTEN):
            velden = ingevuld(client, adres, beurt) if bewaart else None
            begin, cpu = time.perf_counter(), time.process_time()
            antwoord = client.get(adres) if velden is None else client.post(adres, velden)
            duur, verbruik = time.perf_counter() - begin, time.process_time() - cpu
            if antwoord.status_code != (200 if velden is None else 302):
                sys.exit(f"{adres} answers {antwoord.status_code}")
            if beurt >= VOORAF:
                tijden.append(1000 * duur)
                processor.append(1000 * verbruik)
        with import_module("django.test.utils").CaptureQueriesContext(connection) as vragen:
            velden = ingevuld(client, adres, "x") if bewaart else None
            voor = len(vragen)
            client.get(adres) if velden is None else client.post(adres, velden)
        tijden.sort()
        uit[naam] = {
            "mediaan": statistics.median(tijden),
            "p95": tijden[round(0.95 * len(tijden)) - 1],
            "processor": statistics.median(processor),
            "vragen": len(vragen) - voor,
        }
    return uit


def in_omgeving(omgeving):
    """What `meet` tells, in the database of this environment."""
    klaar = subprocess.run(
        [sys.executable, "-m", "hulpmiddelen.meet_beheer", "--rijen"],
        env=omgeving,
        capture_output=True,
        text=True,
        check=False,
    )
    if klaar.returncode:
        sys.exit(klaar.stderr[-2000:] or klaar.stdout[-2000:])
    return json.loads(klaar.stdout.splitlines()[-1])


def tabelrijen(maten):
    """Rows for the table of `make bench`: (what, measured, wanted)."""
    return [
        (
            f"plan of {ACTIES:,} actions and {INDICATOREN} indicators: {naam}",
            f"median {maat['mediaan']:.0f} ms, p95 {maat['p95']:.0f} ms, {maat['processor']:.0f} ms of processor, {maat['vragen']} queries",
            f"p95 {GRENS} ms",
        )
        for naam, maat in maten.items()
    ]  # fmt: skip


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sociaalhuis.settings")
    django.setup()
    if "--rijen" in sys.argv:
        print(json.dumps(meet()))
        return
    bench = import_module("hulpmiddelen.bench")
    bench.NAAM = NAAM
    weg = f"DROP DATABASE IF EXISTS {NAAM} WITH (FORCE)"
    bench.op_server(weg, f"CREATE DATABASE {NAAM}")
    try:
        bench.beheer("migrate", "-v0")
        bench.beheer("collectstatic", "--noinput", "-v0")
        bench.beheer("laad_wilgenbeke")
        print(bench.machine())
        for rij in tabelrijen(in_omgeving(bench.omgeving())):
            print("| " + " | ".join(rij) + " |")
    finally:
        bench.op_server(weg)


if __name__ == "__main__":
    main()
