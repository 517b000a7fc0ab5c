"""Form fields of registers: dates, numbers and choices as people here write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.dates import short_date
from common.numbers import AmbiguousNumber, NotANumber, format_number, parse_number
from documents.forms import ShortDateField
from registers.pickers import Picker, day_of, for_model


class NumberField(forms.CharField):
    """A number typed as 4.750,5; Django's own fields would read it as 4.75."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(
        self,
        *args: Any,
        decimals: int = 0,
        digits: int = 18,
        at_least: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decimals, self.digits, self.at_least = decimals, digits, at_least

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (int, Decimal)):
            return format_number(Decimal(value), get_language() or "vi")
        return value

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            number = parse_number(typed, get_language() or "vi")
        except (NotANumber, AmbiguousNumber) as error:
            raise ValidationError(str(error.message)) from error
        if number != round(number, self.decimals):
            raise ValidationError(
                _("At most %(count)s digits after the decimal sign.") % {"count": self.decimals}
                if self.decimals
                else _("A whole number, without a decimal sign.")
            )
        if self.at_least is not None and number < self.at_least:
            raise ValidationError(
                _("This cannot be below %(least)s.")
                % {"least": format_number(Decimal(self.at_least))}
            )
        if number.adjusted() >= self.digits - self.decimals and number:
            raise ValidationError(_("The number has too many digits."))
        return number if self.decimals else int(number)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(self.prepare_value(initial)) != self.to_python(data)
        except ValidationError:
            return True


class PickerInput(forms.TextInput):
    """A box that searches on the server; what is sent is the number of the row.

    Words nobody chose a row for are sent, too (``keeps_typed``), so that they
    are understood or asked about, and not lost; a filter's address has no room for them.
    """

    template_name = "registers/widgets/picker.html"
    is_multiple = False

    def __init__(self, picker: Picker, day_field: str = "", *, keeps_typed: bool = True) -> None:
        super().__init__()
        self.picker, self.day_field, self.keeps_typed = picker, day_field, keeps_typed

    def typed(self, data: Any, name: str) -> str:
        """What was typed and not chosen: the row that is called just so, else the words."""
        words = (data.get(f"{name}_typed") or "").strip()[:200] if self.keeps_typed else ""
        if not words:
            return ""
        found = self.picker.exact(words, day_of(str(data.get(self.day_field) or "")))
        return words if found is None else str(found)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name) or self.typed(data, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        wanted = value if isinstance(value, (list, tuple)) else [value]
        numbers = [int(one) for one in wanted if str(one or "").isdecimal()]
        words = [str(one) for one in wanted if one and not str(one).isdecimal()]
        names = self.picker.names(numbers)
        context["widget"] |= {
            "chosen": [(number, names[number]) for number in numbers if number in names],
            "typed": words[0] if words else "",
            "keeps_typed": self.keeps_typed,
            "what": self.picker.code,
            "day_field": self.day_field,
            "is_multiple": self.is_multiple,
        }
        return context


class PickerInputMultiple(PickerInput):
    is_multiple = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name) or [])
        typed = self.typed(data, name)
        return [*chosen, typed] if typed else chosen


class PickerField(forms.ModelChoiceField):
    """One row out of thousands; whether it existed on the day is asked by the form."""

    def __init__(
        self,
        queryset: models.QuerySet,
        *,
        day_field: str = "",
        keeps_typed: bool = True,
        **kwargs: Any,
    ) -> None:
        picker = for_model(queryset.model)
        assert picker is not None, f"{queryset.model} has no picker"
        self.picker = picker
        kwargs["widget"] = PickerInput(picker, day_field, keeps_typed=keeps_typed)
        kwargs.pop("limit_choices_to", None)
        super().__init__(queryset, **kwargs)
        self.error_messages["invalid_choice"] = _("Choose from the list that opens while typing.")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value and not value.isdecimal():
            raise ValidationError(_nothing_so_called(value), code="invalid_choice")
        return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class PickerMultipleField(forms.ModelMultipleChoiceField):
    """Several rows out of thousands, shown one beside the other."""

    def __init__(self, queryset: models.QuerySet, *, day_field: str = "", **kwargs: Any) -> None:
        picker = for_model(queryset.model)
        assert picker is not None, f"{queryset.model} has no picker"
        self.picker = picker
        kwargs["widget"] = PickerInputMultiple(picker, day_field)
        kwargs.pop("limit_choices_to", None)
        super().__init__(queryset, **kwargs)
        message = _("Choose from the list that opens while typing.")
        self.error_messages |= {"invalid_choice": message, "invalid_pk_value": message}

    def clean(self, value: Any) -> Any:
        words = [one for one in value or () if isinstance(one, str) and not one.isdecimal()]
        if words:
            raise ValidationError(_nothing_so_called(words[0]), code="invalid_choice")
        return super().clean(value)


def _nothing_so_called(words: str) -> str:
    return _(
        "“%(words)s” is not the name of exactly one entry. Choose from the list that opens while "
        "typing."
    ) % {"words": words}


def form_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: ModelForm asks for each (``formfield_callback``)."""
    day_field = getattr(field.model, "DAY", "")
    common: dict[str, Any] = {
        "label": field.verbose_name,
        "required": not field.blank,
        "help_text": field.help_text,
    }
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return ShortDateField(**common)
    if isinstance(field, models.DecimalField) and not field.choices:
        return NumberField(**common, decimals=field.decimal_places, digits=field.max_digits)
    if isinstance(field, models.IntegerField) and not field.choices:
        least = 0 if field.get_internal_type().startswith("Positive") else None
        return NumberField(**common, digits=9, at_least=least)
    target = field.remote_field.model if field.remote_field else None
    if target is not None and for_model(target):
        rows = target._default_manager.all()
        several = isinstance(field, models.ManyToManyField)
        made = PickerMultipleField if several else PickerField
        return made(rows, day_field=day_field, **common)
    if isinstance(field, ArrayField) and field.base_field.choices:
        boxes = forms.CheckboxSelectMultiple
        choices = field.base_field.get_choices(include_blank=False)
        return forms.MultipleChoiceField(**common, choices=choices, widget=boxes)
    if isinstance(field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    return field.formfield(**kwargs)


def raw(field: forms.Field, value: Any) -> Any:
    """What a browser would send for a stored value."""
    prepared = field.prepare_value(value)
    if isinstance(prepared, dt.date):
        return short_date(prepared)
    if isinstance(field, forms.BooleanField):
        return "on" if prepared else None
    return "" if prepared is None else prepared
