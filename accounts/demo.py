"""One account per role, to try the portal out; never on a real installation."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import AccountRefusal, readable_password
from accounts.models import Agency, RoleHolding, User

FILE_NAME = "demo-accounts.json"


@dataclass(frozen=True)
class DemoAccount:
    """Who it plays, and for which agency."""

    username: str
    full_name: str
    role: str
    agency: str | None = None


# The names are data of the province, like those of its agencies: Vietnamese in every language.
ACCOUNTS = (
    DemoAccount("nhaplieu", "Cán bộ nhập liệu (dùng thử)", "data_entry", "SCT"),
    DemoAccount("lanhdaodonvi", "Lãnh đạo đơn vị (dùng thử)", "agency_head", "SCT"),
    DemoAccount("chuyenvien", "Chuyên viên tổng hợp (dùng thử)", "desk", "SNGV"),
    DemoAccount("truongphong", "Lãnh đạo phòng (dùng thử)", "division_head", "SNGV"),
    DemoAccount("pheduyet", "Lãnh đạo phê duyệt (dùng thử)", "approver", "SNGV"),
    DemoAccount("vanthu", "Văn thư (dùng thử)", "clerk", "SNGV"),
    DemoAccount("lanhdao", "Lãnh đạo (dùng thử)", "leader"),
    DemoAccount("quantri", "Quản trị hệ thống (dùng thử)", "admin"),
    DemoAccount("kiemtra", "Kiểm tra, giám sát (dùng thử)", "inspector"),
)


def ensure_demo_accounts(write: Callable[[str], object]) -> dict[str, str]:
    """Create what is missing and tell all; returns passwords by user name.

    Passwords are drawn once and kept in the data folder, so that every start
    tells the same ones. An account whose password somebody changed is told
    without one.
    """
    if not settings.DEMO_ACCOUNTS_ALLOWED:
        raise AccountRefusal(_("Demo accounts are not allowed on this installation."))
    passwords = _stored()
    with transaction.atomic():
        for account in ACCOUNTS:
            password = passwords.setdefault(account.username, readable_password())
            _ensure(account, password)
        _store(passwords)
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        kept = user.check_password(passwords[account.username])
        shown = passwords[account.username] if kept else _("(password changed since)")
        write(f"  {account.username:<14}{shown:<26}{account.full_name}")
    return passwords


def deactivate_demo_accounts() -> int:
    """Close all demo accounts, as an installation that becomes a real one must."""
    return User.objects.filter(is_demo=True, is_active=True).update(is_active=False)


def _ensure(account: DemoAccount, password: str) -> None:
    user = User.objects.filter(username=account.username).first()
    if user is None:
        user = User.objects.create_user(
            account.username, password, full_name=account.full_name, is_demo=True
        )
    elif not user.is_demo:
        raise AccountRefusal(
            _("%(name)s is the account of a real person; no demo account takes its place.")
            % {"name": account.username}
        )
    RoleHolding.objects.get_or_create(user=user, role=account.role, agency=_agency(account))


def _agency(account: DemoAccount) -> Agency | None:
    if account.agency is None:
        return None
    found = Agency.objects.filter(code=account.agency).first()
    if found is None:
        raise AccountRefusal(
            _("Agency %(code)s is not there yet: load the reference data first.")
            % {"code": account.agency}
        )
    return found


def passwords_file() -> Path:
    """Beside the files of the portal, in the data folder."""
    storages: Any = settings.STORAGES
    return Path(storages["default"]["OPTIONS"]["location"]).parent / FILE_NAME


def _stored() -> dict[str, str]:
    path = passwords_file()
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _store(passwords: dict[str, str]) -> None:
    path = passwords_file()
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(passwords, handle, indent=1)
    draft.replace(path)
