"""Demo mail: one .eml file per message in settings.POSTMAP, named by its Message-ID."""

import re

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmlBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        """Writes each message; returns how many. The same Message-ID replaces its file."""
        settings.POSTMAP.mkdir(parents=True, exist_ok=True)
        for bericht in email_messages:
            mime = bericht.message()
            naam = re.sub(r"[^A-Za-z0-9._-]", "_", mime["Message-ID"].strip("<>"))
            (settings.POSTMAP / f"{naam}.eml").write_bytes(mime.as_bytes())
        return len(email_messages)
