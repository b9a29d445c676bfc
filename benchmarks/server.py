"""The atlas as a process of its own on a free port, as `make run` starts it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """A running atlas; ended when the block ends. `started` is when its process was made (time.perf_counter)."""

    def __init__(self, wait: bool = True) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._wait = wait

    def __enter__(self) -> Server:
        self._log = tempfile.TemporaryFile()
        self.started = time.perf_counter()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1", "--server.port", str(self.port)]
        # As `make run` does: Python may keep what it compiled. Without that every start compiles every library anew.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self._log, stderr=subprocess.STDOUT)
        if self._wait:
            self.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()

    def wait(self, seconds: float = 60) -> None:
        """Until it answers; RuntimeError with what it said where it does not."""
        while time.perf_counter() - self.started < seconds:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.01)
        self._log.seek(0)
        raise RuntimeError(f"The atlas did not start: {self._log.read().decode(errors='replace')[-2000:]}")

    def wait_ready(self, seconds: float = 60) -> None:
        """Until all that pages share is made ready, which works beside the first visitors; RuntimeError where that takes too long."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            with urllib.request.urlopen(f"{self.url}/api/v1/status", timeout=5) as response:
                if json.load(response)["ready"]:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"The atlas was not ready after {seconds:.0f} seconds.")

    def processor_seconds(self) -> float:
        """What the process has worked so far on all cores, whatever else the machine does; 0 where the system does not say."""
        try:
            # After the name, which may hold blanks: state, and from the twelfth on the clock ticks in user and system mode.
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            return 0.0

    def resident_mb(self) -> float:
        """Memory of the process as the system counts it, in MB of a million bytes; 0 where the system does not say."""
        try:
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024 / 1e6
        except OSError:
            pass
        return 0.0
