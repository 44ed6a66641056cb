"""Work in processes of their own, whatever it does."""

import itertools
import os
import threading
import time

import pytest

from examgen.errors import ExamgenError
from examgen.preview.workshop import Outdated, Workshop


@pytest.fixture(scope="module")
def workshop():
    return Workshop(preload="examgen.preview.warm")


def test_work_is_done_in_another_process_each_time(workshop):
    first, second = (workshop.run(os.getpid, seconds=20) for _ in range(2))
    assert len({first, second, os.getpid()}) == 3


def test_an_endless_loop_is_ended(workshop):
    workshop.run(os.getpid, seconds=20)
    begin = time.perf_counter()
    with pytest.raises(ExamgenError, match=r"takes longer than 0\.3 seconds"):
        workshop.run(sum, itertools.repeat(0), seconds=0.3)
    assert time.perf_counter() - begin < 10


def test_work_that_sleeps_is_ended(workshop):
    with pytest.raises(ExamgenError, match=r"takes longer than 0\.1 seconds"):
        workshop.run(time.sleep, 60, seconds=0.1)


def test_work_that_ends_its_process(workshop):
    with pytest.raises(ExamgenError, match="exit status 3"):
        workshop.run(os._exit, 3, seconds=20)


def test_what_it_may_take_of_memory_is_bounded(workshop):
    with pytest.raises(ExamgenError, match="exit status 1"):
        workshop.run(bytearray, 2**40, seconds=20)


def test_outdated_work_is_ended(workshop):
    found = []

    def work():
        try:
            workshop.run(time.sleep, 60, seconds=60)
        except Outdated:
            found.append("outdated")

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.5)
    workshop.drop()
    thread.join(timeout=10)
    assert found == ["outdated"]
    assert workshop.run(len, "four", seconds=20) == 4
