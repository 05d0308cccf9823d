"""Production does not start with the accounts of the demo, whose password everybody knows."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

DOMEIN = "@wilgenbeke.example"
UITLEG = f"There are accounts of the demo ({DOMEIN}) in this database. Use a new database, or delete these accounts."


def heeft_demo():
    return apps.get_model(settings.AUTH_USER_MODEL).objects.filter(email__endswith=DOMEIN).exists()


def geen_demo(app_configs, **kwargs):
    """System check of `check --deploy`. A database that is away, or has no tables yet, has no accounts either."""
    try:
        return [Error(UITLEG, id="sociaalhuis.E001")] if not settings.DEMO and heeft_demo() else []
    except (DatabaseError, InterfaceError):
        return []


def weiger_demo():
    """Called when the web server starts. Raises ImproperlyConfigured in production with accounts of the demo."""
    if geen_demo(None):
        raise ImproperlyConfigured(UITLEG)
