"""Streams, permutations and shuffles: bijective, unbiased, and the same in ten years."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.exam.seeds import (
    KeyedPermutation,
    Stream,
    commitment,
    derive,
    exam_key,
    shuffled,
)

KEY = bytes(range(32))


@pytest.mark.parametrize("sizes", [range(1, 200), range(200, 2001, 137), [1999, 2000, 4096]])
def test_permutation_is_a_bijection(sizes):
    for size in sizes:
        permutation = KeyedPermutation(derive(KEY, size), size)
        assert sorted(permutation(index) for index in range(size)) == list(range(size))


@settings(max_examples=40, deadline=None)
@given(st.integers(2**64, 2**700), st.binary(min_size=1, max_size=40), st.data())
def test_huge_permutations_stay_in_range_and_do_not_collide(size, key, data):
    permutation = KeyedPermutation(key, size)
    places = data.draw(st.lists(st.integers(0, size - 1), unique=True, min_size=2, max_size=20))
    images = [permutation(place) for place in places]
    assert len(set(images)) == len(places)
    assert all(0 <= image < size for image in images)


def test_permutation_refuses_what_lies_outside():
    for index in (-1, 10):
        with pytest.raises(IndexError):
            KeyedPermutation(KEY, 10)(index)
    with pytest.raises(ValueError):
        KeyedPermutation(KEY, 0)


def test_every_small_permutation_occurs_about_equally_often():
    for size in (2, 3, 4):
        seen = Counter(
            tuple(KeyedPermutation(derive(KEY, number), size)(i) for i in range(size))
            for number in range(3000)
        )
        expected = 3000 / len(list(permutations(range(size))))
        assert set(seen) == set(permutations(range(size)))
        assert all(0.6 * expected < times < 1.4 * expected for times in seen.values())


def test_first_places_of_a_large_permutation_are_spread_evenly():
    buckets = Counter(KeyedPermutation(KEY, 10**12)(i) * 10 // 10**12 for i in range(2000))
    assert all(140 < buckets[bucket] < 260 for bucket in range(10))


def test_stream_is_uniform_and_covers_its_range():
    stream = Stream(KEY)
    drawn = Counter(stream.below(7) for _ in range(7000))
    assert set(drawn) == set(range(7))
    assert all(850 < times < 1150 for times in drawn.values())
    assert stream.below(1) == 0
    assert 0 <= stream.below(10**100) < 10**100
    with pytest.raises(ValueError):
        stream.below(0)


def test_labels_do_not_run_together():
    assert derive(KEY, "ab", "c") != derive(KEY, "a", "bc")
    assert derive(KEY, "a") != derive(KEY, "a", "")
    assert derive(KEY, "a", "b") != derive(KEY, "b", "a")


def test_exam_key_depends_on_seed_secret_and_title():
    keys = {
        exam_key(seed, title=title, secret=secret)
        for seed in (1, 2)
        for title in ("Midterm", "Final")
        for secret in (None, b"a", b"b")
    }
    assert len(keys) == 12
    assert len({commitment(key) for key in keys}) == 12


def test_shuffles_hold_every_element_and_every_order():
    assert sorted(shuffled(KEY, 50)) == list(range(50))
    orders = Counter(tuple(shuffled(derive(KEY, n), 3)) for n in range(1200))
    assert len(orders) == 6 and min(orders.values()) > 140
    assert shuffled(KEY, 0) == []


def test_values_are_those_of_the_first_release():
    # HMAC-SHA256(key 00…1f, 8-byte counter 0) begins with the bytes that `openssl dgst` gives.
    stream = Stream(KEY)
    assert [stream.below(256) for _ in range(4)] == [0x9F, 0x0C, 0xD9, 0xB9]
    assert [KeyedPermutation(KEY, 1000)(index) for index in range(6)] == [
        900,
        98,
        961,
        804,
        139,
        13,
    ]
    assert shuffled(KEY, 8) == [3, 6, 1, 7, 2, 5, 0, 4]
    assert exam_key(403, title="Convolution").hex()[:16] == "0b77daf8465b6b70"
