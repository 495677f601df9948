"""The names in a run folder are one list, without doubles."""

from collections import Counter

from meta_med import run_files


def test_no_two_stages_choose_the_same_name() -> None:
    names = [value for key, value in vars(run_files).items() if key.isupper()]
    assert [name for name, count in Counter(names).items() if count > 1] == []
