"""Trees of the signpost for tests: `maak_weg("ziek", {"begin": ("Ben je ziek?", {"Ja": "dokter"}), "dokter": [dienst]})`.

A tuple is a question with its answers, a list an outcome with its services.
"""

from loket.models import Levensgebeurtenis, Wegpunt


def maak_weg(slug, punten, **velden):
    """The life event, not published, and {name: point}."""
    gebeurtenis = Levensgebeurtenis.objects.create(slug=slug, titel=f"Ik {slug}", kort="Hulp.", **velden)
    gemaakt = {}
    for naam, inhoud in punten.items():
        is_vraag = isinstance(inhoud, tuple)
        gemaakt[naam] = Wegpunt.objects.create(
            gebeurtenis=gebeurtenis,
            soort="vraag" if is_vraag else "uitkomst",
            titel=inhoud[0] if is_vraag else f"Uitkomst {naam}",
        )
    for naam, inhoud in punten.items():
        if isinstance(inhoud, tuple):
            for nummer, (tekst, naar) in enumerate(inhoud[1].items()):
                gemaakt[naam].antwoorden.create(tekst=tekst, naar=gemaakt.get(naar), volgorde=nummer)
        else:
            for nummer, dienst in enumerate(inhoud):
                gemaakt[naam].wegdiensten.create(dienst=dienst, volgorde=nummer)
    gebeurtenis.begin = gemaakt.get("begin")
    gebeurtenis.save()
    return gebeurtenis, gemaakt


def adres(gebeurtenis, *teksten):
    """The address after these answers, by their texts."""
    punt, codes = gebeurtenis.begin, []
    for tekst in teksten:
        antwoord = punt.antwoorden.get(tekst=tekst)
        codes.append(antwoord.code)
        punt = antwoord.naar
    return f"/loket/wegwijzer/{gebeurtenis.slug}/" + (f"{'-'.join(codes)}/" if codes else "")
