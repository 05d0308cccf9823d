from django.contrib.auth.models import AnonymousUser, Group, Permission

from sociaalhuis import rollen


def test_nobody_has_a_role_without_logging_in():
    assert rollen.heeft_rol(AnonymousUser(), *rollen.RECHTEN) is False


def test_a_user_who_may_not_log_in_has_no_role(loket_ocmw):
    loket_ocmw.is_active = False
    assert rollen.heeft_rol(loket_ocmw, rollen.LOKETMEDEWERKER) is False


def test_a_superuser_has_no_role(superuser):
    assert rollen.heeft_rol(superuser, *rollen.RECHTEN) is False


def test_a_user_has_the_roles_of_their_groups_and_no_other(team_ocmw):
    heeft = {rol for rol in rollen.RECHTEN if rollen.heeft_rol(team_ocmw, rol)}
    assert heeft == {rollen.LOKETMEDEWERKER, rollen.TEAMVERANTWOORDELIJKE}


def test_a_right_that_was_added_by_hand_goes_away_again(db):
    groep = Group.objects.get(name=rollen.ORGANISATIELID)
    groep.permissions.add(Permission.objects.get(codename="change_gebruiker"))
    rollen.zet_rollen()
    assert not groep.permissions.exists()


def test_setting_the_roles_twice_changes_nothing(db):
    def stand():
        return set(Group.objects.values_list("name", "permissions__codename"))

    eerst = stand()
    rollen.zet_rollen()
    assert stand() == eerst


def test_migrating_gave_every_role_the_rights_that_exist(db):
    """Also those of the last app to be migrated, whose permissions are made at the very end."""
    bestaand = set(Permission.objects.values_list("content_type__app_label", "codename"))
    for rol, regels in rollen.RECHTEN.items():
        gevraagd = {
            (app, f"{actie}_{model}") for app, modellen, acties in regels for model in modellen for actie in acties
        }
        gekregen = set(Group.objects.get(name=rol).permissions.values_list("content_type__app_label", "codename"))
        assert gekregen == gevraagd & bestaand, rol
    assert ("pghistory", "view_events") in bestaand


def test_only_managers_of_the_house_may_change_users(db):
    mogen = set(Group.objects.filter(permissions__codename="change_gebruiker").values_list("name", flat=True))
    assert mogen == {rollen.BEHEERDER}
