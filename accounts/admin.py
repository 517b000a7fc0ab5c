"""Users, the roles they hold, and agencies, for administrators."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import AccountRefusal, account_change, end_sessions, give_one_time_password
from accounts.models import Agency, RoleHolding, User
from common.admin import NoDeletion, SearchWithoutAccents, yes_no
from common.text import search_key


class FromImport(admin.SimpleListFilter):
    """Those an import wrote, as history knows; offered only where a link asked for it."""

    title = gettext_lazy("import")
    parameter_name = "import"
    histories: tuple[str, ...] = ("event",)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.value() or "", f"#{self.value()}")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        said = self.value()
        if said is None:
            return queryset
        number = int(said) if said.isdecimal() and len(said) < 19 else 0
        found = Q()
        for history in self.histories:
            found |= Q(**{f"{history}__pgh_context__metadata__import": number})
        written = queryset.model._default_manager.filter(found)
        return queryset.filter(pk__in=written.values("pk"))


class PeopleFromImport(FromImport):
    """People it made, changed, or gave a role."""

    histories = ("event", "role_holdings__event")


@admin.register(Agency)
class AgencyAdmin(SearchWithoutAccents):
    """An agency that is gone gets a last day; one that anything refers to stays."""

    list_display = ("name", "short_name", "code", "kind", "valid_from", "valid_to")
    list_filter = ("kind", FromImport)
    search_fields = ("search_text",)
    autocomplete_fields = ("succeeds",)
    list_per_page = 50


class RolesHeld(BaseInlineFormSet):
    """The rows of roles, whose box for taking one away has a name too."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Take the role away")


class RoleHoldingInline(admin.TabularInline):
    model = RoleHolding
    fields = ("role", "agency", "valid_from", "valid_to")
    autocomplete_fields = ("agency",)
    extra = 1
    classes = ("roles",)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Every field says its name: a heading of a column alone is no name to a screen reader."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, formset=RolesHeld, **kwargs)


class HoldsRole(admin.SimpleListFilter):
    """By a role held today."""

    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(RoleHolding._meta.get_field("role").choices or ())

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() is None:
            return queryset
        held = RoleHolding.objects.on(timezone.localdate()).filter(role=self.value())
        return queryset.filter(pk__in=held.values("user"))


@admin.register(User)
class UserAdmin(NoDeletion, admin.ModelAdmin):
    """People are deactivated, never deleted: what they did keeps their name."""

    list_display = ("full_name", "username", "position", "roles_today", "active", "last_login")
    list_filter = ("is_active", HoldsRole, "is_demo", PeopleFromImport)
    search_fields = ("username", "full_name", "position")
    ordering = ("full_name", "pk")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("username", "full_name", "position", "email", "language")}),
        (
            gettext_lazy("Access"),
            {"fields": ("is_active", "must_change", "last_login", "created_at")},
        ),
    )
    readonly_fields = ("must_change", "last_login", "created_at")
    active = staticmethod(yes_no("is_active", gettext_lazy("active")))
    must_change = staticmethod(yes_no("must_change_password", gettext_lazy("must change password")))
    inlines = (RoleHoldingInline,)
    actions = ("ask_for_password",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        held = RoleHolding.objects.on(timezone.localdate()).select_related("agency")
        today = Prefetch("role_holdings", queryset=held, to_attr="held_today")
        return super().get_queryset(request).prefetch_related(today)

    @admin.display(description=gettext_lazy("roles today"))
    def roles_today(self, user: Any) -> str:
        return ", ".join(
            f"{row.get_role_display()} ({row.agency.short_name or row.agency.code})"
            if row.agency
            else str(row.get_role_display())
            for row in user.held_today
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """Every word somewhere in name or position, accents aside: people are few."""
        words = search_key(search_term).split()
        if not words:
            return queryset, False
        people = User.objects.values_list("pk", "username", "full_name", "position")
        found = [
            pk
            for pk, *texts in people
            if all(word in search_key(" ".join(texts)) for word in words)
        ]
        return queryset.filter(pk__in=found), False

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:1]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Whatever the form and its rows change goes through the guard of all such changes."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with account_change("admin form", by=cast(User, request.user)):
                return super().changeform_view(request, object_id, form_url, extra_context)
        except AccountRefusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and not obj.is_active:
            end_sessions(obj)

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """A new account is no use before its first password: stay on its page."""
        note = _("The account has no password yet: give it a one-time password.")
        self.message_user(request, note, messages.WARNING)
        return redirect(reverse("admin:accounts_user_change", args=[obj.pk]))

    @admin.action(description=gettext_lazy("Give a one-time password"))
    def ask_for_password(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> HttpResponse | None:
        if len(queryset) == 1:
            return redirect("admin:accounts_user_one_time_password", queryset[0].pk)
        note = _("A one-time password is given to one person at a time: choose one.")
        self.message_user(request, note, messages.WARNING)
        return None

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.one_time_password)
        own = path("<int:user_id>/mat-khau-mot-lan/", view, name="accounts_user_one_time_password")
        return [own, *super().get_urls()]

    def one_time_password(self, request: HttpRequest, user_id: int) -> HttpResponse:
        """Asks on GET; on POST draws the password and shows it this once."""
        user = self.get_object(request, str(user_id))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("One-time password"),
            "opts": self.opts,
            "person": user,
        }
        if request.method == "POST":
            with transaction.atomic():
                context["password"] = give_one_time_password(by=cast(User, request.user), user=user)
                self.log_change(request, user, _("Gave a one-time password"))
        return TemplateResponse(request, "admin/accounts/one_time_password.html", context)
