"""The reactienota of a round as plain data: page, PDF and xlsx are the same. Who said what as the public pages show it."""

from collections import Counter

from participatie.models import Antwoordrechtzetting, Besluit
from sociaalhuis.templatetags.huis import datum
from sociaalhuis.verslag.model import DATUM, GETAL, Deel, Kolom, Tabel, Verslag, Verwijzing

HEEL = "Het hele plan"
KOLOMMEN = [
    Kolom("Wie"),
    Kolom("Wat zei die?"),
    Kolom("Over"),
    Kolom("Besluit"),
    Kolom("Waarom, en wat verandert er?"),
    Kolom("Referentie"),
]


def beantwoord(ronde):
    """The inputs of a round that are shown with their published answer, in the order of the plan; three queries."""
    rijen = ronde.inbrengen.openbaar().voor_lijst().select_related("onderdeel__garantie")
    rijen = rijen.prefetch_related("punten__onderdeel", "samengevoegd__leidend__punten__onderdeel")
    return [inbreng for inbreng in rijen.in_volgorde_van_het_plan() if inbreng.antwoord_openbaar]


def als_verslag(ronde):
    """`Verslag` of a round whose answers are out."""
    inbrengen = beantwoord(ronde)
    return Verslag(
        titel=f"Reactienota: {ronde.titel}",
        naam=f"reactienota-{ronde.slug}",
        ondertitel=ronde.vraag,
        kenmerken=kenmerken(ronde, inbrengen),
        delen=[in_het_kort(inbrengen), *per_deel(inbrengen), *rechtgezet(inbrengen), *in_eigen_naam(ronde)],
    )


def kenmerken(ronde, inbrengen):
    op_tijd = ronde.antwoorden_gepubliceerd_op.date() <= ronde.antwoord_tegen
    return [
        ("Plan", ronde.plan.titel),
        ("De ronde liep", f"van {datum(ronde.opent_op)} tot {datum(ronde.sluit_op)}"),
        ("Antwoord beloofd tegen", datum(ronde.antwoord_tegen)),
        ("Beantwoord op", f"{datum(ronde.antwoorden_gepubliceerd_op)}{'' if op_tijd else ' (te laat)'}"),
        ("Wie deed mee", wie_deed_mee(inbrengen)),
    ]


def wie_deed_mee(inbrengen):
    """Who took part in words, each kind apart: organisations, residents, and conversations with how many people."""
    organisaties = {inbreng.organisatie_id for inbreng in inbrengen} - {None}
    groepen = {inbreng.groepsgesprek_id: inbreng.groepsgrootte for inbreng in inbrengen if inbreng.groepsgesprek_id}
    inwoners = sum(
        not (inbreng.organisatie_id or inbreng.groepsgesprek_id or inbreng.vult_aan_id) for inbreng in inbrengen
    )
    delen = [_keer(len(organisaties), "organisatie", "organisaties"), _keer(inwoners, "inwoner", "inwoners")]
    if groepen:
        delen.append(
            f"{_keer(len(groepen), 'groepsgesprek', 'groepsgesprekken')} (samen {sum(groepen.values())} mensen)"
        )
    return ", ".join(delen)


def _keer(aantal, een, meer):
    return f"{aantal} {een if aantal == 1 else meer}"


def in_het_kort(inbrengen):
    telling = Counter(inbreng.antwoord_openbaar.besluit for inbreng in inbrengen)
    rijen = [[label, telling[besluit]] for besluit, label in Besluit.choices]
    tabel = Tabel("Wat we beslisten", [Kolom("Besluit"), Kolom("Inbreng", GETAL)], rijen, staven=1)
    recht = [inbreng for inbreng in inbrengen if inbreng.heeft_reactierecht]
    zinnen = [f"We kregen {len(inbrengen)} keer inbreng en antwoordden op elk ervan, met een reden."]
    zinnen += [
        f"{inbreng.organisatie} heeft recht op een reactie. {inbreng.organisatie.reactierecht.grond.rstrip('.')}."
        for inbreng in {inbreng.organisatie_id: inbreng for inbreng in recht}.values()
    ]
    return Deel("In het kort", alineas=zinnen, tabellen=[tabel])


def per_deel(inbrengen):
    """A part per guarantee of the plan, what is about the whole plan first."""
    groepen = {}
    for inbreng, aantal in samen_geteld(inbrengen):
        groepen.setdefault(garantie(inbreng.onderdeel), []).append(rij(inbreng, aantal))
    return [
        Deel(
            str(deel) if deel else HEEL,
            tabellen=[Tabel(f"Inbreng over {deel.code if deel else 'het hele plan'}", KOLOMMEN, rijen)],
        )
        for deel, rijen in sorted(
            groepen.items(), key=lambda paar: (paar[0].volgorde, paar[0].code) if paar[0] else (-1, "")
        )
    ]


def samen_geteld(inbrengen):
    """[(input, for how many it stands)]: ticked answers that were answered together are one row."""
    telling = Counter(inbreng.leidend.pk for inbreng in inbrengen if inbreng.is_aangekruist)
    return [
        (inbreng, telling[inbreng.pk] if inbreng.is_aangekruist else 1)
        for inbreng in inbrengen
        if not inbreng.is_aangekruist or inbreng.leidend.pk == inbreng.pk
    ]


def garantie(onderdeel):
    return (onderdeel.garantie or onderdeel) if onderdeel else None


def rij(inbreng, aantal=1):
    antwoord = inbreng.antwoord_openbaar
    wie = f"{inbreng.van} (recht op een reactie)" if inbreng.heeft_reactierecht else inbreng.van
    return [
        f"{aantal} keer ingevuld" if aantal > 1 else wie,
        inbreng.woorden,
        inbreng.over,
        antwoord.get_besluit_display(),
        reactie(inbreng, antwoord),
        Verwijzing(inbreng.referentie, inbreng.get_absolute_url()),
    ]


def reactie(inbreng, antwoord):
    """Reason and change as one text, and those of each point."""
    delen = [zin(antwoord)]
    for punt in inbreng.leidend.punten.all():
        delen.append(f"“{punt.citaat}” {punt.get_besluit_display()}. {zin(punt)}")
    if inbreng.leidend.pk != inbreng.pk:
        delen.append(f"Samen beantwoord met {inbreng.leidend.referentie}.")
    return " ".join(delen)


def zin(besluit):
    tekst = besluit.reden
    if besluit.wijziging:
        tekst += f" Wat verandert er? {besluit.wijziging}"
    if besluit.waarheen:
        tekst += f" Het gaat naar: {besluit.waarheen.rstrip('.')}."
    return tekst


def rechtgezet(inbrengen):
    """The corrections since, as a part of its own; nothing when there are none. One query."""
    waar = {}
    for inbreng in inbrengen:
        antwoord = inbreng.antwoord_openbaar
        if antwoord.versie > 1:
            waar.setdefault(antwoord.pk, Verwijzing(inbreng.referentie, inbreng.get_absolute_url()))
    recht = Antwoordrechtzetting.objects.filter(antwoord__in=waar).exclude(akkoord_op=None) if waar else []
    volgorde = {sleutel: plaats for plaats, sleutel in enumerate(waar)}
    rijen = [
        [rij.akkoord_op.date(), rij.uitleg, rij.oud_reden, waar[rij.antwoord_id]]
        for rij in sorted(recht, key=lambda rij: (volgorde[rij.antwoord_id], rij.op))
    ]
    if not rijen:
        return []
    kolommen = [Kolom("Op", DATUM), Kolom("Wat was er fout?"), Kolom("Wat stond er eerst?"), Kolom("Referentie")]
    return [Deel("Rechtgezet", tabellen=[Tabel("Rechtzettingen", kolommen, rijen)])]


def in_eigen_naam(ronde):
    """The personal remarks that anyone may read, apart from what organisations said; nothing when there are none."""
    rijen = [
        [rij.door.get_full_name(), rij.organisatie.naam, rij.inbreng.over if rij.inbreng_id else HEEL, rij.tekst]
        for rij in ronde.opmerkingen.openbaar().voor_lijst()
    ]
    if not rijen:
        return []
    kolommen = [Kolom("Wie, in eigen naam"), Kolom("Spreekt ook voor"), Kolom("Over"), Kolom("Opmerking")]
    uitleg = "Geschreven in eigen naam, naast de stem van een organisatie. Het telt nergens mee en vroeg geen antwoord."
    return [Deel("Persoonlijke opmerkingen", alineas=[uitleg], tabellen=[Tabel("In eigen naam", kolommen, rijen)])]
