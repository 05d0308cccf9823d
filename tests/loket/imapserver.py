"""A very small IMAP server on 127.0.0.1: the commands that our client sends, over a real socket, and no more.

It covers LOGIN, CAPABILITY, SELECT, LIST, CREATE, SEARCH (ALL, UNSEEN), FETCH (size, whole or the beginning), STORE
+FLAGS, MOVE, COPY, EXPUNGE and LOGOUT, for one mailbox kept in memory. It knows nothing of TLS, IDLE, encodings of folder
names, or of what real servers do wrong.
"""

import re
import socketserver
import threading


class Bak:
    """What the server holds: folders with messages {uid: [flags, bytes]}; `kan_move` = it knows MOVE."""

    def __init__(self, *berichten, kan_move=True):
        self.mappen = {"INBOX": {uid: [set(), inhoud] for uid, inhoud in enumerate(berichten, start=1)}}
        self.kan_move, self.opdrachten, self.wachtwoord = kan_move, [], "geheim"


class Gesprek(socketserver.StreamRequestHandler):
    def handle(self):
        self.bak, self.map = self.server.bak, None
        self.zeg("* OK klaar")
        while regel := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            tag, _, rest = regel.partition(" ")
            naam, _, woorden = rest.partition(" ")
            if naam.upper() == "UID":
                naam, _, woorden = woorden.partition(" ")
            self.bak.opdrachten.append(naam.upper())
            doe = getattr(self, f"doe_{naam.lower()}", None)
            antwoord = doe(woorden) if doe else "BAD ken ik niet"
            self.zeg(f"{tag} {antwoord or 'OK klaar'}")
            if naam.upper() == "LOGOUT":
                return

    def zeg(self, regel):
        self.wfile.write((regel if isinstance(regel, bytes) else regel.encode("latin-1")) + b"\r\n")

    def doe_capability(self, _):
        self.zeg("* CAPABILITY IMAP4rev1" + (" MOVE" if self.bak.kan_move else ""))

    def doe_login(self, woorden):
        return None if self.bak.wachtwoord in woorden else "NO [AUTHENTICATIONFAILED] fout wachtwoord"

    def doe_select(self, woorden):
        self.map = self.bak.mappen.get(woorden.strip('"'))
        if self.map is None:
            return "NO geen map"
        self.zeg(f"* {len(self.map)} EXISTS")
        self.zeg("* FLAGS (\\Seen \\Deleted)")
        return "OK [READ-WRITE] gekozen"

    def doe_list(self, woorden):
        gevraagd = woorden.split()[-1].strip('"')
        for naam in self.bak.mappen:
            if gevraagd in ("*", naam):
                self.zeg(f'* LIST () "/" "{naam}"')

    def doe_create(self, woorden):
        self.bak.mappen.setdefault(woorden.strip('"'), {})

    def doe_search(self, woorden):
        uids = [uid for uid, (vlaggen, _) in self.map.items() if "UNSEEN" not in woorden or "\\Seen" not in vlaggen]
        self.zeg(" ".join(["* SEARCH", *map(str, uids)]))

    def doe_fetch(self, woorden):
        uid = int(woorden.split()[0])
        if uid not in self.map:
            return
        inhoud, volg = self.map[uid][1], list(self.map).index(uid) + 1
        if "RFC822.SIZE" in woorden:
            self.zeg(f"* {volg} FETCH (UID {uid} RFC822.SIZE {len(inhoud)})")
        if "BODY.PEEK[]" in woorden:
            deel = re.search(r"<0\.(\d+)>", woorden)
            stuk = inhoud[: int(deel[1])] if deel else inhoud
            kop = f"* {volg} FETCH (UID {uid} BODY[]{'<0>' if deel else ''} {{{len(stuk)}}}\r\n"
            self.wfile.write(kop.encode() + stuk)
            self.zeg(")")

    def doe_store(self, woorden):
        uid = int(woorden.split()[0])
        self.map[uid][0].update(re.findall(r"\\\w+", woorden))
        self.zeg(f"* {list(self.map).index(uid) + 1} FETCH (UID {uid} FLAGS ({' '.join(self.map[uid][0])}))")

    def doe_copy(self, woorden):
        uid, naam = woorden.split(" ", 1)
        doel = self.bak.mappen[naam.strip('"')]
        doel[len(doel) + 1] = [set(), self.map[int(uid)][1]]

    def doe_move(self, woorden):
        if not self.bak.kan_move:
            return "BAD ken ik niet"
        self.doe_copy(woorden)
        del self.map[int(woorden.split()[0])]

    def doe_expunge(self, _):
        for uid in [uid for uid, (vlaggen, _) in self.map.items() if "\\Deleted" in vlaggen]:
            del self.map[uid]

    def doe_logout(self, _):
        self.zeg("* BYE")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, bak):
        super().__init__(("127.0.0.1", 0), Gesprek)
        self.bak = bak

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def url(self, wachtwoord="geheim", rest=""):
        return f"imap://loket:{wachtwoord}@127.0.0.1:{self.server_address[1]}/INBOX{rest}"
