"""A mailbox over IMAP. A message is marked only after what it became was committed."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from imapclient import SEEN, IMAPClient


@dataclass(frozen=True)
class Mailbox:
    """Where the mailbox is; `verwerkt` is the folder that read messages are moved to, '' = they are marked as read."""

    host: str
    poort: int
    tls: bool
    naam: str
    wachtwoord: str
    map: str
    verwerkt: str

    @classmethod
    def uit(cls, url: str):
        """From imaps://user:password@host:993/INBOX?verwerkt=Verwerkt. Raises ValueError with the remedy."""
        delen = urlsplit(url)
        if delen.scheme not in ("imap", "imaps") or not delen.hostname:
            raise ValueError("IMAP_URL is imaps://gebruiker:wachtwoord@server:993/INBOX?verwerkt=Verwerkt")
        tls = delen.scheme == "imaps"
        return cls(
            host=delen.hostname,
            poort=delen.port or (993 if tls else 143),
            tls=tls,
            naam=unquote(delen.username or ""),
            wachtwoord=unquote(delen.password or ""),
            map=unquote(delen.path.strip("/")) or "INBOX",
            verwerkt=parse_qs(delen.query).get("verwerkt", [""])[0],
        )


def haal(mailbox: Mailbox, neem_aan, *, hoogstens_bytes: int, aantal: int = 200) -> int:
    """Gives each waiting message to `neem_aan(content, size)` and then puts it away; gives how many.

    Of a larger message than `hoogstens_bytes` only the beginning is fetched. When `neem_aan` raises, that message and
    those after it stay as they are.
    """
    with IMAPClient(mailbox.host, port=mailbox.poort, ssl=mailbox.tls, timeout=30) as server:
        server.login(mailbox.naam, mailbox.wachtwoord)
        server.select_folder(mailbox.map)
        if mailbox.verwerkt and not server.folder_exists(mailbox.verwerkt):
            server.create_folder(mailbox.verwerkt)
        wachtend = server.search("ALL" if mailbox.verwerkt else "UNSEEN")[:aantal]
        for uid in wachtend:
            grootte = server.fetch([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE", 0)
            deel = f"BODY.PEEK[]<0.{hoogstens_bytes}>" if grootte > hoogstens_bytes else "BODY.PEEK[]"
            antwoord = server.fetch([uid], [deel]).get(uid, {})
            inhoud = next((w for k, w in antwoord.items() if k.startswith(b"BODY[]")), None)
            if inhoud is None:
                continue  # someone else moved it meanwhile
            neem_aan(inhoud, grootte)
            _leg_weg(server, uid, mailbox.verwerkt)
    return len(wachtend)


def _leg_weg(server, uid, map_):
    if not map_:
        server.add_flags([uid], [SEEN])
    elif server.has_capability("MOVE"):
        server.move([uid], map_)
    else:
        server.copy([uid], map_)
        server.delete_messages([uid])
        server.expunge()
