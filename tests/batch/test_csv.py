"""Intakes from CSV: what is a row, what a cell says, and what breaks the whole file."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.batch import chunks, csv_reading
from cart_screen.batch.errors import ColumnsMissing, TableMissing, TableUnreadable
from cart_screen.engines.columns.errors import ColumnsInvalid

from .tables import answers, opened, read, unread


@pytest.fixture
def table(tmp_path):
    def write(text, name="intakes.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.mark.parametrize(
    "text",
    [
        "age_years,sex\n61,female\n,\n",
        "age_years,sex\r\n61,female\r\n,\r\n",
        "age_years,sex\n61,female\n,",
        "\ufeffage_years,sex\n61,female\n,\n",
        "\n\nage_years,sex\n\n61,female\n\n,\n\n",
        '"age_years","sex"\n"61","female"\n"",""\n',
        ' age_years , sex \n 61 , female \n NA , \n',
        "sex,age_years\nFemale,61.0\nunknown,N/A\n",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_writes_is_read(table, text):
    assert answers(table(text)) == [{"age_years": 61, "sex": "female"}, {}]


def test_cells_hold_commas_quotes_line_breaks_and_semicolons(table):
    path = table('id,notes,age_years\n"a,1","says ""yes""\nand; no",61\n"b\r\nc",,62\n')

    assert read(path, key="id") == [
        {"key": "a,1", "answers": {"age_years": 61}, "unread": []},
        {"key": "b\r\nc", "answers": {"age_years": 62}, "unread": []},
    ]


def test_one_wrong_row_is_told_and_the_others_go_on(table):
    path = table("age_years,hiv\n61,yes\nabc,maybe\n61,yes,more\n62\n63,no\n")

    assert unread(path) == [
        [],
        [
            ("age_years", "abc", "no number"),
            ("hiv", "maybe", "neither yes nor no, as in yes, no, true, false, 1 and 0"),
        ],
        [("", "61,yes,more", "3 cells where the header has 2")],
        [("", "62", "1 cell where the header has 2")],
        [],
    ]


@pytest.mark.parametrize("text", ["1e400", "9" * 30, "NUL \0", "inf", "٣", "=1+1", "x" * 200_000])
def test_a_cell_that_is_no_answer_is_told_in_short_and_without_control_characters(table, text):
    [[(question, value, _)]] = unread(table(f'age_years\n"{text}"\n'))

    assert question == "age_years"
    assert len(value) <= 210
    assert value.isprintable()


def test_an_empty_line_of_a_table_with_one_column_is_a_row(table):
    assert answers(table("age_years\n61\n\n62\n")) == [{"age_years": 61}, {}, {"age_years": 62}]


def test_a_header_alone_is_an_empty_table(table):
    assert read(table("age_years,sex\n")) == []
    assert read(table("age_years,sex")) == []


def test_columns_that_are_no_questions_are_named_and_nothing_else(table):
    more = [f"column {number}" for number in range(1_000)]
    path = table(",".join(["age_years", "guidance", *more]) + "\n61,x" + ",1" * 1_000 + "\n")

    assert answers(path) == [{"age_years": 61}]
    with opened(path) as table:
        assert table.unknown() == ["guidance", *more]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b" \n\n", "it is empty"),
        (b"age_years|sex\n61|male\n", "separated by |"),
        (b"age,gender\n61,male\n", "no column answers a question: it has age, gender"),
        ("age_years,sex\n61,male\n".encode("utf-16"), "it is written in UTF-16"),
        ("age_years,sex\n61,male\n".encode("utf-16-le"), "not written in UTF-8"),
        ("age_years,notes\n61,a\n62,né\n".encode("latin-1"), "line 3 holds a byte that is not UTF-8"),
        (b"age_years,sex\r61,male\r62,male\r", "lines end as on old Macs"),
        (b'age_years,sex\n61,male\n"62,male\n63,male\n', "quotes are wrong from row 2 on"),
        (b'age_years,notes\n61,"a\n62,b",c\n', "several lines long"),
        (b'age_years,notes\n61,"a"b"\n62,"c"\n', "quotes are wrong from row 1 on"),
        (b'"age_years,sex\n61,male\n', "quotes are wrong from the header on"),
    ],
)
def test_what_breaks_the_whole_file_is_one_error(table, text, found):
    with pytest.raises(TableUnreadable) as raised:
        read(table(text))
    assert found in str(raised.value)


def test_a_quote_that_is_never_closed_is_found_before_it_fills_the_memory(table, monkeypatch):
    monkeypatch.setattr(chunks, "PIECE", 10_000)
    monkeypatch.setattr(chunks, "LONGEST_ROW", 50_000)
    with pytest.raises(TableUnreadable, match="the row that begins in line 3 does not end"):
        read(table('age_years,sex\n61,male\n"62,male\n' + "63,male\n" * 100_000))


def test_names_that_nobody_can_tell_apart_are_refused(table):
    with pytest.raises(ColumnsInvalid, match="age_years: found this name more than once"):
        opened(table("age_years,sex,age_years\n"))
    assert answers(table("age_years,,\n61,,\n")) == [{"age_years": 61}]


def test_a_column_of_derived_answers_is_refused(table):
    with pytest.raises(ColumnsInvalid, match="performance_scale: found a derived answer"):
        opened(table("age_years,performance_scale\n"))


def test_a_key_that_is_not_there_is_named_beside_the_columns_that_are(table):
    with pytest.raises(ColumnsMissing, match=r"no column 'id'. It has age_years, sex"):
        opened(table("age_years,sex\n"), key="id")


def test_a_file_that_is_not_there_cannot_be_opened(tmp_path):
    for name in ("none.csv", "none.parquet", "none.ndjson", "\0.csv"):
        with pytest.raises(TableMissing):
            opened(tmp_path / name)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(TableMissing, match="Is a directory"):
        opened(tmp_path / "folder.csv")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_cells_may_stand_between_semicolons_or_tabs_as_programs_of_other_countries_write_them(table, separator):
    text = f'age_years{separator}"notes, more"{separator}sex\n61{separator}"a{separator}b"{separator}male\n'

    assert answers(table(text)) == [{"age_years": 61, "sex": "male"}]


def test_what_separates_cells_is_what_the_header_has_most_of(table):
    assert answers(table("age_years,weight;kg,sex\n61,70,male\n")) == [{"age_years": 61, "sex": "male"}]
    assert answers(table('age_years;"weight, in kg, dry, at home";sex\n61;70;male\n')) == [
        {"age_years": 61, "sex": "male"}
    ]


def test_a_number_with_a_comma_is_told_how_to_be_written(table):
    (row,) = read(table('age_years,creatinine,hiv\n61,"1,2",no\n'))

    assert row["unread"] == [("creatinine", "1,2", "a number is written with a point and without commas")]


def test_keys_are_texts_as_they_stand_there_twice_or_not_at_all(table):
    rows = read(table("id,age_years\n007,61\n007,62\n,63\n"), key="id")

    assert [row["key"] for row in rows] == ["007", "007", None]


def test_a_column_can_be_the_key_and_an_answer(table):
    assert read(table("age_years\n61\n"), key="age_years") == [
        {"key": "61", "answers": {"age_years": 61}, "unread": []}
    ]


# ---- A piece of a file at a time


CELLS = st.sampled_from(["61", "", "abc", "a,b", 'a"b', "a\nb", "a\r\nb", '"', "\n", " 5 ", "né", '""', ",", "\r\n\n"])


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.integers(1, 60),
    st.sampled_from([",", ";", "\t"]),
)
@examples(60)
def test_every_row_comes_out_wherever_the_file_is_cut(tmp_path_factory, rows, end, quoted, size, separator):
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(
        [("id", "age_years", "notes"), *rows]
    )
    path = tmp_path_factory.mktemp("csv") / "intakes.csv"
    path.write_bytes(text.getvalue().encode())
    with pytest.MonkeyPatch.context() as patch:
        # The whole header stands in the first piece.
        patch.setattr(chunks, "PIECE", size + 40)
        found = read(path, key="id")

    assert [row["key"] for row in found] == [id or None for id, *_ in rows]
    assert [bool(row["unread"]) for row in found] == [
        bool(age.strip()) and age.strip() not in ("61", "5") for _, age, _ in rows
    ]


@given(st.text(alphabet='a61,"\n\r', max_size=40))
@examples(120)
def test_whatever_stands_in_a_file_each_row_is_counted_or_the_file_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("csv") / "intakes.csv"
    path.write_bytes(b"age_years,notes\n" + text.encode())
    try:
        found = read(path)
    except TableUnreadable:
        return
    try:
        wanted = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error:
        # A line break alone ends a row for the one and is an error for the other.
        assert "\r" in text
        return
    assert len(found) == len(wanted)
    assert [any(not question for question, _, _ in row["unread"]) for row in found] == [len(row) != 2 for row in wanted]


def test_a_whole_piece_is_parsed_at_once_where_it_is_well_formed():
    assert csv_reading._outside_of_quotes(b'a,"b\n""c""",d\n"",e\n', b",") == b'a,",d\n,e\n'
    assert csv_reading._outside_of_quotes(b'a,b"c,d"e\n', b",") is None
    assert csv_reading._outside_of_quotes(b'a,"b\n', b",") is None
