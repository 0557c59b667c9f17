"""A server that can be killed and is back at once: the app is loaded here, each server is a fork of this process.

Reads one line for each server wanted and prints its process id. The listening socket is ours, so it outlives every server.
"""

import os
import socket
import sys
from pathlib import Path

from werkzeug.serving import make_server

from assessment import create_app
from assessment.paths import shipped
from assessment.settings import Settings


def main(url: str, secret: str, folder: str) -> None:
    """Serve on a free port of this machine, as often as asked."""
    content = shipped("questionnaires")
    app = create_app(Settings(database_url=url, secret_key=secret, data=Path(folder), content=content))
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = listening.getsockname()[1]
    print(port, flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno()).serve_forever()
            os._exit(0)
        print(pid, flush=True)
        os.waitpid(pid, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
