"""The cache: bounded, one computation at a time, and failures are not kept."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from analytics.cache import Cache, size_in_bytes


def test_a_value_is_computed_once_however_many_ask_at_once() -> None:
    cache, calls = Cache(10_000), []

    def slow() -> int:
        calls.append(1)
        time.sleep(0.05)
        return 7

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(cache.get("key", slow))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 8
    assert len(calls) == 1


def test_the_least_recently_used_goes_first_and_the_limit_holds() -> None:
    cache = Cache(2_000)
    for name in "abc":
        cache.get(name, lambda: np.zeros(100))  # 800 bytes each
        cache.get("a", lambda: pytest.fail("a was used last and must still be there"))
    assert cache.held_bytes == 1_600
    assert cache.get("b", lambda: "anew") == "anew"


def test_a_failure_leaves_nothing_behind() -> None:
    cache = Cache(1_000)
    with pytest.raises(ZeroDivisionError):
        cache.get("key", lambda: 1 // 0)
    assert cache.get("key", lambda: 5) == 5
    assert cache.get("key", lambda: 6) == 5


def test_after_a_failure_those_who_wait_still_take_turns() -> None:
    cache, computing, most = Cache(10_000), [0], [0]
    tries = iter([True, False, False, False, False, False, False, False])

    def once() -> int:
        computing[0] += 1
        most[0] = max(most[0], computing[0])
        time.sleep(0.02)
        computing[0] -= 1
        if next(tries):
            raise OSError("the first try fails")
        return 7

    def ask() -> None:
        try:
            found.append(cache.get("key", once))
        except OSError as error:
            found.append(error)

    found: list[object] = []
    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
        time.sleep(0.005)  # the later ones come while the earlier ones compute or wait
    for thread in threads:
        thread.join()
    assert [one for one in found if isinstance(one, OSError)] == found[:1]
    assert found[1:] == [7] * 5
    assert most == [1]
    assert cache.held_bytes < 100, "one small number is held, once"


def test_a_dictionary_weighs_what_it_holds() -> None:
    assert size_in_bytes({"a": np.zeros(1_000)}) > 8_000


def test_what_is_larger_than_the_limit_is_given_but_not_kept() -> None:
    cache = Cache(100)
    assert cache.get("big", lambda: np.zeros(1_000)).size == 1_000
    assert cache.held_bytes == 0


def test_what_one_visit_brought_is_forgotten_and_nothing_else() -> None:
    cache = Cache(limit_bytes=1_000)
    for key in (("mine", "a"), ("mine", "b"), ("shipped", "a"), "mine"):
        cache.get(key, lambda: b"x" * 10)
    cache.forget("mine")
    assert list(cache._values) == [("shipped", "a"), "mine"]
    assert cache.held_bytes == 20
