"""honcho, which starts and stops the three processes, with the two endings it does not know."""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from types import FrameType

from honcho.manager import Manager


class Launcher(Manager):
    """Also ends in order when the terminal is closed, and when asked to while still starting."""

    def terminate(self) -> None:
        if self._all_started():
            super().terminate()
        else:  # honcho can end a child only once it has reported its number
            threading.Timer(0.05, self.terminate).start()

    def heed_hang_up(self) -> None:
        """Pass SIGHUP on to this process as SIGTERM, as honcho's helpers inherit this too."""
        launcher = os.getpid()

        def pass_on(number: int, frame: FrameType | None) -> None:
            if os.getpid() == launcher:
                _forget_the_terminal()
            os.kill(launcher, signal.SIGTERM)

        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
            signal.signal(signal.SIGHUP, pass_on)


def _forget_the_terminal() -> None:
    """Nothing can be written to a closed terminal: trying would stop the stopping."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream and stat.S_ISCHR(os.fstat(stream.fileno()).st_mode):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
