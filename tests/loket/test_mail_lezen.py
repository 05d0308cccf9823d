"""Reading messages as they really come: encodings, parts, quotes, signs of machines, and 1,000 broken ones."""

import random
import time

import pytest

from loket.mail import lus
from loket.mail.citaat import eigen_woorden
from loket.mail.lezen import MAX_TEKST, ZONDER_TEKST, Onleesbaar, koppen_en_begin, lees
from loket.mail.lus import Reden
from loket.mail.tekst import kop, uit_html
from tests.loket import mails

VRAAG = "Kan ik hulp krijgen?"


def gelezen(bericht):
    return lees(bericht if isinstance(bericht, bytes) else bericht.as_bytes())


# --- what cannot be read ------------------------------------------------------------------------


def test_a_mail_without_end_of_nesting_is_unreadable_and_its_beginning_is_not():
    kop_ = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    diep = b"From: x@voorbeeld.example\r\nSubject: diep\r\n" + b"".join(kop_ % (n, n) for n in range(3000))
    with pytest.raises(Onleesbaar, match="zo diep"):
        lees(diep)
    assert koppen_en_begin(diep).afzender == "x@voorbeeld.example"


@pytest.mark.parametrize("bericht", [b"", b"\r\n\r\n", b"\x00\xff\xfe", b"geen koppen hier", b":\n:\n\n:"])
def test_what_is_no_mail_has_no_sender(bericht):
    post = lees(bericht)
    assert post.afzender == "" and post.eigen_tekst


@pytest.mark.parametrize("van", ["", "geen adres", "<>", "a@", "@b", "x@localhost" + "y" * 300, "Ik <niet@geldig>"])
def test_a_sender_that_mail_cannot_go_to_is_no_sender(van):
    assert lees(mails.rauw(b"x", van=van.encode())).afzender == ""


# --- encodings ----------------------------------------------------------------------------------

CODERINGEN = [
    (b"Content-Type: text/plain; charset=windows-1252", "Ik kan € 50 betalen, één keer.".encode("cp1252"), True),
    (b"Content-Type: text/plain; charset=iso-8859-1", "Ik kan € 50 betalen, één keer.".encode("cp1252"), True),
    (b"Content-Type: text/plain; charset=utf-8", "Ik kan € 50 betalen, één keer.".encode(), True),
    (b"Content-Type: text/plain; charset=utf-8", "Ik kan € 50 betalen, één keer.".encode("cp1252"), False),
    (b"Content-Type: text/plain; charset=us-ascii", "Ik kan € 50 betalen, één keer.".encode(), True),
    (b"Content-Type: text/plain; charset=bestaat-niet", "Ik kan € 50 betalen, één keer.".encode(), False),
    (b"X-Niets: 1", "Ik kan € 50 betalen, één keer.".encode(), True),
    (b'Content-Type: text/plain; charset="utf-8', "Ik kan € 50 betalen, één keer.".encode(), True),
]


@pytest.mark.parametrize(("koptekst", "inhoud", "zeker"), CODERINGEN)
def test_the_words_are_right_whatever_the_encoding(koptekst, inhoud, zeker):
    post = lees(mails.rauw(inhoud, koptekst, b"Content-Transfer-Encoding: 8bit"))
    assert post.eigen_tekst == "Ik kan € 50 betalen, één keer."
    assert bool(post.opmerkingen) is not zeker


@pytest.mark.parametrize(
    ("rauw", "verwacht"),
    [
        (b"Subject: =?utf-8?q?Vraag_over_caf=C3=A9?=", "Vraag over café"),
        (b"Subject: =?windows-1252?Q?Hulp_=80_50?=", "Hulp € 50"),
        (b"Subject: =?utf-8?b?VnJhYWc=?= =?utf-8?b?IHR3ZWU=?=", "Vraag twee"),
        (b"Subject: =?bestaat-niet?q?Vraag?=", "Vraag"),
        (b"Subject: =?utf-8?b?!!!?=", ""),
        ("Subject: Café zonder codering".encode(), "Café zonder codering"),
        ("Subject: Café in Latin".encode("cp1252"), "Café in Latin"),
        (b"Subject: een\r\n twee\r\n\tdrie", "een twee drie"),
        (b"Subject: om\xe2\x80\xaegekeerd\x00", "omgekeerd"),
        (b"Subject:", ""),
    ],
)
def test_subjects_in_every_style(rauw, verwacht):
    assert lees(mails.rauw(b"x", rauw)).onderwerp == verwacht


@pytest.mark.parametrize(
    "naam",
    [
        b'filename="loonfiche.txt"',
        b"filename*=utf-8''loonfiche.txt",
        b"filename*=utf-8'nl'loonf%69che%E2%80%AE.txt",
        b"filename*0=loon; filename*1=fiche.txt",
        b'filename="=?utf-8?q?loonfiche=2Etxt?="',
    ],
)
def test_file_names_in_every_style(naam):
    delen = b"--g\r\n\r\nZie bijlage.\r\n--g\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; %s\r\n\r\ninhoud\r\n--g--"
    post = lees(mails.rauw(delen % naam, b"Content-Type: multipart/mixed; boundary=g"))
    assert [(b.name, b.read()) for b in post.bestanden] == [("loonfiche.txt", b"inhoud")]


def test_the_sender_is_the_address_not_the_name():
    post = gelezen(mails.mail(van='"baas@stad.example" <Echt@Voorbeeld.example>'))
    assert (post.afzender, post.naam) == ("echt@voorbeeld.example", "baas@stad.example")
    assert lees(mails.rauw(b"x", van="Zoë <zoe@voorbeeld.example>".encode())).naam == "Zoë"


# --- parts --------------------------------------------------------------------------------------


def test_plain_text_goes_before_html_and_html_alone_becomes_text():
    assert gelezen(mails.met_html("<p>HTML</p>", gewoon=VRAAG)).eigen_tekst == VRAAG
    assert (
        gelezen(mails.met_html("<p>Een <b>vraag</b></p><p>en nog &eacute;&eacute;n</p>")).eigen_tekst
        == "Een vraag\n\nen nog één"
    )


def test_an_empty_plain_version_does_not_hide_the_html():
    assert gelezen(mails.met_html(f"<p>{VRAAG}</p>", gewoon="  \n")).eigen_tekst == VRAAG


def test_html_keeps_links_and_drops_what_works():
    html = "<style>p{}</style><script>x()</script><p>Zie <a href='https://a.example/x'>hier</a></p><a href='javascript:x'>niet</a>"
    assert uit_html(html) == "Zie hier (https://a.example/x)\nniet"


def test_parts_in_parts_are_found_up_to_a_limit():
    assert gelezen(mails.genest(5)).eigen_tekst == "Diep in de mail."
    diep = gelezen(mails.genest(30))
    assert diep.eigen_tekst == ZONDER_TEKST and "te diep" in diep.opmerkingen[0]


def test_a_forwarded_mail_brings_its_words_and_files():
    binnen = mails.met_bestand(tekst="Betaal voor 1 april.", van="Bureau <info@incasso.example>", onderwerp="Aanmaning")
    post = gelezen(mails.doorgestuurd(binnen))
    assert post.afzender == mails.BEWONER
    assert "Kijk eens wat ik kreeg." in post.tekst and "Betaal voor 1 april." in post.tekst
    assert "[Meegestuurde mail van Bureau <info@incasso.example>: Aanmaning]" in post.tekst
    assert [b.name for b in post.bestanden] == ["brief.txt"]


def test_an_invitation_is_a_file_and_winmail_is_said():
    assert [b.name for b in gelezen(mails.uitnodiging()).bestanden] == ["uitnodiging.txt"]
    post = gelezen(mails.winmail())
    assert post.bestanden == [] and "winmail.dat: dit kan alleen Outlook openen" in post.opmerkingen[0]


def test_a_mail_without_text_says_so():
    assert gelezen(mails.mail("", onderwerp=None)).eigen_tekst == ZONDER_TEKST
    assert gelezen(mails.met_bestand(tekst="", onderwerp="Mijn loonfiche")).vraag_tekst == "Mijn loonfiche"


def test_the_subject_is_part_of_a_question_and_not_of_a_reply():
    post = gelezen(mails.mail("Ik kan ze niet betalen.", onderwerp="Mijn gasfactuur"))
    assert post.vraag_tekst == "Mijn gasfactuur\n\nIk kan ze niet betalen."
    assert post.eigen_tekst == "Ik kan ze niet betalen."


def test_a_very_long_text_is_cut_and_says_so():
    post = gelezen(mails.mail("lang woord " * 5000))
    assert len(post.eigen_tekst) == MAX_TEKST and "langer" in post.opmerkingen[0]


# --- only what was written now ------------------------------------------------------------------

CITATEN = [
    "Op ma 2 mrt 2026 om 14:05 schreef Sociaal Huis <huis@proefdorp.example>:\n> Dag\n> Er is een bericht.",
    "Op 2 mrt 2026, om 14:05 heeft Sociaal Huis <huis@proefdorp.example> het volgende geschreven:\n\n> Dag",
    "Op maandag 2 maart 2026 14:05 schreef Sociaal Huis\n<huis@proefdorp.example>:\n> Dag",
    "On Mon, 2 Mar 2026 at 14:05, Sociaal Huis <huis@proefdorp.example> wrote:\n> Dag",
    "Le lun. 2 mars 2026 à 14:05, Sociaal Huis <huis@proefdorp.example> a écrit :\n> Dag",
    "________________________________\nVan: Sociaal Huis <huis@proefdorp.example>\nVerzonden: maandag\nAan: mij\nOnderwerp: x\n\nDag",
    "From: Sociaal Huis\nSent: Monday\nTo: me\nSubject: x\n\nDag",
    "De : Sociaal Huis\nEnvoyé : lundi\nÀ : moi\nObjet : x\n\nDag",
    "-----Oorspronkelijk bericht-----\nVan: Huis\n\nDag",
    "-------- Forwarded Message --------\nSubject: x\n\nDag",
]


@pytest.mark.parametrize("citaat", CITATEN)
def test_the_quoted_mail_is_left_out(citaat):
    assert (
        eigen_woorden(f"Ja, graag maandag.\nGroetjes, Bewoner\n\n{citaat}") == "Ja, graag maandag.\nGroetjes, Bewoner"
    )


def test_answers_between_and_below_the_quote_stay():
    tekst = "Op 2 mrt 2026 om 14:05 schreef Huis <a@b.example>:\n> Wanneer kan je?\nMaandag.\n> En waar?\nThuis."
    assert eigen_woorden(tekst) == "Maandag.\nThuis."


def test_a_sentence_that_looks_like_a_quote_stays():
    tekst = "Op 3 maart schreef de deurwaarder dit: betaal!\nWat moet ik doen?"
    assert eigen_woorden(tekst) == tekst


@pytest.mark.parametrize(
    "staart", ["-- \nBedrijf\nwww.bedrijf.example", "Verzonden vanaf mijn iPhone", "Envoyé de mon iPhone"]
)
def test_the_signature_of_a_program_is_left_out_and_the_name_stays(staart):
    assert (
        eigen_woorden(f"{VRAAG}\n\nMet vriendelijke groet\nBewoner\n\n{staart}")
        == f"{VRAAG}\n\nMet vriendelijke groet\nBewoner"
    )


@pytest.mark.parametrize("tekst", ["> alleen citaat", "--\nalleen dit", "Verzonden vanaf mijn iPhone"])
def test_when_nothing_would_be_left_everything_stays(tekst):
    assert eigen_woorden(tekst) == tekst.strip()


@pytest.mark.parametrize(
    "stuk", ["On a ", "Op 3\n", "From: a\n", "> ", ">", "Op 1 schreef ", "\n\n____", "<div>", "&lt;", "-- \n", "a\t "]
)
def test_time_grows_with_the_length_only(stuk):
    tekst, html = stuk * (200_000 // len(stuk)), stuk * (400_000 // len(stuk))
    begin = time.perf_counter()
    eigen_woorden(tekst)
    uit_html(html)
    assert time.perf_counter() - begin < 3


# --- signs of machines --------------------------------------------------------------------------

LUS = "sociaalhuis@proefdorp.example"
MACHINES = [
    ({"Auto-Submitted": "auto-replied"}, Reden.AUTOMATISCH),
    ({"Auto-Submitted": "auto-generated; x=y"}, Reden.AUTOMATISCH),
    ({"X-Auto-Response-Suppress": "All"}, Reden.AUTOMATISCH),
    ({"X-Autoreply": "yes"}, Reden.AUTOMATISCH),
    ({"Precedence": "auto_reply"}, Reden.AUTOMATISCH),
    ({"Return-Path": "<>"}, Reden.AUTOMATISCH),
    ({"Subject": "Automatisch antwoord: er is een bericht"}, Reden.AUTOMATISCH),
    ({"Subject": "Out of office"}, Reden.AUTOMATISCH),
    ({"Subject": "Réponse automatique : absent"}, Reden.AUTOMATISCH),
    ({"From": "noreply@winkel.example"}, Reden.AUTOMATISCH),
    ({"Precedence": "bulk"}, Reden.LIJST),
    ({"Precedence": "junk"}, Reden.LIJST),
    ({"List-Id": "Nieuws <nieuws.voorbeeld.example>"}, Reden.LIJST),
    ({"List-Unsubscribe": "<mailto:weg@voorbeeld.example>"}, Reden.LIJST),
    ({"X-Loop": LUS}, Reden.EIGEN),
    ({"From": "Huis <huis@proefdorp.example>"}, Reden.EIGEN),
    ({"From": "MAILER-DAEMON@mx.example"}, Reden.TERUGMELDING),
    ({"X-Failed-Recipients": "x@voorbeeld.example"}, Reden.TERUGMELDING),
]


@pytest.mark.parametrize(("koppen", "reden"), MACHINES)
def test_a_machine_is_known_by_its_headers(koppen, reden):
    post = gelezen(mails.mail(**{naam.replace("-", "_"): waarde for naam, waarde in koppen.items()}))
    assert lus.teken(post, eigen_adressen={"huis@proefdorp.example"}, eigen_lus=LUS) == reden


@pytest.mark.parametrize(
    "koppen",
    [
        {},
        {"Auto_Submitted": "no"},
        {"X_Loop": "iemand@anders.example"},
        {"Precedence": "normal"},
        {"Subject": "Ik ben ziek"},
    ],
)
def test_a_person_is_no_machine(koppen):
    assert lus.teken(gelezen(mails.mail(**koppen)), eigen_lus=LUS) == ""


@pytest.mark.parametrize("soort", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_mail_that_did_not_arrive(soort):
    post = gelezen(mails.bounce("<van-ons@proefdorp.example>", soort=soort))
    assert lus.teken(post) == Reden.TERUGMELDING and "<van-ons@proefdorp.example>" in post.rapport


# --- a thousand broken ones ---------------------------------------------------------------------


def goede_mails():
    return [
        mails.mail().as_bytes(),
        mails.met_html("<table><tr><td>x</td></tr></table>", gewoon="x").as_bytes(),
        mails.met_bestand(naam="café.png", inhoud=mails.beeld(), soort=("image", "png")).as_bytes(),
        mails.doorgestuurd(mails.met_bestand()).as_bytes(),
        mails.bounce("<van-ons@proefdorp.example>"),
        mails.uitnodiging().as_bytes(),
        mails.genest(8).as_bytes(),
        mails.rauw("Café".encode("cp1252"), b"Content-Type: text/plain; charset=x", b"Subject: =?utf-8?b?!?="),
    ]


def verminkt(kans, bron):
    """One message with something wrong: bytes changed, cut, doubled, or parts of two mixed."""
    stuk = bytearray(kans.choice(bron))
    for _ in range(kans.randint(1, 12)):
        plek = kans.randrange(len(stuk) or 1)
        match kans.randint(0, 6):
            case 0:
                stuk[plek : plek + 1] = bytes([kans.randrange(256)])
            case 1:
                del stuk[plek : plek + kans.randint(1, 60)]
            case 2:
                stuk[plek:plek] = stuk[plek : plek + kans.randint(1, 200)]
            case 3:
                stuk[plek:plek] = kans.randbytes(kans.randint(1, 40))
            case 4:
                stuk[plek:plek] = kans.choice(
                    [b"\r\n\r\n", b"=?utf-8?q?", b"--", b'"', b"<>", b";", b"\x00", b"filename*=x'"]
                )
            case 5:
                stuk = stuk[: plek + 1]
            case 6:
                stuk += kans.choice(bron)[plek:]
    return bytes(stuk)


def test_a_thousand_broken_mails_are_read_or_called_unreadable():
    kans, bron, onleesbaar = random.Random(20260302), goede_mails(), 0
    for _ in range(1000):
        bericht = verminkt(kans, bron)
        try:
            post = lees(bericht)
        except Onleesbaar:
            onleesbaar += 1
            continue
        lus.teken(post)
        assert "\x00" not in post.eigen_tekst + post.onderwerp + post.naam
        (
            post.afzender
            + post.vraag_tekst
            + "".join([*post.aan, *post.verwijst])
            + post.onderwerp
            + post.naam
            + "".join(b.name for b in post.bestanden)
        ).encode()
    assert onleesbaar < 50


def test_a_header_never_holds_what_turns_or_breaks_a_line():
    assert kop("a\r\nBcc: b\x00\u202ec") == "a Bcc: bc"
