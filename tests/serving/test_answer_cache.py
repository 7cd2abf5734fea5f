"""Answers are kept by their size."""

from serving.answer_cache import AnswerCache


def test_what_was_used_last_stays():
    cache = AnswerCache(10)
    for name in "abc":
        cache.put(name, b"1234"[:3])
    assert cache.get("a") == b"123"
    cache.put("d", b"1234")
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    assert (len(cache), cache.size) == (3, 10)


def test_an_answer_that_is_replaced_counts_once():
    cache = AnswerCache(10)
    cache.put("a", b"12345")
    cache.put("a", b"1234567")
    assert (cache.get("a"), len(cache), cache.size) == (b"1234567", 1, 7)


def test_an_answer_larger_than_everything_is_not_kept():
    cache = AnswerCache(10)
    cache.put("a", b"1")
    cache.put("b", b"x" * 11)
    assert (cache.get("b"), len(cache), cache.size) == (None, 0, 0)
