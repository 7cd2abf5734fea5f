from hypothesis import given
from hypothesis import strategies as st

from scenes.query import join, split
from tests.scenes.strategies import text

readable = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=20)


@given(st.lists(st.tuples(readable, readable)))
def test_pairs_survive(pairs: list[tuple[str, str]]):
    assert split(join(pairs)) == pairs
    assert split(f"?{join(pairs)}") == pairs


@given(text)
def test_any_text_has_pairs_and_they_can_be_joined(query: str):
    assert join(split(query)).isascii()


def test_what_need_not_be_escaped_is_not():
    assert join([("lane", "adam:lr=0.3,beta1=0.8"), ("at", "-7,2")]) == "lane=adam:lr=0.3,beta1=0.8&at=-7,2"


def test_what_must_be_escaped_is():
    assert join([("a=b", "1&2#3%4+5 é\n")]) == "a%3Db=1%262%233%254%2B5%20%C3%A9%0A"


def test_escapes_of_others_are_understood():
    assert split("at=%2D7%2C2&x=a+b&y&=z&&") == [("at", "-7,2"), ("x", "a b"), ("y", ""), ("", "z")]


def test_broken_escapes_are_text():
    assert split("a=%zz&b=%ff&c=%") == [("a", "%zz"), ("b", "�"), ("c", "%")]
