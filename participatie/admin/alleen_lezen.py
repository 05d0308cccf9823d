"""A list that is looked at, not changed."""

from django.contrib import admin


class AlleenLezen(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """Through the same door as everywhere: a superuser without a role sees nothing here."""
        return self.model.objects.zichtbaar_voor(request.user)
