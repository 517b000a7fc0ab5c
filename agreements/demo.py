"""Invented agreements of 2018 and 2019; those of 2019 add up to what was published.

2019: five at provincial level and two by departments, in the fields the report of that year
names; those of other levels are counted in no figure.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from agreements.models import Act, Agreement
from agreements.statuses import later
from agreements.words import ActKind, Area, Level, Renewal
from registers.demo import Writer

MEETING, COMMITTEE = "GGDX", "UBCTLH"
HERE, THERE = "thành phố Lạng Sơn", "thành phố Nam Ninh"


class Done(NamedTuple):
    """An act: so many months after the signing."""

    months: int
    kind: ActKind
    years: int = 0  # an extension: by how much
    note: str = ""


class Told(NamedTuple):
    """One agreement as the list below tells it; ``years`` = 0 is without a term."""

    signed: tuple[int, int, int]
    level: Level
    title: str
    own: str  # the code of an agency, or who else signed
    partner: str
    areas: tuple[Area, ...]
    years: int
    mechanism: str = ""
    occasion: str = ""
    place: str = HERE
    renewal: Renewal = Renewal.CONSENT
    implementation: str = ""
    acts: tuple[Done, ...] = ()


P, D = Level.PROVINCE, Level.DEPARTMENT
SPRING_18 = "Chương trình Gặp gỡ đầu Xuân 2018"
SPRING_19 = "Chương trình Gặp gỡ đầu Xuân 2019"
TENTH = "Hội nghị lần thứ 10 Ủy ban công tác liên hợp"
AGREEMENTS = (
    # --- 2018
    Told((2018, 3, 9), P, "Bản ghi nhớ về thúc đẩy thương mại biên giới và mở rộng danh mục nông "
         "sản trao đổi", "UBND", "QUANGTAY", (Area.TRADE, Area.FARMING), 5, MEETING, SPRING_18,
         THERE, acts=(Done(58, ActKind.EXTENDED, 5, "Gia hạn bằng thư trao đổi"),)),
    Told((2018, 3, 9), P, "Biên bản thỏa thuận về phối hợp quản lý lao động qua biên giới", "UBND",
         "SUNGTA", (Area.LABOUR, Area.BORDER), 2, "LAODONG", SPRING_18, THERE,
         implementation="Hai bên thống nhất mẫu giấy tờ, quy trình tiếp nhận và trao trả lao động.",
         acts=(Done(22, ActKind.EXTENDED, 3), Done(26, ActKind.SUSPENDED, 0,
               "Tạm dừng vì dịch bệnh"), Done(40, ActKind.RESUMED))),
    Told((2018, 9, 20), D, "Thỏa thuận hợp tác về trao đổi thông tin du lịch", "SVHTTDL",
         "SUNGTA", (Area.TOURISM, Area.CULTURE), 3, renewal=Renewal.AUTOMATIC),
    Told((2018, 11, 6), Level.DISTRICT, "Bản ghi nhớ thiết lập quan hệ hữu nghị cấp huyện",
         "Ủy ban nhân dân huyện Lộc Bình", "NINHMINH", (Area.FRIENDSHIP,), 5, "HOIDAM-HUYEN",
         "Hội đàm cấp huyện", "huyện Lộc Bình", Renewal.NONE),
    # --- 2019: five of the province
    Told((2019, 2, 22), P, "Bản ghi nhớ về tăng cường hợp tác thương mại, du lịch qua biên giới",
         "UBND", "QUANGTAY", (Area.TRADE, Area.TOURISM), 5, MEETING, SPRING_19,
         implementation="Tổ chức hội chợ thương mại, nối lại tuyến du lịch tự lái qua biên giới.",
         acts=(Done(34, ActKind.AMENDED, 0, "Bổ sung nội dung thương mại điện tử"),)),
    Told((2019, 2, 22), P, "Thỏa thuận về thúc đẩy xây dựng Khu hợp tác kinh tế qua biên giới "
         "Đồng Đăng – Bằng Tường", "UBND", "QUANGTAY", (Area.ZONE, Area.TRADE), 0, "KHTKT",
         SPRING_19, renewal=Renewal.NONE,
         implementation="Hai bên trao đổi phạm vi và chính sách; chờ ý kiến cấp trung ương.",
         acts=(Done(50, ActKind.AMENDED, 0, "Điều chỉnh danh mục nội dung ưu tiên"),)),
    Told((2019, 2, 22), P, "Biên bản ghi nhớ về mở, nâng cấp các cặp cửa khẩu", "UBND", "QUANGTAY",
         (Area.GATES,), 3, COMMITTEE, TENTH,
         implementation="Rà soát điều kiện hạ tầng, trình cấp có thẩm quyền theo quy định.",
         acts=(Done(35, ActKind.EXTENDED, 5, "Gia hạn tại Hội nghị Ủy ban công tác liên hợp"),)),
    Told((2019, 2, 22), P, "Thỏa thuận về kết nối hạ tầng giao thông qua biên giới", "UBND",
         "SUNGTA", (Area.TRANSPORT,), 5, COMMITTEE, TENTH, acts=(
             Done(40, ActKind.TERMINATED, 0, "Thay bằng thỏa thuận mới"),)),
    Told((2019, 7, 16), P, "Quy chế phối hợp quản lý cửa khẩu, tạo thuận lợi thông quan", "UBND",
         "BANGTUONG", (Area.GATES, Area.TRADE), 2, "CKTM", "Hội đàm về quản lý cửa khẩu",
         "thị trấn Đồng Đăng, huyện Cao Lộc", Renewal.AUTOMATIC,
         "Duy trì điều tiết phương tiện, trao đổi số liệu thông quan hằng ngày."),
    # --- 2019: two of departments
    Told((2019, 5, 24), D, "Biên bản thỏa thuận về phối hợp kiểm dịch nông sản qua cửa khẩu",
         "SNNPTNT", "BANGTUONG", (Area.FARMING, Area.GATES), 2, renewal=Renewal.NONE),
    Told((2019, 10, 11), D, "Thỏa thuận hợp tác giữa hai cơ quan ngoại vụ", "SNGV",
         "VPNV-QUANGTAY", (Area.FRIENDSHIP, Area.OTHER), 5, "HOIDAM", "Hội đàm cấp sở", THERE,
         Renewal.AUTOMATIC, "Hội đàm thường niên, trao đổi đầu mối liên lạc."),
    # --- 2019: of other levels, in no figure
    Told((2019, 8, 28), Level.ORGANISATION, "Bản ghi nhớ về giao lưu hữu nghị nhân dân", "LHHN",
         "NAMNINH", (Area.FRIENDSHIP, Area.CULTURE), 10, renewal=Renewal.NONE),
)  # fmt: skip


def write(demo: Writer) -> None:
    for told in AGREEMENTS:
        signed_on = dt.date(*told.signed)
        is_agency = told.own.isupper()
        demo.add(
            Agreement(
                agency=demo.agency(told.own if is_agency and told.level == D else "SNGV"),
                title=told.title,
                level=told.level,
                own_agency=demo.agency(told.own) if is_agency else None,
                own_party="" if is_agency else told.own,
                own_signer=_signer(told.level),
                other_signer="Đại diện bên ký kết nước ngoài",
                signed_on=signed_on,
                signed_at=told.place,
                mechanism=demo.mechanism(told.mechanism) if told.mechanism else None,
                occasion=told.occasion,
                effective_on=signed_on,
                expires_on=_years_on(signed_on, told.years),
                renewal=told.renewal,
                renewal_months=told.years * 12 if told.renewal == Renewal.AUTOMATIC else None,
                areas=list(told.areas),
                languages="tiếng Việt, tiếng Trung",
                implementation=told.implementation,
            ),
            lines=_acts(told, signed_on),
            partners=[demo.partner(told.partner)],
        )


def _signer(level: Level) -> str:
    signers = {
        Level.PROVINCE: "Lãnh đạo Ủy ban nhân dân tỉnh",
        Level.DEPARTMENT: "Lãnh đạo sở",
        Level.DISTRICT: "Lãnh đạo Ủy ban nhân dân huyện",
    }
    return signers.get(level, "Lãnh đạo tổ chức")


def _years_on(day: dt.date, years: int) -> dt.date | None:
    """The last day of a term: the day before its anniversary."""
    return day.replace(year=day.year + years) - dt.timedelta(days=1) if years else None


def _acts(told: Told, signed_on: dt.date) -> list[Act]:
    ends_on = _years_on(signed_on, told.years)
    acts = []
    for done in told.acts:
        new_end = None
        if done.kind == ActKind.EXTENDED and ends_on is not None:
            ends_on = new_end = ends_on.replace(year=ends_on.year + done.years)
        day = later(signed_on, done.months)
        acts.append(Act(done_on=day, kind=done.kind, expires_on=new_end, note=done.note))
    return acts
