"""What paper shows otherwise than the screen."""


def test_numbers_on_paper_are_plain_text(note, text) -> None:
    screen, paper = (note.section("overview", medium) for medium in ("screen", "print"))
    assert list(screen.iter("data")) != []
    assert list(paper.iter("data")) == []
    assert [text(p) for p in paper.iter("p")] == [text(p) for p in screen.iter("p")]
