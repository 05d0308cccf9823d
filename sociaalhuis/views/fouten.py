"""Error pages: Dutch, with a reference number, telling nothing about the inside."""

from django.shortcuts import render


def csrf(request, reason=""):
    return render(request, "fouten/csrf.html", status=403)
