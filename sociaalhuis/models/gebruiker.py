"""Everyone who can log in. A citizen never needs to."""

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

BEEINDIG_BIJ_RECHTEN = """
    NEW.sessieronde := greatest(NEW.sessieronde, OLD.sessieronde);
    IF (NEW.bestuur_id, NEW.is_staff, NEW.is_superuser, NEW.is_active)
       IS DISTINCT FROM (OLD.bestuur_id, OLD.is_staff, OLD.is_superuser, OLD.is_active) THEN
        NEW.sessieronde := NEW.sessieronde + 1;
    END IF;
    RETURN NEW;
"""
BEEINDIG_BIJ_ROL = """
    UPDATE sociaalhuis_gebruiker SET sessieronde = sessieronde + 1
    WHERE id = COALESCE(NEW.gebruiker_id, OLD.gebruiker_id);
    RETURN NULL;
"""


class GebruikerManager(BaseUserManager):
    def create_user(self, email, password=None, **velden):
        """A new user; without a password, login goes by mailed code. Raises ValueError without e-mail."""
        if not email:
            raise ValueError("Een gebruiker heeft een e-mailadres nodig.")
        gebruiker = self.model(email=email.strip().lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email, password=None, **velden):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


@pgtrigger.register(
    pgtrigger.Trigger(
        name="beeindig_sessies_bij_rechten",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=BEEINDIG_BIJ_RECHTEN,
    )
)
@pghistory.track(exclude=["password", "last_login", "sessieronde"])
class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person with a login: staff of one Bestuur with teams, or a voice of an organisation.

    Roles are groups, see `sociaalhuis.rollen`. A superuser manages the system and has no rights on cases.
    """

    email = models.EmailField("e-mail", unique=True)
    naam = models.CharField(max_length=80)
    bestuur = models.ForeignKey(
        "sociaalhuis.Bestuur", null=True, blank=True, on_delete=models.PROTECT, related_name="medewerkers"
    )
    teams = models.ManyToManyField("sociaalhuis.Team", blank=True, related_name="leden")
    is_active = models.BooleanField("mag aanmelden", default=True)
    is_staff = models.BooleanField("medewerker", default=False)
    # Part of the hash that every session carries: raising it ends all sessions of this user, everywhere. Raised at
    # logout, and by triggers when roles or rights change; it never goes down.
    sessieronde = models.PositiveIntegerField(default=0, editable=False)
    date_joined = models.DateTimeField("sinds", default=timezone.now, editable=False)

    objects = GebruikerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="gebruiker_email_kleine_letters"),
        ]

    def __str__(self):
        return self.naam or "gebruiker"

    def save(self, *args, **kwargs):
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @cached_property
    def eigen_teams(self):
        """The teams of this user within their own Bestuur, which comes along, by name; read once per instance."""
        return list(self.teams.filter(bestuur=self.bestuur_id).select_related("bestuur").order_by("naam", "pk"))

    def get_full_name(self):
        return self.naam

    def get_short_name(self):
        return self.naam.split(" ")[0]

    def _get_session_auth_hash(self, secret=None):
        """What a session must carry to stay valid (Django compares it at every request)."""
        inhoud = f"{self.password}:{self.sessieronde}"
        return salted_hmac("sociaalhuis.sessie", inhoud, secret=secret, algorithm="sha256").hexdigest()

    def beeindig_sessies(self):
        """Ends every session of this user, on every device."""
        type(self).objects.filter(pk=self.pk).update(sessieronde=models.F("sessieronde") + 1)


@pgtrigger.register(
    pgtrigger.Trigger(
        name="beeindig_sessies_bij_rol",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Delete,
        func=BEEINDIG_BIJ_ROL,
    )
)
@pghistory.track(pghistory.InsertEvent("rol erbij"), pghistory.DeleteEvent("rol weg"), obj_field=None)
class GebruikerRol(Gebruiker.groups.through):
    """The link between a user and a role, named so that its history is kept."""

    class Meta:
        proxy = True
        default_permissions = ()


@pghistory.track(pghistory.InsertEvent("team erbij"), pghistory.DeleteEvent("team weg"), obj_field=None)
class GebruikerTeam(Gebruiker.teams.through):
    """The link between a user and a team, named so that its history is kept: it opens the questions of that team."""

    class Meta:
        proxy = True
        default_permissions = ()
