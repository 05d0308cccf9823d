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
            pad_van(mime["Message-ID"]).write_bytes(mime.as_bytes())
        return len(email_messages)


def pad_van(message_id):
    """Where the message with this Message-ID stands."""
    return settings.POSTMAP / f"{re.sub(r'[^A-Za-z0-9._-]', '_', message_id.strip('<>'))}.eml"


def vergeet(message_ids):
    """Removes the files of these messages, where mail is written to files; real mail is not ours any more."""
    if f"{__name__}.{EmlBackend.__name__}" == settings.EMAIL_BACKEND:
        for message_id in message_ids:
            pad_van(message_id).unlink(missing_ok=True)
