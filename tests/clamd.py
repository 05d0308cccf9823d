"""A small real server that speaks the protocol of clamd, over TCP or over a local socket."""

import socketserver
import struct
import threading
from contextlib import contextmanager

from sociaalhuis.keuring import scanner

VIRUS = b"dit-is-een-proefvirus"


class Lijn(socketserver.StreamRequestHandler):
    """One conversation: zINSTREAM, pieces with their length, an answer that ends in a zero byte."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        inhoud = b""
        while lengte := struct.unpack(">I", self.rfile.read(4))[0]:
            assert lengte <= scanner.STUK
            inhoud += self.rfile.read(lengte)
        self.server.gezien.append(inhoud)
        antwoord = self.server.antwoord or (b"stream: Proef-1 FOUND\0" if VIRUS in inhoud else b"stream: OK\0")
        self.wfile.write(antwoord)


class Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


@contextmanager
def clamd_op(pad=None):
    """A scanner that runs, at a socket `pad` or on a port; `adres` is where, `antwoord` changes what it says, `gezien`
    is what it was given."""
    server = socketserver.ThreadingUnixStreamServer(str(pad), Lijn) if pad else Tcp(("127.0.0.1", 0), Lijn)
    server.adres = f"unix://{pad}" if pad else f"tcp://127.0.0.1:{server.server_address[1]}"
    server.gezien, server.antwoord = [], b""
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    draad.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        draad.join()
