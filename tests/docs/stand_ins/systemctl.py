"""Starts and stops what units say, with the settings that they name."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from machine import COPY, HERE, PORT, PRODUCT, note, noted, options, refuse, settings

OTHERS = {"nginx", "postgresql", "redis-server"}
SECONDS = 30


class Unit:
    """A file of /etc/systemd/system."""

    def __init__(self, name):
        self.name = name.removesuffix(".service")
        file = HERE / "etc/systemd/system" / (name if "." in name else f"{name}.service")
        if not file.exists():
            refuse(f"there is no unit {name}")
        pairs = [line.split("=", 1) for line in file.read_text().splitlines() if "=" in line]
        self.said = {}
        for key, value in pairs:
            self.said.setdefault(key, []).append(value)
        if file.suffix == ".timer":
            Unit(file.stem)

    def value(self, key):
        return self.said.get(key, [""])[0]

    def environment(self):
        made = {name: text for name, text in os.environ.items() if not name.startswith("SURVEY_")}
        for pair in self.said.get("Environment", []):
            name, text = pair.split("=", 1)
            made[name] = text.replace(PRODUCT, COPY) if name == "PATH" else str(HERE) + text
        for file in self.said.get("EnvironmentFile", []):
            made |= settings(file)
        state = HERE / "var/lib" / self.value("StateDirectory")
        state.mkdir(parents=True, exist_ok=True)
        return made | {"STATE_DIRECTORY": str(state), "PYTHONPATH": COPY}

    def commands(self, key):
        """Its commands, with the places of this machine in place of those of a real one."""
        for line in self.said.get(key, []):
            words = shlex.split(
                line.replace("%%", "%")
                .replace("--workers 2", "--workers 1")
                .replace("127.0.0.1:8000", f"127.0.0.1:{PORT}")
            )
            if words[0] == f"{PRODUCT}/.venv/bin/survey":
                words[:1] = [sys.executable, "-m", "survey.cli.main"]
            if "--settings" in words:
                at = words.index("--settings") + 1
                words[at] = self.translated(words[at])
            yield [word.replace(PRODUCT, COPY) for word in words]

    def translated(self, file):
        """A file of settings with the database of this machine in it."""
        note("translated", self.name, "".join(f"{n}={t}\n" for n, t in settings(file).items()))
        return str(HERE / "translated" / self.name)

    def start(self):
        noted("user", self.value("User"))
        environment = self.environment()
        if self.value("Type") == "oneshot":
            for key in ("ExecStart", "ExecStartPost"):
                for words in self.commands(key):
                    expanded = [
                        word.replace("${STATE_DIRECTORY}", environment["STATE_DIRECTORY"])
                        for word in words
                    ]
                    subprocess.run(expanded, env=environment, cwd=COPY, check=True)
            return
        (HERE / "log").mkdir(exist_ok=True)
        with (HERE / "log" / self.name).open("a") as log:
            started = subprocess.Popen(
                next(self.commands("ExecStart")),
                env=environment,
                cwd=COPY,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        note("running", self.name, str(started.pid))

    def reload(self):
        """Only seen to be possible: tests of the server do it."""
        self.is_active()
        if self.value("ExecReload") != "/bin/kill -HUP $MAINPID":
            refuse(f"{self.name} cannot be reloaded")

    def stop(self):
        pid = int(noted("running", self.name))
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + SECONDS
        while alive(pid):
            if time.monotonic() > until:
                refuse(f"{self.name} does not stop")
            time.sleep(0.02)
        (HERE / "running" / self.name).unlink()

    def is_active(self):
        noted("running", self.name)

    def enable(self):
        """Only for the next time that the machine starts, unless it is to be now."""
        if "--now" in sys.argv and not self.value("OnCalendar"):
            self.start()


def alive(pid):
    """Whether a process still runs: one that nobody waited for is not counted."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


verb, *names = options(sys.argv[1:], {"--now", "--no-pager", "--quiet"})
done = {
    "enable": Unit.enable,
    "start": Unit.start,
    "restart": Unit.is_active,
    "reload": Unit.reload,
    "stop": Unit.stop,
    "status": Unit.is_active,
    "is-active": Unit.is_active,
    "daemon-reload": None,
    "list-timers": None,
}
if verb not in done:
    refuse(f"{verb} is not tried")
for name in names:
    if name not in OTHERS:
        done[verb](Unit(name))
