"""A file made at the press of a button stays long enough to be fetched, and no longer: by the clock.

Streamlit drops such a file at the second end of anybody's run. Where many visit that is sooner than a browser fetches it (seen: the address of
a table answered 404); where nobody else visits it is never, and what a person typed would stay in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind

KEPT_SECONDS: Final = 60


class MadeFiles:
    """Stands before the storage of Streamlit's manager of files, from when it is made."""

    def __init__(self, manager: MediaFileManager, clock: Callable[[], float] = time.monotonic) -> None:
        self._manager, self._clock, self._until = manager, clock, dict[str, float]()
        storage = manager._storage
        self._load, self._delete = storage.load_and_get_id, storage.delete_file
        storage.load_and_get_id = self.load  # type: ignore[method-assign]
        storage.delete_file = self.delete  # type: ignore[method-assign]

    def load(self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None) -> str:
        """Streamlit's own, and the clock begins. Called under the manager's lock."""
        file_id = self._load(path_or_data, mimetype, kind, filename)
        if kind is MediaFileKind.DOWNLOADABLE:
            self._until[file_id] = self._clock() + KEPT_SECONDS
        return file_id

    def delete(self, file_id: str) -> None:
        """Streamlit's own, but for what still has time. Called under the manager's lock."""
        if file_id not in self._until:
            self._delete(file_id)

    def drop_old(self) -> None:
        """Delete every file whose time is over and that stands on nobody's page."""
        with self._manager._lock:
            shown = {one for files in self._manager._files_by_session_and_coord.values() for one in files.values()}
            for file_id in [one for one, until in self._until.items() if until <= self._clock() and one not in shown]:
                del self._until[file_id]
                self._delete(file_id)
