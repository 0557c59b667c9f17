"""What all forms share: the token, plain messages, and fields that keep what was typed."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import validate_csrf
from markupsafe import Markup
from wtforms import DateField, Field, Form, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from assessment.domain.entries import (
    FIRST_YEAR,
    LAST_YEAR,
    TwoReadingsError,
    is_likely_year,
    on_one_line,
    whole_number,
    with_line_breaks,
)
from assessment.domain.limits import LONGEST_LINE, LONGEST_TEXT, MOST_NUMBER, TextFault, text_fault
from assessment.web.shell.idempotency import SAVE_KEY, new_save_key
from assessment.web.shell.signing_keys import believed
from assessment.web.wording import forms as wording

# No version has more digits: databases take no larger integer.
_MOST_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class FormError:
    """One thing that is wrong, with the address of the field it is about.

    ``about`` is what the field is called. A summary says it where two lines would be alike; ``always`` has it said in any case.
    """

    href: str
    text: str
    about: str = ""
    always: bool = False


def told_apart(errors: Iterable[FormError]) -> list[FormError]:
    """Return the lines of a summary, each once, and each with what it is about where others say the same."""
    lines = list(dict.fromkeys(errors))
    alike = Counter(line.text for line in lines)
    return [
        replace(line, text=wording.at_its_field(line.about, line.text))
        if line.about and line.about not in line.text and (line.always or alike[line.text] > 1)
        else line
        for line in lines
    ]


def token_error() -> FormError:
    """Return the error of a form with a missing or wrong token."""
    return FormError(href="#main", text=wording.not_sent_by_us())


def is_token_right() -> bool:
    """Tell whether the form that was sent carries the session's token, where no form of ours is built around it."""
    try:
        check_token(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def check_token(token: str | None) -> None:
    """Raise ``ValidationError`` unless a token is this session's, signed with any key that is believed."""
    *others, last = believed()
    for key in others:
        with suppress(ValidationError):
            validate_csrf(token, key)
            return
    validate_csrf(token, last)


class _Token(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
    """Flask-WTF's own, which would believe only the key that signs."""

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        check_token(field.data)


def status_of(form: "PageForm") -> int:
    """Return 200 for a form that is only shown, 400 for one with a wrong token, 422 for one with another error."""
    if not form.errors:
        return 200
    return 400 if "csrf_token" in form.errors else 422


class PageForm(FlaskForm):  # type: ignore[misc]
    """A form with the session's token. A missing or wrong token is an error like any other: what was typed comes back."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf_class = _Token

    def hidden_fields(self) -> Markup:
        """Return the token, and a save key that is another each time."""
        field = Markup('<input type="hidden" name="{}" value="{}">')
        return field.format("csrf_token", self.csrf_token.current_token) + field.format(SAVE_KEY, new_save_key())

    def errors_to_show(self, *, named: bool = False) -> list[FormError]:
        """Return all errors in the order of the fields; each links to its field, and says its name where ``named``."""
        return [replace(error, always=named) for error in errors_of(self)]


def errors_of(form: Form, of: str = "") -> Iterable[FormError]:
    """Yield the errors of a form's fields, the token's in plain words. ``of`` is whose form it is, of several on a page."""
    for field in form:
        if field.name == "csrf_token":
            if field.errors:
                yield token_error()
            continue
        for message in field.errors:
            if not isinstance(message, dict | list | tuple):  # a form within this one says for itself what is wrong in it
                about = f"{of}: {field.label.text}" if of else str(field.label.text)
                yield FormError(href=f"#{field.id}", text=str(message), about=about)


def normal(text: str | None) -> str | None:
    """Return text as it is stored: line breaks of one kind, no blanks around it."""
    return with_line_breaks(text).strip() if isinstance(text, str) else text


def normal_line(text: str | None) -> str | None:
    """Return the text of a field of one line as it is stored."""
    return on_one_line(text).strip() if isinstance(text, str) else text


class StorableText:
    """Refuse text that is too long or holds characters that cannot be stored. Never cuts."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, form: Form, field: Field) -> None:
        text = field.data or ""
        fault = text_fault(text, self.longest)
        if fault is TextFault.TOO_LONG:
            raise ValidationError(wording.too_long(field.label.text, len(text), self.longest))
        if fault is TextFault.UNTYPABLE:
            raise ValidationError(wording.hidden_character(field.label.text))


def line(label: str, *, required: str = "", longest: int = LONGEST_LINE, hint: str = "") -> Any:
    """Make a field for a one-line text; ``required`` is the message when it is left empty."""
    validators: list[Any] = [DataRequired(required)] if required else []
    return StringField(
        label,
        [*validators, StorableText(longest)],
        filters=[normal_line],
        description=hint,
        default="",
        render_kw={"dir": "auto"},
    )


def paragraph(label: str, *, hint: str = "") -> Any:
    """Make a field for a text of several lines."""
    return TextAreaField(
        label, [StorableText(LONGEST_TEXT)], filters=[normal], description=hint, default="", render_kw={"dir": "auto"}
    )


class PlainDateField(DateField):  # type: ignore[misc]
    """A date from 1900 to 2100. What cannot be read as one comes back as it was typed, with a plain message.

    A day that was stored already stays as it is, whatever its year, unless somebody types another.
    """

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            raise ValueError(wording.not_a_date(self.label.text)) from None
        if not is_likely_year(day) and day != self.object_data:
            raise ValueError(wording.not_a_likely_year(self.label.text, FIRST_YEAR, LAST_YEAR))
        self.data = day


def not_to_come(field: Field, today: date, message: str) -> None:
    """Raise ``ValidationError`` where a field's day is after today, unless it was stored already."""
    if field.data is not None and field.data > today and field.data != field.object_data:
        raise ValidationError(message)


class PlainNumberField(IntegerField):  # type: ignore[misc]
    """A whole number from ``least`` to ``most``, grouped as people group digits, or nothing."""

    def __init__(self, label: str = "", most: int = MOST_NUMBER, least: int = 1, **more: Any) -> None:
        super().__init__(label, **more)
        self.most, self.least = most, least

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            number = whole_number(typed[:40])
        except TwoReadingsError:
            # With marks of two kinds the last one can only begin a fraction.
            is_fraction = len({sign for sign in typed[:40] if not sign.isdecimal()}) > 1
            raise ValueError((wording.only_whole if is_fraction else wording.two_readings)(typed[:40])) from None
        except ValueError:
            raise ValueError(wording.not_a_number(self.most, self.least)) from None
        if not self.least <= number <= self.most:
            raise ValueError(wording.not_a_number(self.most, self.least))
        self.data = number


def version_sent(name: str = "version") -> int:
    """Return the version, in a field of the sent form, that something was shown in; 0 for what never had one."""
    return version_said(request.form.get(name, ""))


def version_said(text: str) -> int:
    """Return the version that a text says; 0 for what says none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0
