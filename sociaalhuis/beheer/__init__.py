from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    """Django's admin, with our own site: see `sociaalhuis.beheer.site`."""

    default_site = "sociaalhuis.beheer.site.BeheerSite"
    label = "admin"
