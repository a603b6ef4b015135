"""A real mail server on this machine, which refuses whom it is told to."""

from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller


class Mailbox:
    """What the server took, and what it answers to an address."""

    def __init__(self):
        self.messages, self.answers, self.after_data = [], {}, "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.after_data.startswith("250"):
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.after_data


class OnAnyPort(Controller):
    """A server at a port that the system chose."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def mail_server(mailbox):
    """The address of the server, smtp://…"""
    controller = OnAnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()
