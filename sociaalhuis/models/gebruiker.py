"""Everyone who can log in. A citizen never needs to."""

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


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


@pghistory.track(exclude=["password", "last_login"])
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

    def get_full_name(self):
        return self.naam

    def get_short_name(self):
        return self.naam.split(" ")[0]
