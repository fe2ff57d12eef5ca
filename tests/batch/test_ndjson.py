"""Intakes from NDJSON: each line and each value by itself, whether a piece is parsed whole or line by line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.answers.reading import read_checked_answers
from cart_screen.batch import chunks
from cart_screen.batch.errors import ColumnsMissing, TableUnreadable
from cart_screen.batch.mapping import ColumnMap
from cart_screen.batch.ndjson_reading import NdjsonRows
from cart_screen.batch.readings import AnswerReader
from cart_screen.catalog.loading import own_set
from cart_screen.errors import CartScreenError

from .tables import answers, opened, questions, read, unread


@pytest.fixture
def stream(tmp_path):
    def write(*lines):
        path = tmp_path / "intakes.ndjson"
        path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
        return path

    return write


def test_each_line_is_one_intake(stream):
    path = stream('{"age_years": 61, "hiv": false, "x": [1]}', "", '  {"age_years": 5.0, "sex": null} \r', "{}", "")

    assert answers(path) == [{"age_years": 61, "hiv": False}, {"age_years": 5}, {}]
    with opened(path) as table:
        list(table.frame.collect_batches())
        assert table.unknown() == ["x"]


WRONG = [
    ("{", "no JSON at column 2"),
    ("[1]", "no JSON object"),
    ("61", "no JSON object"),
    ('{"age_years": 61} {"age_years": 62}', "no JSON at column 19"),
    ('{"age_years": 61}{"age_years": 62}', "no JSON at column 18"),
    ('{"age_years": NaN}', "NaN is no JSON number"),
    ('{"x": [-Infinity]}', "-Infinity is no JSON number"),
    ('{"age_years": 61, "age_years": 62}', '"age_years" is given twice'),
    ('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
    ('{"x": "\\ud800"}', "half of a letter"),
    ("{'age_years': 61}", "no JSON at column 2"),
    ('{"sex": "a\tb"}', "no JSON at column"),
]


@pytest.mark.parametrize(("line", "reason"), WRONG)
def test_a_line_that_is_no_object_is_told_and_the_others_go_on(stream, line, reason):
    first, [(question, value, told)], last = unread(stream('{"age_years": 1}', line, '{"age_years": 2}'))

    assert first == last == []
    assert question == ""
    assert told.startswith(reason)
    assert len(value) <= 210
    assert value.isprintable()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ('"61"', "no number"),
        ("true", "no number"),
        ("1e400", "no number"),
        ("121", "not a whole"),
        ("5.5", "not a whole"),
        ("1" + "0" * 5_000, "no number"),
        ("[61]", "no number"),
        ('{"a": 1}', "no number"),
        ("123456789012345678901234567890", "not a whole"),
    ],
)
def test_a_value_of_another_type_is_told_and_the_others_go_on(stream, value, reason):
    rows = unread(stream('{"age_years": 61}', f'{{"age_years": {value}, "hiv": true}}', '{"age_years": 62}'))

    assert [len(row) for row in rows] == [0, 1, 0]
    [(question, _, told)] = rows[1]
    assert question == "age_years"
    assert told.startswith(reason)


def test_a_derived_answer_is_told(stream):
    [[(question, _, reason)]] = unread(stream('{"age_years": 61, "performance_scale": "ecog"}'))

    assert (question, reason) == ("performance_scale", "a derived answer; give the answers that it is derived from")
    assert unread(stream('{"age_years": 61, "performance_scale": null}')) != [None]


def test_keys_are_text_and_numbers_are_written_as_json_writes_them(stream):
    lines = ['{"id": 7, "age_years": 61}', '{"id": "007"}', '{"id": 1.5}', '{"id": true}', "{}", '{"id": "2020-01-01"}']

    for some in (lines, lines[:1], lines[1:2], lines[-1:]):
        assert [row["key"] for row in read(stream('{"id": 7, "age_years": 61}', *some), key="id")][1:] == [
            {"{}": None}.get(line) or _key(line) for line in some
        ]


def _key(line):
    value = json.loads(line).get("id")
    return value if value is None or isinstance(value, str) else json.dumps(value)


def test_a_key_that_no_line_has_is_an_error_at_the_end(stream):
    with pytest.raises(ColumnsMissing, match=r"no column 'id'. It has x"):
        read(stream('{"age_years": 61, "x": 1}', '{"x": 2}'), key="id")
    assert read(stream(""), key="id") == []


def test_lines_of_which_none_answers_a_question_are_an_error_at_the_end(stream):
    with pytest.raises(TableUnreadable, match="no column answers a question: it has age, x"):
        read(stream('{"age": 61}', '{"x": 2}'))


@pytest.mark.parametrize("line", ['{"sex": "fémale"}'.encode("latin-1"), '{"age_years": 61}'.encode("utf-16")])
def test_another_encoding_breaks_the_whole_stream(stream, line):
    with pytest.raises(TableUnreadable, match="UTF-"):
        read(stream(line, '{"age_years": 61}'))


def test_a_map_gives_numbers_texts_and_units_a_meaning(stream):
    ecog = AnswerReader(questions()["ecog"], None, {"unk": None, "fit": 0})
    creatinine = AnswerReader(questions()["creatinine"], "umol/L")
    sex = AnswerReader(questions()["sex"], None, {"1": "male", "2": "female"})
    mapping = ColumnMap({"PS": ecog, "CREA": creatinine, "SEX": sex}, ("-9",))
    path = stream(
        '{"PS": 1, "CREA": 88.4, "SEX": 1}', '{"PS": "fit", "SEX": 2}', '{"PS": "unk", "SEX": "3"}', '{"ecog": 1}'
    )

    rows = read(path, mapping=mapping)

    assert [row["answers"] for row in rows[:2]] == [
        {"ecog": 1, "creatinine": 1, "sex": "male"},
        {"ecog": 0, "sex": "female"},
    ]
    assert rows[2]["unread"] == [("sex", "3", "none of the options: female, male")]
    assert rows[3]["unread"] == [("ecog", "1", "another column answers this, too")]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 130),
    st.floats(0, 150),
    st.sampled_from(["61", "male", "relapsed", "x", "na", "2020-01-01"]),
    st.lists(st.integers(), max_size=1),
    st.just(10**30),
)
RECORDS = st.dictionaries(
    st.sampled_from(["age_years", "hiv", "sex", "disease_status", "creatinine", "x"]), VALUES, max_size=4
)


@given(st.lists(RECORDS, max_size=8), st.integers(10, 200))
@examples(60)
def test_a_line_is_read_as_an_answer_file_is_wherever_the_stream_is_cut(tmp_path_factory, records, size):
    path = tmp_path_factory.mktemp("ndjson") / "intakes.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in ({"age_years": 61}, *records)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "PIECE", size)
        _, *found = read(path)

    for record, row in zip(records, found, strict=True):
        given = {id: value for id, value in record.items() if id in questions()}
        # Texts of options are read without regard to capitals, and some mean that nothing is known.
        if "na" in given.values():
            continue
        try:
            wanted = {id: value for id, value in _checked(given).items() if value is not None}
        except CartScreenError:
            assert row["unread"]
        else:
            assert row["unread"] == []
            assert row["answers"] == wanted


def _checked(record):
    text = json.dumps(record).encode()
    return read_checked_answers(text, "here", own_set("us-fda").reading.dictionary).values


def test_a_piece_that_is_plainly_well_formed_is_parsed_at_once(stream, monkeypatch):
    monkeypatch.setattr(NdjsonRows, "_line_by_line", lambda *_: pytest.fail("it was read line by line"))
    lines = [json.dumps({"id": number, "age_years": 61.0, "hiv": True, "x": {"y": ["z", "w"]}}) for number in range(50)]

    assert answers(stream(*lines)) == [{"age_years": 61, "hiv": True}] * 50
    assert [row["key"] for row in read(stream(*lines), key="id")] == [str(number) for number in range(50)]
