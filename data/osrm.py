"""Minutes by road from an OSRM server's table service, for those who run one. Nothing in the atlas asks it by itself.

https://project-osrm.org/docs/v5.24.0/api/#table-service
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.errors import DataError

MOST_COORDINATES = 100
"""What osrm-routed answers at once unless it was started with another --max-table-size."""
TIMEOUT_SECONDS = 60.0
RETRIES = 2


def travel_minutes(
    address: str,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    profile: str = "driving",
    most_coordinates: int = MOST_COORDINATES,
    transport: httpx.BaseTransport | None = None,
) -> pd.DataFrame:
    """origin and destination (positions), minutes: one row for each pair between which the server knows a way.

    `address` is that of the server, such as http://localhost:5000; frames have latitude and longitude. Raises DataError
    where the server can't be reached, refuses, or answers something else than a table.
    """
    if most_coordinates < 2:
        raise DataError(f"OSRM must be asked for at least 2 coordinates at once; {most_coordinates} were allowed.")
    start, goal = coordinates(origins, "origins"), coordinates(destinations, "destinations")
    parts = []
    with httpx.Client(timeout=TIMEOUT_SECONDS, transport=transport or httpx.HTTPTransport(retries=RETRIES)) as client:
        for rows, columns in blocks(len(start), len(goal), most_coordinates):
            seconds = ask(client, address, profile, start[rows.start : rows.stop], goal[columns.start : columns.stop])
            row, column = np.nonzero(np.isfinite(seconds))
            parts.append(
                pd.DataFrame({"origin": row + rows.start, "destination": column + columns.start, "minutes": seconds[row, column] / 60})
            )
    if not parts:
        return pd.DataFrame({"origin": np.empty(0, np.int64), "destination": np.empty(0, np.int64), "minutes": np.empty(0)})
    return pd.concat(parts, ignore_index=True).sort_values(["origin", "destination"], ignore_index=True)


def coordinates(frame: pd.DataFrame, what: str) -> list[str]:
    """longitude,latitude of each row, as OSRM wants them."""
    latitude, longitude = (frame[name].to_numpy(dtype=float) for name in ("latitude", "longitude"))
    wrong = np.flatnonzero(~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)))
    if wrong.size:
        first = wrong[0]
        raise DataError(f"Row {first} of the {what} has latitude {latitude[first]} and longitude {longitude[first]}; are they swapped?")
    return [f"{lon:.6f},{lat:.6f}" for lat, lon in zip(latitude, longitude, strict=True)]


def blocks(n: int, m: int, most: int) -> Iterator[tuple[range, range]]:
    """Blocks of rows and columns that together have at most so many coordinates."""
    if n == 0 or m == 0:
        return
    width = min(m, most // 2)
    height = most - width
    for low in range(0, n, height):
        for left in range(0, m, width):
            yield range(low, min(low + height, n)), range(left, min(left + width, m))


def ask(client: httpx.Client, address: str, profile: str, start: list[str], goal: list[str]) -> npt.NDArray[np.float64]:
    """Seconds from each start to each goal, shape (starts, goals); NaN where there is no way."""
    url = f"{address.rstrip('/')}/table/v1/{profile}/{';'.join(start + goal)}"
    sources = ";".join(map(str, range(len(start))))
    targets = ";".join(map(str, range(len(start), len(start) + len(goal))))
    try:
        answer = client.get(url, params={"sources": sources, "destinations": targets, "annotations": "duration"})
        found = answer.json()
    except httpx.HTTPError as error:
        raise DataError(f"The OSRM server at {address} can't be reached: {error}. Is it running, and is the address right?") from None
    except ValueError:
        raise DataError(f"The server at {address} answered with status {answer.status_code} and no JSON; is it an OSRM server?") from None
    if not isinstance(found, dict) or found.get("code") != "Ok":
        said = f"{found.get('code')}: {found.get('message', '')}" if isinstance(found, dict) else f"status {answer.status_code}"
        raise DataError(f"The OSRM server at {address} gave no table ({said.strip(': ')}).")
    seconds = np.array([[np.nan if cell is None else cell for cell in row] for row in found.get("durations", [])], dtype=np.float64)
    if seconds.shape != (len(start), len(goal)):
        raise DataError(f"The OSRM server at {address} gave a table of {seconds.shape} for {len(start)} starts and {len(goal)} goals.")
    return seconds
