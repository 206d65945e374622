"""`make bench`: its table, its limits and what it exits with; nothing is timed here."""

import pytest

from config.bench import __main__ as bench
from config.bench import table


@pytest.fixture
def measured(monkeypatch):
    """The runner without servers: every group answers what the test says."""
    answers = {}
    asked = []

    def run(group, _settings):
        asked.append(group)
        return {each.name: answers.get(each.name, held(each)) for each in table.MEASURES if each.group == group}

    monkeypatch.setattr(bench, "_run", run)
    monkeypatch.setattr(bench, "_manage", lambda *_command: None)
    monkeypatch.setattr(bench, "_fetch_pango", lambda: None)
    monkeypatch.setattr(bench, "_places", bench.contextlib.nullcontext)
    monkeypatch.setattr(bench, "_database", bench.contextlib.nullcontext)
    return answers, asked


def held(measure):
    return table.Result(measure.name, ours=measure.limit, baseline=1.0)


def test_all_limits_held_is_a_success(measured, capsys):
    assert bench.main({}) == 0
    assert "KHÔNG" not in capsys.readouterr().out


def test_every_measure_has_a_line_with_ours_baseline_ratio_and_limit(measured, capsys):
    bench.main({})

    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line}
    assert set(lines) >= {each.name for each in table.MEASURES}
    assert lines["province"].split()[1:] == ["1,500", "s", "1,000", "s", "1,500", "≤", "1,500"]


def test_a_missed_limit_is_said_and_fails(measured, capsys):
    answers, _asked = measured
    answers["pdf"] = table.Result("pdf", ours=1.0, baseline=2.0)

    assert bench.main({}) == 1
    assert "KHÔNG ĐẠT" in capsys.readouterr().out


def test_what_could_not_be_measured_fails(measured, capsys):
    answers, _asked = measured
    answers["province"] = table.Result("province", fault="kết quả khác SQL: CT05.1")

    assert bench.main({"ONLY": "province"}) == 1
    assert "KHÔNG ĐO ĐƯỢC: kết quả khác SQL: CT05.1" in capsys.readouterr().out


def test_only_runs_and_prints_the_one_that_is_named(measured, capsys):
    answers, asked = measured
    answers["import-rows"] = table.Result("import-rows", ours=1.0, baseline=1.0)

    assert bench.main({"ONLY": "import-file"}) == 0
    assert asked == ["imports"]
    assert "import-rows" not in capsys.readouterr().out


def test_an_unknown_name_is_a_sentence_and_not_a_silent_success(measured, capsys):
    _answers, asked = measured

    assert bench.main({"ONLY": "pfd"}) == 2
    assert asked == []
    assert "Không có phép đo “pfd”. Các phép đo: import-rows," in capsys.readouterr().err


def test_a_database_that_is_not_postgresql_is_refused(capsys):
    assert bench.main({"DATABASE_URL": "sqlite:///x"}) == 2
    assert "PostgreSQL" in capsys.readouterr().err


def test_a_result_survives_the_pipe_between_the_processes():
    result = table.Result("pdf", 0.5, 4.0, note="66 trang")

    assert table.from_line(result.as_line()) == result
    assert result.held
