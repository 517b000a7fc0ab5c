"""Registers in the Django admin: the same rules as on the portal's own screens.

Who administers sees and enters ordinary records; what a label restricts is
there only for who may read it. Nothing is deleted here: deleting asks for a
reason on the record's own page.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.admin import NoDeletion, ReadOnly, SearchWithoutAccents
from common.contracts import DataClass
from reference.periods import PeriodRefusal
from registers import actions
from registers.contract import Lines, Register
from registers.declarations import registers
from registers.fields import form_field
from registers.models import Attachment, RecordUse, SavedFilter
from registers.sheets.export import XLSX_ROWS, as_xlsx
from registers.sheets.resources import RecordResource, resource_of
from registers.views_export import XLSX_TYPE
from registers.years import refuse_closed

SPECIAL = (models.DateField, models.DecimalField, models.IntegerField, ArrayField)


class AdminRecordForm(forms.ModelForm):
    """Refuses on the form what ``actions`` would refuse, so that nothing typed is lost."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, label="")
    register: Register
    by: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version if self.instance.pk else None
        if self.instance.pk is None:
            for name, value in self.register.initial.items():
                setattr(self.instance, name, value)
            self.initial.setdefault("data_class", DataClass.ORDINARY.value)

    def _post_clean(self) -> None:
        days = list(self.instance.counted_days()) if self.instance.pk else []
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        record: Any = self.instance
        try:
            actions.refuse_writing(record, self.by, as_administrator=True)
            refuse_closed([*days, *record.counted_days()], self.register.calendar)
        except (PermissionDenied, PeriodRefusal) as refusal:
            self.add_error(None, str(refusal))
        stored = type(record)._default_manager.filter(pk=record.pk).values_list("version").first()
        if stored and stored[0] != self.cleaned_data["seen"]:
            self.add_error(None, _("Somebody else changed this record meanwhile. Open it anew."))


class RecordAdmin(NoDeletion, SearchWithoutAccents):
    """``@admin.register(Model) class XAdmin(RecordAdmin): pass`` is enough."""

    form = AdminRecordForm
    search_fields = ("search_text",)
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    change_list_template = "admin/record_change_list.html"

    @property
    def register(self) -> Register:
        return next(one for one in registers().values() if one.model is self.model)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("__str__", "agency", "data_class", "changed_at")

    def get_list_filter(self, request: HttpRequest) -> Any:
        fields = (self.model._meta.get_field(name) for name in self.register.fields)
        chosen = [field.name for field in fields if getattr(field, "choices", None)]
        return [*chosen, self.model.DAY]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.register.fields, "seen"]

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Choices out of tables that can be searched in the admin."""
        return tuple(
            name
            for name in self.register.fields
            if (target := self.model._meta.get_field(name).related_model)
            and getattr(self.admin_site._registry.get(target), "search_fields", None)
        )

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, SPECIAL) and not db_field.choices:
            return form_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[type[Any]]:
        return [inline(lines) for lines in self.register.lines]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"register": self.register, "by": request.user})

    def get_queryset(self, request: Any) -> QuerySet:
        """What is present and this person may see; deleted records are on the portal's list."""
        rows: Any = super().get_queryset(request)
        return (
            rows.alive().visible_to(request.user).select_related("agency", *self.register.related)
        )

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return actions.may_enter(obj, request.user, as_administrator=True)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        seen = form.cleaned_data["seen"]
        actions.save(self.register, obj, by=request.user, seen=seen, as_administrator=True)

    def get_urls(self) -> list[Any]:
        """Export and import of the portal; the library's own views are never routed."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = {"export": self.export, "import": self.lead_to_import}
        return [
            *(
                path(f"{word}/", self.admin_site.admin_view(view), name=f"{name}_{word}")
                for word, view in own.items()
            ),
            *super().get_urls(),
        ]

    def lead_to_import(self, request: Any) -> HttpResponseRedirect:
        """Files come in through the portal's own import, for who may import records."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if RecordResource.may_import(request.user):
            return redirect(f"{reverse('imports:index')}?vao={self.register.slug}")
        messages.info(
            request,
            _("Files of records are imported by people who enter them. Ask one of these."),
        )
        return redirect("registers:list", self.register.slug)

    def export(self, request: HttpRequest) -> FileResponse:
        """The filtered list through its resource, without what a label holds back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        listed = self.get_changelist_instance(request).get_queryset(request)
        found = listed.filter(data_class=DataClass.ORDINARY)[:XLSX_ROWS]
        name = f"{self.register.slug}-{timezone.localdate():%Y%m%d}.xlsx"
        made = as_xlsx(found, resource_of(self.register.code)(), with_demo=True)
        return FileResponse(made, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def inline(lines: Lines) -> type[Any]:
    """The lines of a record below its fields."""

    def formfield(self: Any, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, SPECIAL) and not db_field.choices:
            return form_field(db_field)
        return admin.TabularInline.formfield_for_dbfield(self, db_field, request, **kwargs)

    return type(
        f"{lines.model.__name__}Inline",
        (admin.TabularInline,),
        {
            "model": lines.model,
            "fields": lines.form._meta.fields,
            "extra": 0,
            "verbose_name_plural": lines.label,
            "formfield_for_dbfield": formfield,
        },
    )


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly, admin.ModelAdmin):
    """That there are files, and whose; names and contents stay with their records."""

    list_display = ("register", "record_id", "content_type", "size", "added_by", "added_at")
    fields = list_display
    list_filter = ("register", "content_type")
    list_select_related = ("added_by",)


@admin.register(RecordUse)
class RecordUseAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("register", "record_id", "label", "is_frozen")
    fields = list_display
    list_filter = ("register", "is_frozen")


@admin.register(SavedFilter)
class SavedFilterAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("user", "register", "name")
    fields = list_display
    list_filter = ("register",)
