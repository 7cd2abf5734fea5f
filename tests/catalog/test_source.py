"""Citations."""

from catalog import Source


def test_a_citation_is_one_line() -> None:
    assert str(Source("Beale", 1958, "On an iterative method")) == "Beale (1958). On an iterative method."
    placed = Source("Saitoh", 2016, "Deep Learning from Scratch", "equation (6.2)")
    assert str(placed) == "Saitoh (2016). Deep Learning from Scratch, equation (6.2)."


def test_what_has_no_date_is_cited_without() -> None:
    assert str(Source("MathWorks", None, "MATLAB, function peaks")) == "MathWorks. MATLAB, function peaks."
