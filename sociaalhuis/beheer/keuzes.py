"""Filters of a list on what the town divides its work by: themes, groups, areas, besturen, plans.

Their names stand beside every list and hardly change; they are public, so they are kept per version and not asked again.
"""

from django.apps import apps
from django.contrib.admin import FieldListFilter, RelatedFieldListFilter
from django.db.models.fields.related import RelatedField

from sociaalhuis import versie

BEWAARD = {"sociaalhuis.thema", "sociaalhuis.doelgroep", "sociaalhuis.gebied", "sociaalhuis.bestuur", "plan.plan"}


@versie.bij_versie
def keuzes(nummer, label):
    return [(rij.pk, str(rij)) for rij in apps.get_model(label)._default_manager.all()]


class UitVoorraad(RelatedFieldListFilter):
    """Django's filter on a relation, whose choices are kept."""

    def field_choices(self, field, request, model_admin):
        return keuzes(versie.van(request), field.related_model._meta.label_lower)


FieldListFilter.register(
    lambda veld: isinstance(veld, RelatedField) and veld.related_model._meta.label_lower in BEWAARD,
    UitVoorraad,
    take_priority=True,
)
