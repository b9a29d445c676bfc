"""A file made at the press of a button: fetched a minute later although others' runs ended meanwhile, and gone after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.server.starlette import starlette_app

from views.made_files import KEPT_SECONDS, MadeFiles
from views.visits import EVERY_SECONDS, LONGEST_SECONDS

RUNS = 3


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def pressed(manager: MediaFileManager, text: str = "a table") -> str:
    """The address of the file that a button gives for a press."""
    return manager.execute_deferred(manager.add_deferred(lambda: text, "text/csv", "1.0", "table.csv"))


def end_runs(manager: MediaFileManager) -> None:
    """Other visitors' runs end; Streamlit tidies up after each."""
    for _ in range(RUNS):
        manager.remove_orphaned_files()


def file(storage: MemoryMediaFileStorage, address: str) -> str:
    return storage.get_file(address.rpartition("/")[2]).content.decode("utf-8")


@pytest.fixture
def storage() -> MemoryMediaFileStorage:
    return MemoryMediaFileStorage("/media")


@pytest.fixture
def manager(storage: MemoryMediaFileStorage) -> MediaFileManager:
    return MediaFileManager(storage)


def test_streamlit_alone_drops_it_while_it_is_fetched(manager: MediaFileManager, storage: MemoryMediaFileStorage) -> None:
    address = pressed(manager)
    end_runs(manager)
    with pytest.raises(MediaFileStorageError):
        file(storage, address)


def test_others_runs_do_not_take_it_away(manager: MediaFileManager, storage: MemoryMediaFileStorage) -> None:
    clock = Clock()
    made = MadeFiles(manager, clock)
    address = pressed(manager)
    end_runs(manager)
    clock.now = KEPT_SECONDS - 1
    made.drop_old()
    assert file(storage, address) == "a table"


def test_after_its_time_it_is_gone_though_nobody_else_came(manager: MediaFileManager, storage: MemoryMediaFileStorage) -> None:
    clock = Clock()
    made = MadeFiles(manager, clock)
    address = pressed(manager)
    clock.now = KEPT_SECONDS
    made.drop_old()
    with pytest.raises(MediaFileStorageError):
        file(storage, address)
    end_runs(manager)
    assert file(storage, pressed(manager)) == "a table", "a second press makes it anew"


def test_a_second_press_gives_it_the_whole_time_again(manager: MediaFileManager, storage: MemoryMediaFileStorage) -> None:
    clock = Clock()
    made = MadeFiles(manager, clock)
    pressed(manager)
    clock.now = KEPT_SECONDS - 1
    address = pressed(manager)
    clock.now = KEPT_SECONDS + 1
    made.drop_old()
    assert file(storage, address) == "a table"


def test_what_stands_on_a_page_stays_as_long_as_the_page(manager: MediaFileManager, storage: MemoryMediaFileStorage) -> None:
    clock = Clock()
    made = MadeFiles(manager, clock)
    address = manager.add(b"shown", "text/csv", "1.0", "table.csv", is_for_static_download=True)
    clock.now = 10 * KEPT_SECONDS
    made.drop_old()
    assert file(storage, address) == "shown"
    manager.clear_session_refs()
    end_runs(manager)
    made.drop_old()
    with pytest.raises(MediaFileStorageError):
        file(storage, address)


def test_it_is_gone_within_what_the_pages_promise() -> None:
    assert KEPT_SECONDS + EVERY_SECONDS <= LONGEST_SECONDS


def test_the_server_keeps_files_where_this_looks() -> None:
    assert "MemoryMediaFileStorage(" in Path(starlette_app.__file__).read_text(encoding="utf-8")
