"""`pyliab` and `python -m pyliab`. Ctrl-C ends both at once with status 130, wherever they are, clingo included."""

import _signal  # type: ignore[import-not-found]  # at once there, unlike what `signal` is made of
import os

HEEDED = _signal.getsignal(_signal.SIGINT) != _signal.SIG_IGN
"""What a script runs in the background is not interrupted."""
if HEEDED:
    _signal.signal(_signal.SIGINT, lambda *_: os._exit(130))


def main() -> None:
    """Run the command that is asked for."""
    if HEEDED:
        _heed()
    from pyliab.cli.main import main as command

    command()


def _heed() -> None:
    """A thread waits for the interrupt: clingo ends the process badly if Python raises while it calls."""
    import threading

    readable, writable = os.pipe()
    os.set_blocking(writable, False)
    _signal.set_wakeup_fd(writable)
    _signal.signal(_signal.SIGINT, lambda *_: None)
    threading.Thread(target=_leave, args=(readable,), daemon=True).start()


def _leave(readable: int) -> None:
    """Wait for an interrupt; a file that is being written is put in its place first."""
    os.read(readable, 1)
    from pyliab.text.whole import WRITING

    with WRITING:
        os._exit(130)


if __name__ == "__main__":
    main()
