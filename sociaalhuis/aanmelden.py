"""Login: one door for staff, the admin and organisations, kept by django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
