"""The figures of a year as a source of imports: one for each year that was opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Verb
from imports.asking import Question
from imports.book import Book
from imports.contract import Checked, Field, Parsed, Source, Undone
from imports.layout import Layout
from imports.models import Upload
from indicators.imported import columns, sources_of_file, template, writing
from indicators.imported.checking import Checker, readable
from indicators.imported.file_document import FileDocument
from indicators.imported.placing import Placing
from indicators.imported.units import FileUnits
from reference.models import ReportingYear
from reference.periods import closed


class FigureSource(Source):
    """Plans and actual figures of one year; a row of the sheet is an indicator."""

    group = gettext_lazy("Figures")
    family = "so-lieu"

    def __init__(self, opened: ReportingYear) -> None:
        self.opened, self.year = opened, opened.year
        self.code = f"so-lieu-{self.year}"

    @property
    def label(self) -> str:  # type: ignore[override]  # in the language of who reads it
        return _("Figures of %(year)s") % {"year": self.year}

    def fields(self) -> Sequence[Field]:
        return columns.of(self.year)

    def may_import(self, user: User) -> bool:
        return user.may(Verb.IMPORT) and user.may(Verb.ENTER)

    def refusal(self) -> str:
        return closed(self.opened)

    def ask(
        self, rows: Iterable[Parsed], *, by: User, answers: Mapping[str, str]
    ) -> Iterator[Question]:
        yield from Placing(readable(by), answers).questions(rows)

    def offer(self, upload: Upload, book: Book, layout: Layout) -> Iterator[Question]:
        yield from sources_of_file.questions(upload, book, layout)

    def check(self, rows: Iterable[Parsed], *, by: User, upload: Upload) -> Iterator[Checked]:
        file_units = FileUnits.of(Layout.from_json(upload.layout)) if upload.layout else None
        checker = Checker(
            self.year,
            by,
            file_units=file_units,
            answers=upload.answers,
            carried=sources_of_file.carried(upload),
        )
        return iter(checker.check_all(rows))

    def told(self, upload: Upload) -> Iterator[str]:
        return sources_of_file.sentences(upload)

    def write(self, upload: Upload, *, by: User) -> int:
        document = FileDocument(upload, by)
        try:
            return writing.write(self.year, upload, by=by, document=document)
        except BaseException:
            document.drop()
            raise

    def undo(self, upload: Upload, *, by: User) -> Undone:
        return writing.undo(self.year, upload, by=by)

    def address(self, upload: Upload) -> str:
        return reverse("indicators:year", args=[self.year])

    def template(self, *, by: User) -> bytes:
        return template.workbook(self.year, by)


def sources(user: User) -> Iterator[FigureSource]:
    """The opened years, the latest first."""
    return map(FigureSource, ReportingYear.objects.order_by("-year"))
