"""The sitemap: what everyone may find. Composed here from the public doors of the apps."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from sociaalhuis.models import Pagina


class Vast(Sitemap):
    """Pages that are always there."""

    def items(self):
        return ["startpagina"]

    def location(self, item):
        return reverse(item)


class Paginas(Sitemap):
    def items(self):
        return Pagina.objects.filter(slug__in=["privacy", "toegankelijkheid", "over"])

    def location(self, pagina):
        return f"/{pagina.slug}/"

    def lastmod(self, pagina):
        return pagina.bijgewerkt_op


SITEMAPS = {"vast": Vast, "paginas": Paginas}
