"""The file of a map: what it gives, and every place where it is wrong at once."""

import json

import pytest

from cart_screen.batch.errors import ColumnsMissing, CriteriaApart
from cart_screen.batch.map_file import MapMissing, MapUnreadable, read_map
from cart_screen.batch.mapping import questions_of
from cart_screen.catalog.loading import own_set
from cart_screen.engines.columns.errors import ColumnsInvalid
from cart_screen.errors import DocumentInvalid
from cart_screen.nouns import replace

from .tables import answers, opened, questions, unread

MAP = {
    "format": "cart-screen-map/1",
    "columns": {
        "AGE": {"question": "age_years"},
        "CREA": {"question": "creatinine", "unit": "µmol/L"},
        "SEX": {"question": "sex", "values": {"F": "female", "M": "male", "U": None}},
    },
    "missing": ["-9", "not done"],
    "ignored": ["notes", "hiv"],
}


@pytest.fixture
def mapped(tmp_path):
    def write(document):
        path = tmp_path / "map.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return path

    return write


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "intakes.csv"
        path.write_text(text)
        return path

    return write


def test_columns_are_read_by_their_names_units_and_words(mapped, table):
    mapping = read_map(mapped(MAP), questions())
    path = table("AGE,CREA,SEX,notes,hiv,ecog,more\n61,88.4, f,a,maybe,2,x\n-9,Not done,U,b,,-9,y\n")

    assert answers(path, mapping=mapping) == [{"age_years": 61, "creatinine": 1, "sex": "female", "ecog": 2}, {}]
    with opened(path, mapping=mapping) as opened_table:
        assert opened_table.unknown() == ["more"]


def test_a_value_beyond_the_bounds_is_told_as_it_stands_in_the_table(mapped, table):
    path = table("AGE,CREA,SEX\n61,4000,F\n")

    [[(question, value, reason)]] = unread(path, mapping=read_map(mapped(MAP), questions()))

    assert (question, value) == ("creatinine", "4000")
    assert "8.84 to 3536" in reason


def test_a_column_of_the_map_that_the_table_lacks_is_an_error(mapped, table):
    with pytest.raises(ColumnsMissing, match="'CREA'"):
        opened(table("AGE,SEX\n"), mapping=read_map(mapped(MAP), questions()))


def test_two_columns_for_one_question_are_an_error(mapped, table):
    with pytest.raises(ColumnsInvalid, match="AGE, age_years: found several columns that answer age_years"):
        opened(table("AGE,CREA,SEX,age_years\n"), mapping=read_map(mapped(MAP), questions()))


def test_every_wrong_place_is_told_at_once(mapped):
    document = {
        "format": "cart-screen-map/1",
        "columns": {
            "A": {"question": "age"},
            "B": {"question": "performance_scale"},
            "C": {"question": "creatinine", "unit": "kg"},
            "D": {"question": "sex", "values": {"m": "male", " M": "female", "x": "other"}},
            "E": {"question": "sex"},
        },
        "ignored": ["E"],
    }
    with pytest.raises(DocumentInvalid) as raised:
        read_map(mapped(document), questions())

    assert [problem.pointer for problem in raised.value.problems] == [
        "/columns/A/question",
        "/columns/B/question",
        "/columns/C/unit",
        "/columns/D/values/ M",
        "/columns/D/values/x",
        "/columns/E",
        "/columns/E",
    ]


@pytest.mark.parametrize(
    "document",
    [{}, {"format": "cart-screen-map/2"}, {"format": "cart-screen-map/1", "more": 1},
     {"format": "cart-screen-map/1", "columns": {"A": "age_years"}}, [], 5],
)  # fmt: skip
def test_what_is_not_of_the_format_is_refused(mapped, document):
    with pytest.raises(DocumentInvalid):
        read_map(mapped(document), questions())


@pytest.mark.parametrize("text", ["", "{", '{"a": 1, "a": 2}', "NaN", "[" * 100_000, "\udcff"])
def test_what_is_no_json_is_refused(tmp_path, text):
    path = tmp_path / "map.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(MapUnreadable):
        read_map(path, questions())


def test_a_map_that_is_not_there_is_told(tmp_path):
    with pytest.raises(MapMissing, match="No such file"):
        read_map(tmp_path / "none.json", questions())


def test_sets_that_ask_a_question_differently_are_not_read_together():
    one = own_set("us-fda")
    dictionary = one.reading.dictionary
    age = replace(dictionary.questions["age_years"], maximum=99)
    asks = replace(dictionary, questions={**dictionary.questions, "age_years": age})
    other = replace(one, id="other", reading=replace(one.reading, dictionary=asks))

    assert questions_of([one, own_set("eu-ema")]).keys() == dictionary.questions.keys()
    with pytest.raises(CriteriaApart, match="us-fda and other ask age_years differently"):
        questions_of([one, other])
