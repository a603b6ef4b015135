"""Running `survey …` as one types it."""

from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from survey.cli.main import main


@dataclass
class Survey:
    """Runs commands in one environment; gives back exit code, output and problems."""

    environment: dict

    def __call__(self, *arguments, **values):
        return CliRunner().invoke(
            main, [str(one) for one in arguments], env=self.environment, **values
        )

    def does(self, *arguments, **values):
        """Standard output of a command that must succeed."""
        result = self(*arguments, **values)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def refuses(self, *arguments, **values):
        """The lines of problems of a command that must fail on its input."""
        result = self(*arguments, **values)
        assert result.exit_code == 1, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.stderr.splitlines()


@pytest.fixture
def files_only(tmp_path):
    """Commands where the database must not be touched: there is none."""
    return Survey({"SURVEY_DATABASE_URL": f"sqlite:///{tmp_path}/absent/none.db"})


@pytest.fixture
def survey(database_url, tmp_path):
    """Commands on an empty database."""
    return Survey(
        {
            "SURVEY_DATABASE_URL": database_url,
            "SURVEY_INSTANCE": str(tmp_path / "instance"),
            "SURVEY_SECRET_KEY": "a secret of the tests, long enough",
            "SURVEY_BASE_URL": "https://survey.anytown.example",
        }
    )
