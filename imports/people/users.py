"""Lists of people: who they are, and one role a row.

A row names a person by user name and, where it says so, one role they hold;
who holds several stands in several rows. Nothing is taken away by not being
in the file. The rules are those of the Django admin: only who manages users
imports them, and everything is checked once more when it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency, RoleHolding, User
from accounts.roles import Verb
from imports import templates
from imports.contract import Checked, NextStep, Parsed, Source, Undone
from imports.fields import ORDER, Converted, Field, FieldKind
from imports.models import Upload
from imports.people import lists, slips, user_writing
from imports.people.user_checking import Checker
from imports.people.words import SENSITIVE, Agencies, Choices, label_of, say, valid

_EXAMPLE = {
    "full_name": "Nguyễn Thị Mai",
    "username": "mai.nguyen",
    "position": "Chuyên viên",
    "email": "mai.nguyen@langson.gov.vn",
}


class UserSource(Source):
    """Rows become accounts and the roles they hold; for one person, and soon."""

    code = "nguoi-dung"
    label = pgettext_lazy("import into", "Users and their roles")
    group = _("People and agencies")

    @cached_property
    def agencies(self) -> Agencies:
        return Agencies(Agency.objects.all())

    @cached_property
    def roles(self) -> Choices:
        return Choices(RoleHolding._meta.get_field("role").choices or ())

    def fields(self) -> Sequence[Field]:
        user, held = User._meta.get_field, RoleHolding._meta.get_field
        return [
            Field(
                name="full_name",
                label=label_of(user("full_name")),
                also=("họ tên", "họ và tên cán bộ", "tên cán bộ"),
                required=True,
                accept=valid(user("full_name")),
            ),
            Field(
                name="username",
                label=label_of(user("username")),
                also=("tài khoản", "tên tài khoản", "tên người dùng", "account", "login"),
                kind=FieldKind.KEY,
                required=True,
                is_key=True,
                accept=_username,
                help=_("Letters, digits and @ . + - _; it is what the person signs in with."),
            ),
            Field(
                name="position",
                label=label_of(user("position")),
                also=("chức danh",),
                accept=valid(user("position")),
            ),
            Field(
                name="email",
                label=label_of(user("email")),
                also=("email", "thư điện tử", "địa chỉ thư điện tử"),
                accept=valid(user("email")),
            ),
            Field(
                name="agency",
                label=label_of(held("agency")),
                also=("cơ quan", "đơn vị công tác", "tên đơn vị"),
                accept=self.agencies.accept,
                choices=self.agencies.names,
            ),
            Field(
                name="role",
                label=label_of(held("role")),
                also=("nhóm quyền",),
                accept=self.roles.accept,
                choices=self.roles.labels,
            ),
            Field(
                name="valid_from",
                label=label_of(held("valid_from")),
                also=("hiệu lực từ", "ngày bắt đầu"),
                kind=FieldKind.DATE,
            ),
            Field(
                name="valid_to",
                label=label_of(held("valid_to")),
                also=("hiệu lực đến", "ngày kết thúc"),
                kind=FieldKind.DATE,
            ),
            *SENSITIVE,
            ORDER,
        ]

    def may_import(self, user: User) -> bool:
        return user.may(Verb.IMPORT) and user.may(Verb.MANAGE)

    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]:
        return Checker(self).rows(rows)

    def write(self, upload: Upload, *, by: User) -> int:
        return user_writing.write(upload, by)

    def undo(self, upload: Upload, *, by: User) -> Undone:
        return user_writing.undo(upload, by)

    def address(self, upload: Upload) -> str:
        return f"{reverse('admin:accounts_user_changelist')}?import={upload.pk}"

    def next_step(self, upload: Upload) -> NextStep | None:
        """New accounts are no use before their first password."""
        if not slips.waiting(upload):
            return None
        return NextStep(_("Print the account slips"), reverse("imports:slips", args=[upload.pk]))

    def template(self, *, by: User) -> bytes:
        with translation.override(templates.PAPER):
            example: dict[str, Any] = dict(_EXAMPLE)
            example["agency"] = next(iter(self.agencies.names()), "")
            example["role"] = self.roles.label("data_entry")
            return templates.workbook(self.code, self.label, self.fields(), example)

    def listed(self, *, by: User) -> bytes:
        """Open accounts with the roles they hold today or later, a role a row."""
        with translation.override(templates.PAPER):
            return lists.workbook(self.label, self.fields(), self._rows())

    def _rows(self) -> Iterator[list[Any]]:
        today = timezone.localdate()
        people = User.objects.filter(is_active=True, is_demo=False).order_by("full_name", "pk")
        for user in people.prefetch_related("role_holdings__agency"):
            person = [user.full_name, user.username, user.position, user.email]
            held = [
                holding
                for holding in user.role_holdings.all()
                if holding.valid_to is None or holding.valid_to >= today
            ]
            for holding in held:
                agency = holding.agency.code if holding.agency else ""
                role = self.roles.label(holding.role)
                yield [*person, agency, role, holding.valid_from, holding.valid_to]
            if not held:
                yield [*person, "", "", None, None]


def _username(value: Converted) -> str:
    text = User.normalize_username(say(value))
    return str(valid(User._meta.get_field("username"))(text))
