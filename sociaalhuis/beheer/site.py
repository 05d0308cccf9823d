from django.contrib.admin import AdminSite


class BeheerSite(AdminSite):
    site_header = "Beheer van het Sociaal Huis"
    site_title = "Beheer"
    index_title = "Wat wil je beheren?"
