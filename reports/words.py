"""What the editor of a section says, in the screen's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, str]:
    """The editor's words by the names its scripts use."""
    return {**_saving(), **_figures(), **_writing(), **_joining()}


def table_tools() -> list[tuple[str, str]]:
    """The tools of a table, as the editor knows them, with their names."""
    return [
        ("rowAbove", _("Row above")),
        ("rowBelow", _("Row below")),
        ("columnBefore", _("Column before")),
        ("columnAfter", _("Column after")),
        ("headerRow", _("Header row")),
        ("dropRow", _("Delete row")),
        ("dropColumn", _("Delete column")),
        ("dropTable", _("Delete table")),
    ]


def _saving() -> dict[str, str]:
    return {
        "saving": _("Saving…"),
        "saved": _("Saved at {}"),
        "untouched": _("Everything is saved"),
        "unsaved": _("Not saved yet"),
        "offline": _(
            "The connection is lost. The text is kept on this machine and is saved by itself "
            "when the connection is back."
        ),
        "failed": _("Could not save. The text is kept on this machine; trying again."),
        "refused": _("Not saved"),
        "session": _("The session has ended. Sign in again; the text is still there."),
        "signIn": _("Sign in"),
        "retry": _("Try again"),
        "kept": _("A text from {} was not saved yet and stands here again."),
        "draft": _("Text not saved, from {}"),
        "useDraft": _("Use this text"),
        "dropDraft": _("Drop it"),
        "noStore": _("This browser keeps nothing: only what is saved in the portal is safe."),
        "newer": _("{} has saved a newer text; it stands here now."),
        "people": _("{} is writing this section"),
        "twice": _("This section is also open in another window of this account."),
    }


def _figures() -> dict[str, str]:
    return {
        "figure": _("Figure"),
        "insertFigure": _("Insert a figure"),
        "search": _("Words of the figure, a year, a form: “kim ngạch 2019 % kế hoạch”"),
        "found": _("{} figures found"),
        "nothing": _("No figure has these words in its name."),
        "searching": _("Searching…"),
        "noSearch": _("The figures could not be searched. Check the connection and try again."),
        "empty": pgettext("figure in a text", "no figure yet"),
        "source": _("Where the figure comes from"),
        "otherForm": _("Say it in another form"),
        "removeFigure": _("Remove the figure"),
        "numeral": _("Typed number"),
        "makeFigure": _("Make it a figure"),
        "leave": _("Leave as it is"),
        "unknownNumber": _("No figure of the year says this number."),
    }


def _writing() -> dict[str, str]:
    return {
        "footnote": _("Footnote {}"),
        "footnoteText": _("Text of the footnote"),
        "close": _("Close"),
        "tooLong": _(
            "What was pasted has {} characters; a section takes at most 100,000. Nothing was "
            "inserted. Copy only the part that is needed."
        ),
        "fullSection": _(
            "A section takes at most 100,000 characters. Nothing more was inserted; move a part "
            "of the text into another section."
        ),
        "nothingPasted": _("What was pasted has no text."),
        "pasted": _("Pasted without pictures, links and colours."),
        "noPreview": _("The preview could not be made. Check the connection."),
        "nothingPrints": _("Nothing would print yet."),
        "leftOut": _("Left out for lack of figures:"),
        "numerals": _("{} typed numbers"),
        "label": _("Text of the section"),
    }


def _joining() -> dict[str, str]:
    return {
        "conflict": _("{} saved this section at {}"),
        "conflictWhy": _(
            "Both texts changed the same place. Choose for each; nothing is lost until then."
        ),
        "mine": _("My text"),
        "theirs": _("The saved text"),
        "both": _("Both, one after the other"),
        "allMine": _("My text everywhere"),
        "allTheirs": _("The saved text everywhere"),
        "join": _("Use what is chosen"),
        "removed": _("(removed)"),
        "later": _("Not now"),
        "conflictWaits": _("Not saved: two texts wait for a choice"),
        "choose": _("Choose"),
    }
