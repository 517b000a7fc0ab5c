"""Lists of agencies: known by their code, added and changed, never taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency, User
from accounts.roles import Verb
from imports import templates
from imports.contract import Checked, Parsed, Source, Undone
from imports.fields import ORDER, Field, FieldKind
from imports.models import Upload
from imports.people import agency_writing, lists
from imports.people.agency_checking import Checker
from imports.people.words import Choices, label_of, valid

_EXAMPLE = {
    "code": "XTANTHANH",
    "name": "Ủy ban nhân dân xã Tân Thanh",
    "short_name": "UBND xã Tân Thanh",
    "succeeds": "XTANMY; XTANTHANHCU",
}


class AgencySource(Source):
    """Rows become agencies; for one person, and soon."""

    code = "don-vi"
    label = pgettext_lazy("import into", "Agencies")
    group = _("People and agencies")

    @cached_property
    def kinds(self) -> Choices:
        return Choices(Agency.Kind.choices)

    def fields(self) -> Sequence[Field]:
        own = Agency._meta.get_field
        return [
            Field(
                name="code",
                label=label_of(own("code")),
                also=("mã đơn vị", "ký hiệu"),
                kind=FieldKind.KEY,
                required=True,
                is_key=True,
                accept=valid(own("code")),
            ),
            Field(
                name="name",
                label=label_of(own("name")),
                also=("tên đơn vị", "tên cơ quan", "đơn vị", "cơ quan"),
                required=True,
                accept=valid(own("name")),
            ),
            Field(
                name="short_name",
                label=label_of(own("short_name")),
                also=("tên viết tắt", "viết tắt"),
                accept=valid(own("short_name")),
            ),
            Field(
                name="kind",
                label=label_of(own("kind")),
                also=("loại đơn vị", "loại hình"),
                required=True,
                accept=self.kinds.accept,
                choices=self.kinds.labels,
            ),
            Field(
                name="valid_from",
                label=label_of(own("valid_from")),
                also=("hiệu lực từ", "ngày thành lập"),
                kind=FieldKind.DATE,
            ),
            Field(
                name="valid_to",
                label=label_of(own("valid_to")),
                also=("hiệu lực đến", "ngày kết thúc"),
                kind=FieldKind.DATE,
            ),
            Field(
                name="succeeds",
                label=label_of(own("succeeds")),
                also=("kế thừa từ", "đơn vị tiền thân"),
                help=_("Codes or names of the agencies it succeeds, with semicolons between them."),
            ),
            ORDER,
        ]

    def may_import(self, user: User) -> bool:
        return user.may(Verb.IMPORT) and user.may(Verb.MANAGE)

    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]:
        return Checker(self).rows(rows)

    def write(self, upload: Upload, *, by: User) -> int:
        return agency_writing.write(upload, by)

    def undo(self, upload: Upload, *, by: User) -> Undone:
        return agency_writing.undo(upload, by)

    def address(self, upload: Upload) -> str:
        return f"{reverse('admin:accounts_agency_changelist')}?import={upload.pk}"

    def template(self, *, by: User) -> bytes:
        with translation.override(templates.PAPER):
            example: dict[str, Any] = {**_EXAMPLE, "kind": self.kinds.label(Agency.Kind.COMMUNE)}
            return templates.workbook(self.code, self.label, self.fields(), example)

    def listed(self, *, by: User) -> bytes:
        with translation.override(templates.PAPER):
            return lists.workbook(self.label, self.fields(), self._rows())

    def _rows(self) -> Iterator[list[Any]]:
        for agency in Agency.objects.prefetch_related("succeeds"):
            yield [
                agency.code,
                agency.name,
                agency.short_name,
                self.kinds.label(agency.kind),
                agency.valid_from,
                agency.valid_to,
                "; ".join(sorted(earlier.code for earlier in agency.succeeds.all())),
            ]
