"""Files of strangers are taken apart by a child process with limits; here it is started and listened to."""

import json
import os
import subprocess
import sys
import tempfile
import typing

SECONDS = 30  # by the wall clock


def ask(program: str, *words: str, file: typing.BinaryIO) -> dict:
    """What the child says of an open file; {"stop": "bomb"} when it ran into a limit, "broken" when it died."""
    environment = {key: value for key, value in os.environ.items() if key == "SYSTEMROOT"}
    with tempfile.TemporaryFile() as out:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        child = subprocess.Popen(  # noqa: S603  our own program, no shell
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", program, *words],
            stdin=file,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=tempfile.gettempdir(),
        )
        try:
            status = child.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            status = -1
        finally:
            child.kill()
            child.wait()
        if status:
            return {"stop": "bomb" if status < 0 else "broken"}
        out.seek(0)
        try:
            return json.load(out)
        except ValueError:
            return {"stop": "broken"}
