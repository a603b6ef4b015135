"""What gunicorn is told beside its command line by `survey serve`, in its own words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from survey.cli.settings_file import add_to, named_in
from survey.config import from_environ
from survey.monitoring import logs, metrics


class ServerLog(Logger):
    """The server's log: lines like all others, without the addresses of pages and of computers
    that it would quote."""

    def setup(self, cfg: Any) -> None:
        """Write where everything else is written."""
        self.cfg, self._access_log_enabled = cfg, False
        logs.set_up(from_environ(os.environ))
        self.error_log.propagate = True

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        """A fault: what was being done, not for which request."""
        super().exception(str(msg).partition(" %")[0], **kwargs)

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        """A warning; of what could not be understood it would quote words and who sent them."""
        if str(msg).startswith("Invalid request"):
            msg, args = "A request could not be understood.", ()
        super().warning(msg, *args, **kwargs)


def on_reload(_server: Any) -> None:
    """Take settings from their file afresh, for the workers that begin now."""
    add_to(os.environ, named_in(os.environ))


def child_exit(_server: Any, worker: Any) -> None:
    """Forget what a worker that is gone was in the middle of."""
    if os.environ.get(metrics.FOLDER):
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # it declares none


logger_class = ServerLog
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- a file without a name
