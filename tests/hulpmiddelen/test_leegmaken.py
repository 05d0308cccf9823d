"""What a test with transactions of its own leaves behind: everything goes, and what migrating made is there again."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.test import TransactionTestCase

from hulpmiddelen.leegmaken import foto, herstel
from sociaalhuis.models import Thema
from sociaalhuis.rollen import COORDINATOR


def inhoud(cursor):
    """The rows of each table, in any order."""
    return {tabel: sorted(rijen.splitlines()) for tabel, rijen in foto(cursor).items()}


@pytest.mark.django_db(transaction=True)
def test_new_rows_go_and_changed_and_missing_ones_come_back():
    with connection.cursor() as cursor:
        voor, begin = inhoud(cursor), foto(cursor)
        assert {"auth_group", "auth_permission", "auth_group_permissions", "django_migrations"} <= voor.keys()
        Thema.objects.create(code="geld", naam="Geld")
        Group.objects.get(name=COORDINATOR).permissions.clear()
        Permission.objects.filter(codename="add_thema").delete()
        assert inhoud(cursor) != voor
        herstel(begin)
        assert inhoud(cursor) == voor
    with pytest.raises(IntegrityError), transaction.atomic():  # the keys are awake again
        Group.permissions.through.objects.create(group_id=999_999, permission_id=1)
        connection.check_constraints()


@pytest.mark.django_db
def test_the_tests_of_this_run_use_it():
    assert TransactionTestCase._fixture_teardown.__module__ == "hulpmiddelen.leegmaken"
