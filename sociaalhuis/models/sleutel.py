"""The key of a case, and the field whose text only that key can read."""

from django.core.exceptions import FieldError
from django.db import models
from django.utils import timezone

from sociaalhuis import kluis

GEWIST = "[gewist]"


class Dossiersleutel(models.Model):
    """The wrapped key of one case. Erasing it erases every text and file of the case, everywhere."""

    ingepakt = models.BinaryField(default=kluis.nieuwe_sleutel, null=True, editable=False)
    gewist_op = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "dossiersleutel"
        verbose_name_plural = "dossiersleutels"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ingepakt__isnull=True, gewist_op__isnull=False)
                | models.Q(ingepakt__isnull=False, gewist_op__isnull=True),
                name="dossiersleutel_gewist_of_aanwezig",
            )
        ]

    def __str__(self):
        return "sleutel (gewist)" if self.gewist_op else "sleutel"

    @property
    def open_sleutel(self):
        """The key as bytes, or None when it was erased; unwrapped once per instance."""
        if self.ingepakt is None:
            return None
        if not hasattr(self, "_open"):
            self._open = kluis.pak_uit(bytes(self.ingepakt))
        return self._open

    def versleutel(self, klaar: bytes, bij: str) -> bytes:
        if self.open_sleutel is None:
            raise FieldError("De sleutel van dit dossier is gewist; er kan niets meer bij geschreven worden.")
        return kluis.versleutel(self.open_sleutel, klaar, bij.encode())

    def ontsleutel(self, geheim: bytes, bij: str) -> bytes | None:
        """The bytes, or None when the key was erased."""
        return None if self.open_sleutel is None else kluis.ontsleutel(self.open_sleutel, bytes(geheim), bij.encode())

    def wis(self):
        """Erases the key for good."""
        self.ingepakt, self.gewist_op = None, timezone.now()
        self.__dict__.pop("_open", None)
        self.save(update_fields=["ingepakt", "gewist_op"])


class _Ontsleuteld:
    """Gives the text on reading an attribute, decrypting at the first look."""

    def __init__(self, veld):
        self.veld = veld

    def __get__(self, instance, owner):
        if instance is None:
            return self
        waarde = instance.__dict__.get(self.veld.attname)
        if isinstance(waarde, (bytes, memoryview)):
            klaar = instance.dossiersleutel.ontsleutel(waarde, self.veld.label)
            waarde = instance.__dict__[self.veld.attname] = GEWIST if klaar is None else klaar.decode()
        return waarde

    def __set__(self, instance, waarde):
        instance.__dict__[self.veld.attname] = waarde


class VersleuteldTekstVeld(models.BinaryField):
    """Text that is ciphertext in the database. The model gives its key as `dossiersleutel`.

    Reads as str ('[gewist]' after the key was erased). Saving needs the key. Cannot be searched or filtered.
    """

    descriptor_class = _Ontsleuteld

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    @property
    def label(self):
        return f"{self.model._meta.label_lower}.{self.name}"

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _Ontsleuteld(self))

    def get_default(self):
        """Empty text, where Django would give empty bytes that no key can read."""
        default = super().get_default()
        return "" if default == b"" else default

    def pre_save(self, instance, add):
        waarde = instance.__dict__.get(self.attname)
        if isinstance(waarde, str):
            if waarde == GEWIST and instance.dossiersleutel.gewist_op:
                raise FieldError("Een gewiste tekst kan niet opnieuw bewaard worden; geef update_fields op.")
            return instance.dossiersleutel.versleutel(waarde.encode(), self.label)
        return waarde

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError("In versleutelde tekst kan de databank niet zoeken.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj):
        raise FieldError("Versleutelde tekst gaat niet mee in een uitvoer.")
