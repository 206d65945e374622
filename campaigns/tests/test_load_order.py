"""The catalogue names provinces, so units come first."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_without_units_the_command_says_what_to_do_first():
    with pytest.raises(CommandError, match="load_units"):
        call_command("load_catalogue")
