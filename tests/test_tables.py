import contextlib
import io
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import tables
from ui.names import display_name
from ui.tables import TableError, numeric_columns, read_csv, take_columns

PLAIN = b"x,y\n1,2\n3,4\n5,7\n"


def test_a_plain_file_gives_its_numbers():
    frame = read_csv(PLAIN)
    assert list(frame.columns) == ["x", "y"]
    np.testing.assert_array_equal(frame.to_numpy(), [[1, 2], [3, 4], [5, 7]])
    assert frame.attrs["notes"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.decode().encode("utf-16"),
        PLAIN.decode().encode("utf-32"),
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN.replace(b"\n", b"\r"),
        PLAIN.replace(b",", b";"),
        PLAIN.replace(b",", b"\t"),
        PLAIN.replace(b",", b"|"),
        PLAIN.replace(b",", b", "),
        b"\n\n" + PLAIN + b"\n\n",
        PLAIN + b",\n , \n",
        PLAIN.replace(b"\n", b",\n"),
        PLAIN.rstrip(b"\n"),
        b'"x","y"\n"1","2"\n"3","4"\n"5","7"\n',
    ],
    ids=lambda content: repr(content[:12]),
)
def test_spellings_of_the_same_table(content):
    pd.testing.assert_frame_equal(read_csv(content), read_csv(PLAIN))


def test_decimal_commas_with_semicolons():
    frame = read_csv("Größe;Preis\n1,5;1.234,50\n2,25;999\n-,5;1.000\n".encode())
    np.testing.assert_array_equal(frame["Größe"], [1.5, 2.25, -0.5])
    np.testing.assert_array_equal(frame["Preis"], [1234.5, 999, 1000])


def test_where_comma_and_semicolon_both_fit_the_comma_is_the_decimal_one():
    frame = read_csv(b"1,5;2,5\n2,5;3,5\n")
    np.testing.assert_array_equal(frame.to_numpy(), [[1.5, 2.5], [2.5, 3.5]])


def test_a_stray_word_does_not_hide_the_decimal_commas():
    frame = read_csv(b"a;b\n1,5;1\n.;2\nDr. No;3\n2,5;4\n")
    (note,) = frame.attrs["notes"]
    assert "`a` has 1 value" in note and "`Dr. No`" in note


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        b"1;2,5\n3;4\n",
        "Höhe\tx\n1,5\t2\n2,5\t3\n".encode("utf-16"),
        "name;Höhe;x;\na;1,5;2;\nb;2,5;3;\n".encode("cp1252"),
        b"x,x\n1,2\n3,4\n",
    ],
)
def test_pandas_reads_the_same_numbers_with_the_keywords_given(content):
    frame = read_csv(content)
    names = numeric_columns(frame)
    theirs = pd.read_csv(io.BytesIO(content), **frame.attrs["pandas"])
    theirs = theirs.iloc[:, [frame.attrs["positions"][name] for name in names]]
    np.testing.assert_array_equal(theirs.to_numpy(float), take_columns(frame, names))


def test_decimal_points_and_commas_in_one_column_are_not_guessed():
    frame = read_csv(b"a;b\n1.5;1\n1,5;2\n")
    assert numeric_columns(frame) == ["b"]


def test_windows_encoding_of_column_names():
    assert list(read_csv("Höhe,y\n1,2\n2,3\n".encode("cp1252"))) == ["Höhe", "y"]


def test_missing_values_are_counted_not_refused():
    frame = read_csv(b"x,y,z\n1,2,a\n,3,b\nNA,n/a,\n4,5,c\n")
    assert numeric_columns(frame) == ["x", "y"]
    assert tables.rows_with_missing(frame, ["x"]) == 2
    assert tables.rows_with_missing(frame, ["z"]) == 1
    with pytest.raises(TableError, match="2 of 4 rows"):
        take_columns(frame, ["x", "y"])
    taken = take_columns(frame, ["y", "x"], drop_missing=True)
    np.testing.assert_array_equal(taken, [[2, 1], [5, 4]])


def test_a_first_line_of_numbers_is_data():
    frame = read_csv(b"1,2\n3,4\n")
    np.testing.assert_array_equal(frame.to_numpy(), [[1, 2], [3, 4]])
    assert list(frame.columns) == ["column 1", "column 2"]
    assert "not names" in frame.attrs["notes"][0]


def test_repeated_and_absent_names():
    frame = read_csv(b"x,x,,x,x (2)\n1,2,3,4,5\n6,7,8,9,10\n")
    assert list(frame.columns) == ["x", "x (3)", "column 3", "x (4)", "x (2)"]
    assert "`x`" in frame.attrs["notes"][0]


def test_stray_words_are_reported_with_column_count_and_place():
    frame = read_csv(b"x,y\n1,2\nfive,3\n3,4\n")
    assert numeric_columns(frame) == ["y"]
    (note,) = frame.attrs["notes"]
    assert "`x`" in note and "1 value" in note and "row 2" in note and "five" in note
    with pytest.raises(TableError, match=r"`x` has 1 value.*row 2.*`five`"):
        take_columns(frame, ["x"])


def test_a_column_of_words_is_no_ground_for_a_note():
    assert read_csv(b"name,y\nann,2\nbob,3\n").attrs["notes"] == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n,,\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"x,y\n", "no rows"),
        (b"x,y\na,b\nc,d\n", "No column"),
        (b"x,y\n1,a\n2,b,c\n", "Line 3 has 3"),
        (b"x,y\n1,2\n3\n", "Line 3 has 1"),
        (b"x,y\n1,2\n\nSource: me\n", "Line 4 has 1"),
        (b'x,y\n1,"2\n3,4\n', "line 2 is never closed"),
        (b'x,y\n1,2\n3,"4"5\n', "line 3 do not match"),
        (b"x,y\n1," + b"9" * 20_000 + b"\n", "Line 2 has a field of more"),
        (b"x,y\n1," + b"9" * 200_000 + b"\n", "Line 2 has a field of more"),
        (b"x,y\n1,2\0\n", "NUL"),
        (PLAIN.decode().encode("utf-16-le"), "UTF-16"),
        (bytes(range(1, 256)) * 4, "not text|control"),
        (b"\x89PNG\r\n\x1a\n1234", "PNG"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\x80\x04\x95\x10\x00\x00\x00.", "CSV UTF-8"),
        (b"a b\n1 2\n3 4\n", "separated by spaces"),
        (b"n\n1_000\n2_000\n", "not numbers|No column"),
        (b",".join(b"c%d" % i for i in range(501)) + b"\n", "501 columns"),
        (b"x\n" + b"1\n" * 100_001, "100,000 rows"),
        (b"x\n" + b"1\n" * 2_500_000, "at most 5 MB"),
    ],
    ids=lambda value: repr(value[:16]),
)
def test_what_is_wrong_is_said(content, says):
    with pytest.raises(TableError, match=says) as caught:
        read_csv(content)
    assert len(str(caught.value)) < 400


def test_mostly_numbers_but_none_clean_names_the_culprit():
    with pytest.raises(TableError, match=r"`x` has 1 value.*`two`"):
        read_csv(b"x\n1\ntwo\n3\n")


@pytest.mark.parametrize("huge", ["1e300", "-1e31", "inf", "1e999", "-Infinity"])
def test_values_too_large_are_named(huge):
    frame = read_csv(f"x,y\n1,2\n{huge},3\n4,5\n".encode())
    with pytest.raises(TableError, match=r"`x` has 1 value.*row 2"):
        take_columns(frame, ["x", "y"])
    np.testing.assert_array_equal(take_columns(frame, ["y"]).ravel(), [2, 3, 5])


def test_constant_columns_and_too_few_rows_are_named():
    frame = read_csv(b"x,y\n3,1\n3,2\n")
    with pytest.raises(TableError, match="`x` is 3 in every row"):
        take_columns(frame, ["x", "y"])
    with pytest.raises(TableError, match="At least 8"):
        take_columns(frame, ["y"], min_rows=8)
    with pytest.raises(TableError, match="At least 2"):
        take_columns(read_csv(b"x,y\n1,2\n"), ["x", "y"])
    with pytest.raises(TableError, match="no column `q`"):
        take_columns(frame, ["q"])


def test_the_preview_is_small():
    wide = pd.DataFrame({f"{'n' * 90}{i}": ["w" * 9000] * 50 for i in range(60)})
    corner = tables.preview(wide, rows=4, columns=3)
    assert corner.shape == (4, 3)
    assert corner.map(len).to_numpy().max() == 40
    assert max(map(len, corner.columns)) <= 45


HOSTILE = [
    b"\n" * 5_000_000,
    b"," * 5_000_000,
    b'"' * 5_000_000,
    b'"\n' * 2_500_000,
    b"a;b,c\td|e\n" * 500_000,
    b"1," * 2_499_999 + b"1",
    (b"1," * 24 + b"1\n") * 99_999,
    (b"w," * 24 + b"w\n") * 99_999,
    b"x\n" + b"9" * 9_999 + b"\n" + (b"9" * 9_999 + b"\n") * 499,
    b" " * 5_000_000,
    b"\xe4" * 5_000_000,
]


@pytest.mark.parametrize("content", HOSTILE, ids=lambda content: repr(content[:8]))
def test_the_largest_hostile_files_take_bounded_time(content):
    start = time.process_time()
    with contextlib.suppress(TableError):
        read_csv(content)
    assert time.process_time() - start < 20


@given(st.binary(max_size=400))
@settings(max_examples=500)
def test_any_bytes_give_a_table_or_a_table_error(content):
    _read_and_use(content)


CELLS = st.sampled_from(
    ["1", "2,5", "1.5", "x", '"', '""', "\n", "\r", ",", ";", "\t", "inf", "", "é", "-"]
)


@given(st.lists(CELLS, max_size=60).map("".join))
@settings(max_examples=500)
def test_any_mixture_of_csv_pieces_gives_a_table_or_a_table_error(text):
    for encoding in ("utf-8", "cp1252", "utf-16"):
        _read_and_use(text.encode(encoding))


def _read_and_use(content):
    try:
        frame = read_csv(content)
        assert len(frame) >= 1
        assert len(set(frame.columns)) == len(frame.columns)
        assert len(tables.preview(frame)) <= 5
        names = numeric_columns(frame)
        assert names
        values = take_columns(frame, names, drop_missing=True)
        assert np.isfinite(values).all()
    except TableError as error:
        assert 20 < len(str(error)) < 500


NAMES = [":red[x]", "$x$", "**b**", "<b>", "![](http://a.b/c)", "a`b", "%{x}", "\\x_1"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_shown_literally(name):
    code = display_name(name)
    assert code.startswith("`") and code.endswith("`")
    assert "`" not in code[1:-1]
    assert code[1:-1] == name.replace("`", "'")
    assert display_name(name, "text") == name


def test_names_are_bounded_and_on_one_line():
    assert display_name("a\n\tb\u202e\u200bc\0", "text") == "a bc"
    assert len(display_name("x" * 10**6, "text")) == 40
    assert display_name("", "text") == display_name("\u200b", "text") == "(no name)"
    assert display_name(3, "text") == "3"
