"""The shipped tables as one immutable bundle that is opened once and read lazily."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from data.errors import DataError

SNAPSHOT = Path(__file__).parent / "snapshot"
MEND = "run `git checkout -- data/snapshot` or, with the raw files at hand, `python -m data build --raw DIR`"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_manifest(folder: Path = SNAPSHOT) -> dict[str, Any]:
    """The manifest of the snapshot, or a DataError that says how to mend it."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        manifest["tables"], manifest["data_version"]
    except FileNotFoundError:
        raise DataError(f"The manifest of the shipped tables, {path.name}, is missing; {MEND}.") from None
    except (json.JSONDecodeError, KeyError, TypeError):
        raise DataError(f"The manifest of the shipped tables, {path.name}, cannot be read; {MEND}.") from None
    return manifest


def read_table(name: str, folder: Path = SNAPSHOT, nullable: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One shipped table, or a DataError that names it and the command that mends it.

    `nullable` gives the columns in which unknown is neither false nor a number ("boolean", "Int64"); the files
    carry no pandas metadata, so the manifest remembers them.
    """
    path = folder / f"{name}.parquet"
    try:
        frame: pd.DataFrame = pq.read_table(path, use_threads=False).to_pandas(split_blocks=True)
        return frame.astype(dict(nullable or {}))
    except FileNotFoundError:
        raise DataError(f"The table {name} ({path.name}) is missing from the snapshot; {MEND}.") from None
    except Exception as error:  # pyarrow raises many kinds; all mean that the file is damaged
        raise DataError(f"The table {name} ({path.name}) is damaged ({type(error).__name__}); {MEND}.") from None


class Tables:
    """The tables by name (`tables["counties"]`), each read when first asked for and kept.

    A visitor's own list is laid over with `with_table`, which leaves this bundle as it is.
    `version` identifies the content: two bundles with the same version hold the same figures.
    """

    def __init__(
        self, manifest: Mapping[str, Any], folder: Path, laid_over: Mapping[str, pd.DataFrame] | None = None, version: str = ""
    ) -> None:
        self.manifest = manifest
        self.folder = folder
        self.version: str = version or str(manifest["data_version"])
        self._laid_over = dict(laid_over or {})
        self._read: dict[str, pd.DataFrame] = {}
        self._lock = threading.RLock()

    @classmethod
    def open(cls, folder: Path = SNAPSHOT) -> Tables:
        """Open the snapshot: the manifest is read now, and every table it names must be there."""
        manifest = read_manifest(folder)
        for name in manifest["tables"]:
            if not (folder / f"{name}.parquet").is_file():
                raise DataError(f"The table {name} ({name}.parquet) is missing from the snapshot; {MEND}.")
        return cls(manifest, folder)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name in self._laid_over:
            return self._laid_over[name]
        with self._lock:
            if name not in self._read:
                self._read[name] = read_table(name, self.folder, self.manifest["tables"].get(name, {}).get("nullable"))
            return self._read[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is a table of that name: shipped, or laid over."""
        return name in self._laid_over or name in self.manifest["tables"]

    def with_table(self, name: str, frame: pd.DataFrame) -> Tables:
        """The same bundle with `frame` in place of the table `name`, or beside the others; its version says so."""
        hashed = hashlib.sha256(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
        hashed.update("|".join(map(str, frame.columns)).encode())
        digest = hashed.hexdigest()[:12]
        return Tables(self.manifest, self.folder, {**self._laid_over, name: frame}, f"{self.version}+{name}-{digest}")

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """Sources by id, as the manifest states them."""
        return {source["id"]: source for source in self.manifest["sources"]}

    def sources_of(self, name: str) -> list[dict[str, Any]]:
        """The sources of a table, or the one source of that id; DataError where it is neither."""
        if name in self.manifest["tables"]:
            return [self.sources[source] for source in self.manifest["tables"][name]["sources"]]
        if name in self.sources:
            return [self.sources[name]]
        raise DataError(f"The snapshot has no table and no source named {name}; {MEND}.")


@cache
def shipped() -> Tables:
    """The shipped tables, opened once in a process; page, API and command line share them."""
    return Tables.open()
