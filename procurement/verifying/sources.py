"""Where an edition is read from: this site, another one over HTTP, or the offline archive."""

import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.test import Client

SECONDS = 30


class Absent(Exception):
    """There is nothing under an address; the message is the address."""


class Site:
    """This installation, asked in the process as a visitor asks it."""

    has_api = True

    def __init__(self, edition):
        self.edition = edition
        base = urlsplit(settings.BASE_URL)
        self.client = Client(SERVER_NAME=base.hostname, raise_request_exception=False)
        self.is_secure = base.scheme == "https"

    def get(self, address):
        """The content of what is published under an address below the site."""
        response = self.client.get(pinned(address, self.edition), secure=self.is_secure)
        content = response.getvalue()
        if response.status_code != 200:
            raise Absent(f"{address} ({response.status_code})")
        return content


class Web:
    """A site that is asked over HTTP."""

    has_api = True

    def __init__(self, edition, base_url):
        self.edition, self.base_url = edition, base_url.rstrip("/")
        if urlsplit(self.base_url).scheme not in ("http", "https"):
            raise Absent(base_url)

    def get(self, address):
        request = Request(self.base_url + pinned(address, self.edition))
        try:
            with urlopen(request, timeout=SECONDS) as response:
                return response.read()
        except (URLError, TimeoutError) as error:
            raise Absent(f"{address} ({error})") from error


class Folder:
    """The archive, unpacked."""

    has_api = False

    def __init__(self, path):
        self.path = Path(path)

    def get(self, address):
        try:
            return (self.path / file_for(address)).read_bytes()
        except OSError as error:
            raise Absent(address) from error


class Archive:
    """The archive as it was made."""

    has_api = False

    def __init__(self, path):
        try:
            self.zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise Absent(str(path)) from error

    def get(self, address):
        try:
            return self.zip.read(file_for(address))
        except (KeyError, zipfile.BadZipFile) as error:
            raise Absent(address) from error


def pinned(address, edition):
    """The address on a site of what belongs to an edition; the manifest has the edition in its name."""
    path, _question, query = address.partition("?")
    if path == MANIFEST:
        return f"/data/manifest_{edition}.json"
    return f"/{path}?{query + '&' if query else ''}edition={edition}"


MANIFEST = "manifest.json"


def file_for(address):
    """The name in an archive of what stands under an address: a page is the index of its folder."""
    return f"{address}index.html" if address == "" or address.endswith("/") else address
