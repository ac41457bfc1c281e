"""Where an uploaded file waits between its preview and its confirmation."""

import os
import tempfile
import time
from pathlib import Path

from import_export.tmp_storages import BaseStorage

FOLDER = Path(tempfile.gettempdir()) / "kyodo-chotatsu-navi"
SECONDS = 60 * 60


class UploadStorage(BaseStorage):
    """Files only this program can read; what nobody confirmed is gone after an hour."""

    def save(self, data):
        FOLDER.mkdir(mode=0o700, exist_ok=True)
        forget_old()
        descriptor, path = tempfile.mkstemp(dir=FOLDER)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        self.name = Path(path).name

    def read(self):
        return self._path.read_bytes()

    def remove(self):
        self._path.unlink(missing_ok=True)

    @property
    def _path(self):
        return FOLDER / Path(self.name).name


def forget_old():
    for path in FOLDER.iterdir():
        if path.stat().st_mtime < time.time() - SECONDS:
            path.unlink(missing_ok=True)
