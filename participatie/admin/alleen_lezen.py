"""A list that is looked at, not changed."""

from sociaalhuis.beheer import basis


class AlleenLezen(basis.AlleenLezen, basis.BeheerAdmin):
    groep = "Praat mee"

    def get_queryset(self, request):
        """Through the same door as everywhere: a superuser without a role sees nothing here."""
        return self.model.objects.zichtbaar_voor(request.user)
