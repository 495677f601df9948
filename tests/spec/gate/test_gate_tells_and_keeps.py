"""What is put right is counted, what is unknown is ignored and told, columns may come in any order."""

from pathlib import Path

from tests.spec.gate.drawn_table import VISITS, codes, gate

GOOD = b"patient,day,hdl,sex\nA,2020-01-01,50,f\nA,2020-02-01,51,f\nB,2020-01-01,52,m\n"


def test_an_unknown_column_is_ignored_and_told(tmp_path: Path) -> None:
    result = gate(tmp_path, b"patient,day,hdl,sex,extra\nA,2020-01-01,50,f,9\n")
    assert codes(result) == {"W_EXTRA_COLUMN"}
    assert "'extra'" in result.findings[0].message
    assert list(result.valid["visits"].columns) == ["patient", "day", "hdl", "sex"]


def test_an_unknown_column_whose_name_is_no_name_is_not_repeated(tmp_path: Path) -> None:
    result = gate(tmp_path, b"patient,day,hdl,sex,19470512-1234\nA,2020-01-01,50,f,9\n")
    assert "19470512" not in result.to_json()
    assert "number 5" in result.findings[0].message


def test_the_order_of_columns_changes_nothing(tmp_path: Path) -> None:
    ordered = gate(tmp_path, GOOD).valid["visits"]
    other = gate(tmp_path, b"sex,hdl,day,patient\nf,50,2020-01-01,A\nf,51,2020-02-01,A\nm,52,2020-01-01,B\n")
    assert other.findings == ()
    assert other.valid["visits"].equals(ordered)


def test_header_case_and_spaces_are_put_right(tmp_path: Path) -> None:
    result = gate(tmp_path, GOOD.replace(b"patient,day", b" PATIENT ,Day"))
    assert (result.verdict, codes(result)) == ("accept", {"N_HEADER"})


def test_words_for_missing_are_missing_but_never_in_an_identifier(tmp_path: Path) -> None:
    result = gate(tmp_path, b"patient,day,hdl,sex\nNA,2020-01-01,NULL,f\nnan,2020-01-01,?,m\n")
    assert codes(result) == {"N_NULL_TOKEN"}
    assert list(result.valid["visits"]["patient"]) == ["NA", "nan"]
    assert result.valid["visits"]["hdl"].isna().all()


def test_a_declared_site_time_zone_places_local_times_and_holds_those_that_do_not_exist(
    tmp_path: Path,
) -> None:
    paris = VISITS.replace("logicalType: date", "logicalType: timestamp").replace(
        "[{property: role, value: time}]",
        "[{property: role, value: time}, {property: timezone, value: Europe/Paris}]",
    )
    raw = b"patient,day,hdl,sex\nA,2023-01-01T12:00:00,50,f\nA,2023-03-26T02:30:00,50,f\nA,2023-10-29T02:30:00,50,f\n"
    result = gate(tmp_path, raw, paris)
    assert codes(result) == {"Q_TIME_AMBIGUOUS", "N_TZ"}
    assert result.rows_quarantined == 2
    assert str(result.valid["visits"]["day"][0]) == "2023-01-01 11:00:00"
