"""Citations."""

from catalog import Source


def test_a_citation_is_one_line() -> None:
    assert str(Source("Beale", 1958, "On an iterative method")) == "Beale (1958). On an iterative method."
    placed = Source("Saitoh", 2016, "Deep Learning from Scratch", "equation (6.2)")
    assert str(placed) == "Saitoh (2016). Deep Learning from Scratch, equation (6.2)."
