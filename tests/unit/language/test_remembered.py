from generator.language.remembered import Remembered


def test_a_question_that_comes_back_is_not_worked_out_again() -> None:
    asked: list[int] = []
    doubled = Remembered(lambda number: asked.append(number) or number * 2, most=2)
    assert [doubled[number] for number in (1, 2, 1, 2, 1)] == [2, 4, 2, 4, 2]
    assert asked == [1, 2]


def test_what_nobody_asks_for_is_forgotten_and_what_comes_back_is_kept() -> None:
    asked: list[int] = []
    doubled = Remembered(lambda number: asked.append(number) or number * 2, most=2)
    for number in (1, 2, 3, 1, 4, 1, 2):
        assert doubled[number] == number * 2
    assert asked == [1, 2, 3, 4, 2]
    assert len(doubled) <= 2


def test_an_answer_of_none_is_remembered_too() -> None:
    asked: list[int] = []
    nothing = Remembered(asked.append, most=2)
    for number in (1, 2, 3, 1):
        assert nothing[number] is None
    assert asked == [1, 2, 3]
