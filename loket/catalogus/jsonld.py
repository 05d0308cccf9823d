"""A service for machines: schema.org's GovernmentService as JSON-LD."""

import json

from django.utils.safestring import mark_safe

# As in Django's json_script: nothing in the data can end the element it stands in.
VEILIG = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
DAGEN = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def zonder_lege(waarde):
    return {sleutel: w for sleutel, w in waarde.items() if w not in (None, "", [], {})}


def dienst(blad, huis, basis):
    """Safe JSON text of a `Blad`; `basis` is the address of the site, as "https://host"."""
    kanalen = [_kanaal(contact) for contact in blad.contactpunten]
    kanalen += [{"@type": "ServiceChannel", "serviceUrl": w["url"]} for p in blad.procedures for w in p["websites"]]
    gegevens = zonder_lege(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "@id": basis + blad.url,
            "url": basis + blad.url,
            "name": blad.titel,
            "description": blad.zin,
            "inLanguage": "nl-BE",
            "isAccessibleForFree": True if blad.gratis else None,
            "category": [thema["naam"] for thema in blad.themas],
            "audience": [{"@type": "Audience", "audienceType": groep["naam"]} for groep in blad.doelgroepen],
            "areaServed": [{"@type": "AdministrativeArea", "name": g["naam"]} for g in blad.gebieden]
            or zonder_lege({"@type": "AdministrativeArea", "name": huis.gemeente}),
            "provider": {"@type": "Organization" if blad.aanbieder else "GovernmentOrganization", "name": blad.door},
            "serviceOperator": {"@type": "GovernmentOrganization", "name": blad.bestuur},
            "availableChannel": kanalen,
        }
    )
    return mark_safe(json.dumps(gegevens, ensure_ascii=False).translate(VEILIG))


def _kanaal(contact):
    plaats = zonder_lege(
        {
            "streetAddress": " ".join(filter(None, [contact["straat"], contact["huisnummer"]])),
            "postalCode": contact["postcode"],
            "addressLocality": contact["gemeente"],
        }
    )
    return zonder_lege(
        {
            "@type": "ServiceChannel",
            "name": contact["naam"],
            "servicePhone": contact["telefoon"] and {"@type": "ContactPoint", "telephone": contact["telefoon"]},
            "serviceUrl": contact["url"],
            "serviceLocation": plaats
            and zonder_lege(
                {
                    "@type": "Place",
                    "address": {"@type": "PostalAddress", "addressCountry": "BE", **plaats},
                    "openingHours": _uren(contact["uren_per_dag"]),
                }
            ),
        }
    )


def _uren(per_dag):
    return [
        f"{dag} {blok}"
        for dag, (_, tekst) in zip(DAGEN, per_dag, strict=False)
        if tekst != "gesloten"
        for blok in tekst.split(" en ")
    ]
