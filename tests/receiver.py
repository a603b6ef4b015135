"""A program that is told by webhooks: a web server on loopback, in a thread."""

import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from survey.operations.webhook_addresses import Reach

PRIVATE = Reach(private=True)


class Receiver:
    """What came, and what is answered from now on: a status, or each of some in turn."""

    def __init__(self, port, scheme):
        self.url = f"{scheme}://127.0.0.1:{port}/told?by=survey"
        self.port = port
        self.came = []
        self.answers = 200
        self.headers = {}

    def answer(self):
        if isinstance(self.answers, list):
            return self.answers.pop(0)
        return self.answers


@contextmanager
def receiving(encryption=None):
    """Within it the program runs; `encryption`: a context of a server, where it has one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.came.append((self.path, dict(self.headers), body))
            self.send_response(receiver.answer())
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_):
            pass

    class Server(HTTPServer):
        def handle_error(self, *_):
            """A caller that does not like the certificate hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    if encryption is not None:
        server.socket = encryption.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(server.server_port, "https" if encryption else "http")
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def encrypted(certificate, key):
    """What a server needs to show a certificate, both as files."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
