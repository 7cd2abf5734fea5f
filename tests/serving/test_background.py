"""Work in the background is done once at a time, and not without bound."""

from threading import Event

from serving.background import Background


def idle() -> float:
    return 1.0


def test_what_askers_need_first_comes_first() -> None:
    answered, done = Event(), Event()
    background = Background[str](4, lambda: 1.0 if answered.is_set() else 0.0)
    background.begin("name", done.set, "soon")
    assert not done.wait(0.1)
    answered.set()
    assert done.wait(60)


def test_equal_work_is_done_once_at_a_time() -> None:
    background, go_on, done = Background[str](4, idle), Event(), []

    def work() -> None:
        go_on.wait(60)
        done.append(1)

    for _ in range(3):
        background.begin("name", work, "soon")
    assert len(background) == 1 and background.meanwhile("name") == "soon"
    assert background.meanwhile("another") is None
    go_on.set()
    wait_until_idle(background)
    assert done == [1] and background.meanwhile("name") is None
    background.begin("name", work, "soon")
    wait_until_idle(background)
    assert done == [1, 1]


def test_beyond_its_bound_nothing_is_begun() -> None:
    background, go_on, done = Background[int](2, idle), Event(), list[int]()

    def work(number: int) -> None:
        go_on.wait(60)
        done.append(number)

    for number in range(5):
        background.begin(number, lambda number=number: work(number), number)
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
