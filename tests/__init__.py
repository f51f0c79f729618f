"""Tests, mirroring the packages. The stores of a test run share what they compile."""

from tests import statements

statements.share()
