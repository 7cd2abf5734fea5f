"""Work in the background is done once at a time, and not without bound."""

from threading import Event

from serving.background import Background


def test_equal_work_is_done_once_at_a_time() -> None:
    background, go_on, done = Background(4), Event(), []

    def work() -> None:
        go_on.wait(60)
        done.append(1)

    for _ in range(3):
        background.begin("name", work)
    assert len(background) == 1
    go_on.set()
    wait_until_idle(background)
    assert done == [1]
    background.begin("name", work)
    wait_until_idle(background)
    assert done == [1, 1]


def test_beyond_its_bound_nothing_is_begun() -> None:
    background, go_on, done = Background(2), Event(), list[int]()

    def work(number: int) -> None:
        go_on.wait(60)
        done.append(number)

    for number in range(5):
        background.begin(number, lambda number=number: work(number))
    assert len(background) == 2
    go_on.set()
    wait_until_idle(background)
    assert sorted(done) == [0, 1]


def wait_until_idle(background: Background) -> None:
    pause = Event()
    for _ in range(6000):
        if not len(background):
            return
        pause.wait(0.01)
    raise AssertionError("Expected the work to end within a minute.")
