"""Writing reports: making one from its outline, and saving the text of a section."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Verb
from reference import periods
from reference.models import Period
from reports.cleaning import clean
from reports.models import IssuingOffice, Report, Section
from reports.narrative import problems
from reports.outlines import outlines


class TextRefused(Exception):
    """Text that cannot be saved; ``messages`` say what and where."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


class TextConflict(Exception):
    """Somebody saved the section meanwhile; ``section`` is what stands there now."""

    def __init__(self, section: Section) -> None:
        super().__init__("changed meanwhile")
        self.section = section


@transaction.atomic
def create_report(
    period: Period, outline_code: str, office: IssuingOffice, *, by: User | None
) -> Report:
    """The report of a period from its outline, made once; raises PermissionDenied.

    ``by`` None is the loading of published material at set-up.
    """
    if by is not None and not by.may(Verb.COMPILE):
        raise PermissionDenied
    report, created = Report.objects.get_or_create(
        period=period, outline=outline_code, defaults={"office": office, "created_by": by}
    )
    if created:
        Section.objects.bulk_create(
            Section(report=report, key=section.key, text=clean(section.text.strip()))
            for section in outlines()[outline_code].sections
        )
    return report


@transaction.atomic
def make_report(
    year: int, months: int, outline_code: str, office: IssuingOffice, *, by: User
) -> tuple[Report, bool]:
    """The report of a year to date and whether it is new; raises PermissionDenied.

    Opening a year makes its full-year period only: the shorter one is made with its
    first report.
    """
    to_date = periods.period(Period.Kind.YEAR_TO_DATE, year, months)
    is_new = not Report.objects.filter(period=to_date, outline=outline_code).exists()
    return create_report(to_date, outline_code, office, by=by), is_new


@transaction.atomic
def save_section(
    section: Section,
    text: str,
    *,
    by: User,
    seen_version: int,
    left_as_typed: list[str] | None = None,
) -> Section:
    """Save a section's narrative, and which of its numerals stay as they are.

    A token nobody can fill is refused, unless the section had it already: a
    figure renamed since then must not stop the rest of the text. Raises
    PermissionDenied, TextRefused with every bad token named, or TextConflict
    when somebody saved it since ``seen_version``.
    """
    if not by.may(Verb.COMPILE):
        raise PermissionDenied
    current = (
        Section.objects.select_related("report__period", "edited_by")
        .select_for_update(of=("self",))
        .get(pk=section.pk)
    )
    if current.version != seen_version:
        raise TextConflict(current)
    before = set(problems(current.text))
    if wrong := [problem for problem in problems(text) if problem not in before]:
        raise TextRefused(wrong)
    cleaned, kept = clean(text), current.left_as_typed
    if left_as_typed is not None:
        kept = sorted(set(left_as_typed))
    if cleaned == current.text and kept == current.left_as_typed:
        return current
    if cleaned != current.text:
        current.text = cleaned
        current.version += 1
        current.edited_by = by
        current.edited_at = timezone.now()
    current.left_as_typed = kept
    current.save()
    return current
