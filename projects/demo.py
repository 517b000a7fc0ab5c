"""Invented projects and aid whose sums on the last day of 2019 are those that were published.

2019: 30 FDI projects with 257,9 million USD (two more than in 2018); 11 ODA
programmes and projects of over 3.400 billion VND; NGO aid: one new and one
extended project (83.991 USD), 5 running ones (242.885 USD), 6 non-project
items (900.000 USD).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from projects.base import Change, Currency, Sector
from projects.models import (
    AidKind,
    FdiAct,
    FdiAmount,
    FdiDisbursement,
    FdiProject,
    Modality,
    NgoAct,
    NgoAid,
    NgoAmount,
    NgoCapital,
    NgoDisbursement,
    OdaAct,
    OdaAmount,
    OdaCapital,
    OdaDisbursement,
    OdaProject,
)
from projects.stints import Deed
from registers.demo import Writer

HUNDRED_THOUSAND = 100_000
BILLION = 10**9


def day(text: str) -> dt.date:
    number, month, year = map(int, text.split("/"))
    return dt.date(year, month, number)


def write(demo: Writer) -> None:
    write_fdi(demo)
    write_oda(demo)
    write_ngo(demo)


# --- FDI ------------------------------------------------------------------------------

CITY, CAO_LOC, VAN_LANG, HUU_LUNG, CHI_LANG, LOC_BINH = "178", "183", "182", "186", "187", "188"
FIELDS = (
    ("Nhà máy chế biến nông sản xuất khẩu", Sector.INDUSTRY, CHI_LANG),
    ("Kho bãi, dịch vụ logistics cửa khẩu", Sector.TRANSPORT, CAO_LOC),
    ("Nhà máy sản xuất ván ép, đồ gỗ", Sector.INDUSTRY, HUU_LUNG),
    ("Trung tâm thương mại, dịch vụ biên giới", Sector.TRADE, VAN_LANG),
    ("Nhà máy lắp ráp linh kiện điện tử", Sector.INDUSTRY, CAO_LOC),
    ("Khách sạn, dịch vụ du lịch", Sector.TRADE, CITY),
    ("Chế biến nhựa thông, hoa hồi", Sector.AGRICULTURE, LOC_BINH),
    ("Nhà máy sản xuất vật liệu xây dựng", Sector.INDUSTRY, HUU_LUNG),
    ("Sản xuất bao bì, in ấn", Sector.INDUSTRY, CITY),
    ("Dịch vụ kiểm hóa, sang tải hàng hóa", Sector.TRANSPORT, VAN_LANG),
)
INVESTORS = ("CN",) * 6 + ("HK", "KR", "TW", "SG")
OLD, NEW, REVOKED = 27, 3, 1  # 28 in force at the end of 2018, 30 at the end of 2019
REGISTERED = 2579  # in hundreds of thousands of USD
INCREASES, DECREASE = (35, 12), 8  # of 2019


def write_fdi(demo: Writer) -> None:
    initial = REGISTERED - sum(INCREASES) + DECREASE
    shares = demo.split(initial, OLD + NEW, least=10)
    begun = [2005 + place % 14 for place in range(OLD)] + [2019] * NEW
    for place, (share, year) in enumerate(zip(shares, begun, strict=True)):
        lines: list[FdiAmount | FdiAct] = [FdiAmount(amount=Decimal(share * HUNDRED_THOUSAND))]
        lines += changed(demo, place)
        write_fdi_project(demo, place, year, lines, share)
    gone = FdiAct(kind=Deed.REVOKED, done_on=demo.day(2019, 3, 6), note="Không triển khai dự án")
    write_fdi_project(demo, OLD + NEW, 2012, [FdiAmount(amount=Decimal(2_500_000)), gone], 0)
    over = FdiAct(kind=Deed.ENDED, done_on=demo.day(2016), note="Nhà đầu tư chấm dứt hoạt động")
    write_fdi_project(demo, OLD + NEW + 1, 2006, [FdiAmount(amount=Decimal(900_000)), over], 4)


def changed(demo: Writer, place: int) -> list[FdiAmount]:
    """Of the first three old projects two grow in 2019 and one shrinks."""
    changes = [*((Change.INCREASE, share) for share in INCREASES), (Change.DECREASE, DECREASE)]
    if place >= len(changes):
        return []
    kind, share = changes[place]
    return [
        FdiAmount(
            change=kind,
            amount=Decimal(share * HUNDRED_THOUSAND),
            decided_on=demo.day(2019, 2, 11),
            document="Giấy chứng nhận điều chỉnh lần 1",
        )
    ]


def write_fdi_project(
    demo: Writer, place: int, year: int, lines: list[FdiAmount | FdiAct], share: int
) -> None:
    name, sector, district = FIELDS[place % len(FIELDS)]
    country = demo.country(INVESTORS[place % len(INVESTORS)])
    decided_on = demo.day(year)
    number = demo.random.randint(1_000_000_000, 9_999_999_999)
    term = dt.date(year + 50, decided_on.month, min(decided_on.day, 28))
    if place == 5:  # a short first term, extended before it was over
        term = decided_on.replace(year=year + 8, day=1)
        lines.append(
            FdiAct(
                kind=Deed.EXTENDED,
                done_on=term - dt.timedelta(days=40),
                until=term.replace(year=term.year + 20),
                document="Giấy chứng nhận điều chỉnh thời hạn",
            )
        )
    implemented = [
        FdiDisbursement(year=paid, amount=Decimal(share * HUNDRED_THOUSAND // 8))
        for paid in (2018, 2019)
        if year < paid and share
    ]
    demo.add(
        FdiProject(
            agency=demo.agency("STC"),
            name=f"{name} số {place + 1}",
            sector=sector,
            investor=f"Công ty TNHH đầu tư số {place + 1}",
            country=country,
            number=f"{number}",
            decided_on=decided_on,
            ended_on=term,
            owner=f"Công ty TNHH dự án số {place + 1} Lạng Sơn",
            managing_agency="Sở Kế hoạch và Đầu tư" if place % 3 else "Ban Quản lý KKTCK",
            zone="" if place % 3 else "Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn",
            labour=demo.random.randint(15, 400),
            progress="Đang hoạt động." if year < 2018 else "Đang xây dựng.",
        ),
        [*lines, *implemented],
        places=[demo.place(district, decided_on)],
    )


# --- ODA ------------------------------------------------------------------------------


class Oda(NamedTuple):
    """A programme or project: promised money in millions of USD and billions of VND."""

    name: str
    donor: str
    country: str
    sector: Sector
    decided_on: str
    until: str
    grant: int
    loan: int
    counterpart: int
    ended_on: str = ""


ODA = (
    Oda("Nâng cấp, mở rộng hệ thống cấp thoát nước đô thị", "Ngân hàng Phát triển Châu Á (ADB)",
        "", Sector.URBAN, "12/5/2012", "31/12/2020", 0, 16, 88),
    Oda("Cải tạo đường giao thông nối các xã biên giới", "Ngân hàng Phát triển Châu Á (ADB)", "",
        Sector.TRANSPORT, "20/9/2014", "31/12/2021", 0, 24, 145),
    Oda("Phát triển hạ tầng nông thôn các huyện vùng cao", "Ngân hàng Thế giới (WB)", "",
        Sector.AGRICULTURE, "15/3/2014", "30/6/2020", 0, 14, 62),
    Oda("Mở rộng quy mô vệ sinh và nước sạch nông thôn", "Ngân hàng Thế giới (WB)", "",
        Sector.ENVIRONMENT, "10/6/2016", "31/12/2021", 0, 12, 41),
    Oda("Sửa chữa và nâng cao an toàn đập", "Ngân hàng Thế giới (WB)", "", Sector.ENVIRONMENT,
        "08/4/2016", "30/6/2022", 0, 9, 34),
    Oda("Hiện đại hóa lưới điện nông thôn", "Ngân hàng Tái thiết Đức (KfW)", "DE", Sector.ENERGY,
        "02/11/2015", "31/12/2020", 0, 11, 58),
    Oda("Bệnh viện đa khoa khu vực và trang thiết bị y tế", "Chính phủ Hàn Quốc (EDCF)", "KR",
        Sector.HEALTH, "25/7/2013", "31/12/2020", 0, 13, 96),
    Oda("Phục hồi và quản lý bền vững rừng phòng hộ",
        "Cơ quan Hợp tác quốc tế Nhật Bản (JICA)", "JP", Sector.AGRICULTURE, "14/8/2012",
        "31/12/2021", 0, 8, 69),
    Oda("Phát triển giáo dục trung học vùng khó khăn", "Ngân hàng Phát triển Châu Á (ADB)", "",
        Sector.EDUCATION, "30/1/2018", "31/12/2021", 0, 5, 47),
    Oda("Nâng cao năng lực quản lý thiên tai cộng đồng", "Chính phủ Nhật Bản", "JP",
        Sector.ENVIRONMENT, "16/5/2018", "31/12/2020", 2, 0, 12),
    Oda("Cải thiện hạ tầng thương mại khu vực cửa khẩu", "Ngân hàng Phát triển Châu Á (ADB)", "",
        Sector.TRADE, "22/3/2019", "31/12/2023", 1, 3, 48),
    Oda("Chăm sóc sức khỏe nhân dân vùng Đông Bắc", "Ngân hàng Thế giới (WB)", "", Sector.HEALTH,
        "11/2/2013", "31/12/2018", 0, 6, 25, ended_on="28/6/2019"),
)  # fmt: skip


def write_oda(demo: Writer) -> None:
    for place, one in enumerate(ODA):
        decided_on = day(one.decided_on)
        lines: list[OdaAmount | OdaAct | OdaDisbursement] = [
            OdaAmount(capital=capital, amount=Decimal(amount), currency=currency)
            for capital, amount, currency in (
                (OdaCapital.GRANT, one.grant * 10**6, Currency.USD),
                (OdaCapital.LOAN, one.loan * 10**6, Currency.USD),
                (OdaCapital.COUNTERPART, one.counterpart * BILLION, Currency.VND),
            )
            if amount
        ]
        if one.ended_on:
            lines += [
                OdaAct(
                    kind=Deed.EXTENDED,
                    done_on=day("20/12/2018"),
                    until=day("30/9/2019"),
                    document="Quyết định gia hạn",
                ),
                OdaAct(kind=Deed.ENDED, done_on=day(one.ended_on), note="Đã quyết toán"),
            ]
        lines += [
            OdaDisbursement(
                year=year,
                capital=OdaCapital.LOAN if one.loan else OdaCapital.GRANT,
                amount=Decimal((one.loan + one.grant) * 10**6 // 7),
            )
            for year in (2018, 2019)
            if decided_on.year < year
        ]
        demo.add(
            OdaProject(
                agency=demo.agency("STC"),
                name=one.name,
                modality=Modality.PROGRAMME if place == 3 else Modality.PROJECT,
                sector=one.sector,
                donor=one.donor,
                country=demo.country(one.country) if one.country else None,
                managing_agency="Ủy ban nhân dân tỉnh Lạng Sơn",
                owner=f"Ban quản lý dự án số {place + 1}",
                number=f"{demo.random.randint(200, 1900)}/QĐ-UBND",
                decided_on=decided_on,
                ended_on=day(one.until),
            ),
            lines,
            places=[demo.place("20")],
        )


# --- foreign NGO aid ------------------------------------------------------------------


class Ngo(NamedTuple):
    name: str
    country: str
    place: str
    sector: Sector
    decided_on: str
    until: str
    value: int
    supplement: int = 0  # of 2019
    ended_on: str = ""


EXTENDED_ON = "17/6/2019"
PROJECTS = (
    Ngo("Thư viện thân thiện trường tiểu học xã Thượng Cường", "US", "cu-06490", Sector.EDUCATION,
        "09/4/2019", "31/12/2020", 58_991),
    Ngo("Chăm sóc sức khỏe bà mẹ, trẻ em vùng cao", "AU", "189", Sector.HEALTH, "14/5/2018",
        "30/6/2021", 41_250, supplement=25_000),
    Ngo("Ngân hàng bò huyện Bắc Sơn", "KR", "185", Sector.SOCIAL, "21/8/2015", "31/12/2020",
        62_300),
    Ngo("Phòng, chống HIV/AIDS tại cộng đồng", "US", "178", Sector.HEALTH, "12/10/2017",
        "30/9/2020", 34_844),
    Ngo("Hỗ trợ sinh kế cho hộ nghèo huyện Bình Gia", "DE", "181", Sector.SOCIAL, "06/3/2018",
        "31/12/2020", 20_500),
    Ngo("Nước sạch và vệ sinh trường học", "JP", "187", Sector.ENVIRONMENT, "18/4/2016",
        "31/12/2019", 28_700, ended_on="30/8/2018"),
)  # fmt: skip
ITEMS = (
    Ngo("Trang thiết bị y tế cho bệnh viện tuyến huyện", "US", "20", Sector.HEALTH, "15/1/2019",
        "", 312_000),
    Ngo("Xe lăn, dụng cụ chỉnh hình cho người khuyết tật", "US", "20", Sector.SOCIAL, "26/2/2019",
        "", 168_500),
    Ngo("Học bổng và đồ dùng học tập", "KR", "183", Sector.EDUCATION, "10/5/2019", "", 84_200),
    Ngo("Phẫu thuật mắt miễn phí", "AU", "20", Sector.HEALTH, "03/7/2019", "", 121_300),
    Ngo("Xây dựng phòng học điểm trường", "JP", "184", Sector.EDUCATION, "19/9/2019", "", 142_000),
    Ngo("Hỗ trợ khắc phục hậu quả thiên tai", "DE", "180", Sector.ENVIRONMENT, "25/10/2019", "",
        72_000),
    Ngo("Sách và thiết bị thư viện", "US", "188", Sector.EDUCATION, "20/3/2018", "", 36_400),
    Ngo("Khám, chữa bệnh nhân đạo", "KR", "186", Sector.HEALTH, "11/6/2018", "", 58_900),
    Ngo("Quà tặng học sinh nghèo vượt khó", "JP", "182", Sector.SOCIAL, "07/9/2018", "", 21_750),
)  # fmt: skip


def write_ngo(demo: Writer) -> None:
    for kind, rows in ((AidKind.PROJECT, PROJECTS), (AidKind.NON_PROJECT, ITEMS)):
        for place, one in enumerate(rows):
            write_aid(demo, kind, place, one)


def write_aid(demo: Writer, kind: str, place: int, one: Ngo) -> None:
    decided_on = day(one.decided_on)
    lines: list[NgoAmount | NgoAct | NgoDisbursement] = [NgoAmount(amount=Decimal(one.value))]
    if kind == AidKind.PROJECT:
        lines += [
            NgoAmount(
                capital=NgoCapital.COUNTERPART,
                amount=Decimal(one.value * 2000),
                currency=Currency.VND,
            ),
            NgoDisbursement(year=2019, amount=Decimal(one.value // 4)),
        ]
    else:
        lines.append(NgoDisbursement(year=decided_on.year, amount=Decimal(one.value)))
    if one.supplement:
        lines.append(
            NgoAmount(
                change=Change.INCREASE,
                amount=Decimal(one.supplement),
                decided_on=day(EXTENDED_ON),
                document="Quyết định phê duyệt bổ sung",
            )
        )
    if one.ended_on:
        lines.append(NgoAct(kind=Deed.ENDED, done_on=day(one.ended_on), note="Đã nghiệm thu"))
    country = demo.country(one.country)
    demo.add(
        NgoAid(
            agency=demo.agency("SNGV"),
            name=one.name,
            kind=kind,
            sector=one.sector,
            donor=f"Tổ chức phi chính phủ số {place + 1}",
            country=country,
            registration=f"CNV-{100 + place}/REG",
            managing_agency="Ủy ban nhân dân tỉnh Lạng Sơn",
            owner="Ủy ban nhân dân huyện" if len(one.place) == 3 else "Sở, ngành tiếp nhận",
            number=f"{demo.random.randint(200, 2400)}/QĐ-UBND",
            decided_on=decided_on,
            ended_on=day(one.until or f"31/12/{decided_on.year}"),
        ),
        lines,
        places=[demo.place(one.place, decided_on)],
    )
