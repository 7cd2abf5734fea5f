"""Limits of networks, their tables and their trainers that sentences name, against the code."""

from dataclasses import replace

import pytest

from landscapes.data import TableError
from networks import MOST_COST, TableData, cost_of
from networks.data.table import FEWEST_ROWS, MOST_CLASSES, MOST_COLUMNS, MOST_ROWS
from scenes import edit, read
from scenes.network import MOST_TRAINERS
from scenes.network_data import MOST_SPELLED, parse_table, read_table, spell_table
from scenes.network_training import dearest
from tests.stories.sentences import Sentence, claim


def rows(count: int, columns: int = 2, classes: int = 2) -> list[list[float]]:
    """Return rows of numbers, the last one the class, of so many `classes`."""
    return [[*(n * (k + 1) % 101 for k in range(columns - 1)), n % classes] for n in range(count)]


def why(table: list[list[float]]) -> str:
    """Return why networks cannot learn from a table, an empty string where they can."""
    try:
        TableData(tuple(map(tuple, table)))
    except TableError as error:
        return error.why
    return ""


@claim("tables.too_few_examples", "tables.too_many_examples")
def rows_to_learn_from(said: Sentence) -> None:
    (limit,) = (int(number) for number in said.numbers)
    if "At least" in said.en:
        assert "至少需要" in said.zh and limit == FEWEST_ROWS
        assert (why(rows(limit - 1)), why(rows(limit))) == ("too_few_examples", "")
    else:
        said.says("At most", "最多读取")
        assert limit == MOST_ROWS
        assert (why(rows(limit)), why(rows(limit + 1))) == ("", "too_many_examples")


@claim("tables.example_columns")
def numbers_in_a_row(said: Sentence) -> None:
    fewest, most = (int(number) for number in said.numbers)
    said.says("the last of which is the class", "最后一个是类别")
    assert most == MOST_COLUMNS
    for columns, reason in ((fewest - 1, "example_columns"), (fewest, ""), (most, "")):
        assert why(rows(20, columns)) == reason
    assert why(rows(20, most + 1)) == "example_columns"


@claim("tables.one_class", "tables.too_many_classes")
def classes_of_a_table(said: Sentence) -> None:
    if not said.numbers:
        said.says("at least two classes are needed", "至少需要两个类别")
        said.says("The last column is the class", "最后一列是类别")
        assert (why(rows(20, classes=1)), why(rows(20, classes=2))) == ("one_class", "")
        return
    (most,) = (int(number) for number in said.numbers)
    said.says(
        "The last column has {value} different values; at most", "最后一列有 {value} 个不同的值，最多区分"
    )
    assert most == MOST_CLASSES
    assert (why(rows(80, classes=most)), why(rows(80, classes=most + 1))) == ("", "too_many_classes")


@claim("tables.uneven_columns")
def as_many_as_the_first(said: Sentence) -> None:
    said.says("all rows need as many numbers as the first", "各行的数字个数应当与第一行相同")
    table = rows(20, columns=3)
    with pytest.raises(TableError) as error:
        TableData((*map(tuple, table), (1.0, 2.0)))
    assert (error.value.why, error.value.line, error.value.value) == ("uneven_columns", 21, "2")


@claim("tables.too_long_for_link")
def room_in_a_link(said: Sentence) -> None:
    (most,) = (int(number) for number in said.numbers)
    said.says("A link has room for", "链接最多容纳")
    assert most == MOST_SPELLED
    # A row that is spelled "0.1234,1" takes nine characters with its semicolon.
    lines = [f"0.{1000 + 9 * n + 1},{n % 2}" for n in range(most // 9 + 2)]
    long = next(n for n in range(8, len(lines)) if len(";".join(lines[:n])) > most)
    assert len(spell_table(parse_table(";".join(lines[: long - 1])))) <= most
    with pytest.raises(TableError) as error:
        parse_table(";".join(lines[:long]))
    assert error.value.why == "too_long_for_link"
    said.says("Take fewer rows or columns, or round the numbers", "请减少行数或列数，或对数字取整")
    assert len(spell_table(read_table("\n".join(line[:4] + line[6:] for line in lines[:long])))) < most


@claim("repairs.too_many_trainers", "repairs.no_more_trainers")
def the_first_eight_train(said: Sentence) -> None:
    link = "trainer=adam&" * MOST_TRAINERS
    scene, repairs = read(f"{link}trainer=sgd")
    if "only the first {used} train" in said.en:
        assert "只保留前 {used} 个" in said.zh
        (repair,) = repairs
        assert (repair.why, repair.value, repair.used) == ("too_many_trainers", "9", "8")
        assert [trainer.optimizer for trainer in scene.network.trainers] == ["adam"] * 8
        return
    said.says("{used} trainers are the most, so {value} is not added", "最多 {used} 个训练者")
    full = read(link)[0]
    after, (repair,) = edit(full, {"do": "trainer_add", "to": "sgd"})
    assert (repair.why, repair.value, repair.used) == ("no_more_trainers", "sgd", "8")
    assert after.network == full.network and len(full.network.trainers) == MOST_TRAINERS


@claim("repairs.too_much_training")
def the_nearest_that_is_allowed(said: Sentence) -> None:
    said.says("too many for one run; the nearest that is allowed is {used}", "改用允许范围内最接近的 {used}")
    said.says("{value} multiplications and additions", "{value} 次乘加运算")
    link = "net=mnist:depth=4,width=100,batch=2000,steps={}&trainer=sgd"
    scene, (repair,) = read(link.format(20000))
    steps = scene.network.net.steps
    assert (repair.why, repair.used) == ("too_much_training", f"steps={steps}")
    assert cost_of(dearest(scene.network)) <= MOST_COST
    assert read(link.format(steps))[1] == () != read(link.format(steps + 1))[1]
    asked = replace(dearest(scene.network), steps=20000)
    assert float(repair.value) == pytest.approx(cost_of(asked), rel=0.05)
