"""The sitemap: what everyone may find. Composed here from the public doors of the apps."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from loket.models import Dienst, Levensgebeurtenis
from participatie.models import Ronde
from plan.models import Actie, Garantie, Plan
from sociaalhuis.models import Locatie, Pagina


class Vast(Sitemap):
    """Pages that are always there."""

    def items(self):
        return [
            "startpagina",
            "loket:zoeken",
            "loket:diensten",
            "loket:locaties",
            "loket:wegwijzer",
            "loket:vraag",
            "participatie:overzicht",
        ]

    def location(self, naam):
        return reverse(naam)


class Paginas(Sitemap):
    def items(self):
        return Pagina.objects.filter(slug__in=["privacy", "toegankelijkheid", "over"])

    def location(self, pagina):
        return f"/{pagina.slug}/"

    def lastmod(self, pagina):
        return pagina.bijgewerkt_op


class Diensten(Sitemap):
    def items(self):
        return Dienst.objects.gepubliceerd().only("slug").order_by("slug")


class Locaties(Sitemap):
    def items(self):
        return Locatie.objects.getoond()


class Wegwijzer(Sitemap):
    """The first question of each life event; what follows is for people, not for robots."""

    def items(self):
        return Levensgebeurtenis.objects.gepubliceerd().only("slug").order_by("slug")


class Plannen(Sitemap):
    def items(self):
        return Plan.objects.openbaar().order_by("pk")


class Onderdelen(Sitemap):
    """The guarantees and the actions of public plans."""

    def items(self):
        openbaar = Plan.objects.openbaar()
        return [
            deel
            for soort in (Garantie, Actie)
            for deel in soort.objects.filter(plan__in=openbaar).select_related("plan").order_by("pk")
        ]


class Rondes(Sitemap):
    def items(self):
        return Ronde.objects.openbaar().order_by("pk")


SITEMAPS = {
    "vast": Vast,
    "paginas": Paginas,
    "diensten": Diensten,
    "locaties": Locaties,
    "wegwijzer": Wegwijzer,
    "plannen": Plannen,
    "onderdelen": Onderdelen,
    "rondes": Rondes,
}
