"""Tables as an office lays them out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Cells as somebody in an office would lay them out, and what there is to find."""

    rows: list[list[object]]
    merged: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    first: int = 0
    last: int = 0
    totals: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()


def yearly_figures() -> Table:
    """The yearly form: titles, a header of two rows, "Trong đó", a total, notes, a signature."""
    rows: list[list[object]] = [
        ["UBND TỈNH LẠNG SƠN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ CÔNG THƯƠNG", None, None, "Độc lập - Tự do - Hạnh phúc"],
        [],
        ["BIỂU TỔNG HỢP SỐ LIỆU ĐỐI NGOẠI NĂM 2019"],
        ["(Kèm theo Báo cáo số 123/BC-SCT ngày 16/12/2019)"],
        ["STT", "Chỉ tiêu", "ĐVT", "TH 2018", "Năm 2019", None, "So sánh (%)", None],
        [None, None, None, None, "KH", "Ước TH", "TH/KH", "2019/2018"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)=(6)/(5)", "(8)=(6)/(4)"],
        ["I", "THƯƠNG MẠI"],
        [1, "Tổng kim ngạch XNK", "Triệu USD", 4855, 5230, 4750, 90.8, 97.8],
        [None, "Trong đó: - KNXK", "Triệu USD", 2955, 2955, 2550, 86.3, 86.3],
        [None, "               - KNNK", "Triệu USD", 1900, 2275, 2200, 96.7, 115.8],
        ["II", "ĐOÀN RA, ĐOÀN VÀO"],
        [1, "Số đoàn ra", "Đoàn", 68, None, 53],
        [2, "Số đoàn vào", "Đoàn", "54", None, "54"],
        ["Tổng cộng", None, None, 9832, None, 9607],
        [],
        ["Ghi chú: số liệu ước đến ngày 31/12/2019"],
        [None, None, None, None, None, "NGƯỜI LẬP BIỂU"],
    ]
    merged = ("A1:C1", "D1:H1", "A4:H4", "A6:A7", "B6:B7", "C6:C7", "D6:D7", "E6:F6", "G6:H6")
    return Table(rows, merged, header_rows=(6, 7), first=9, last=15, totals=(16,))


def trade(count: int) -> list[list[object]]:
    """A plain register of trade with as many rows: a header, twelve columns."""
    rows: list[list[object]] = [
        ["STT", "Mã HS", "Mặt hàng", "Ngày", "Giá trị", "Lượng", "ĐVT", "Loại", "Cửa khẩu",
         "Nước", "Trị giá (VNĐ)", "Ghi chú"]
    ]  # fmt: skip
    for n in range(1, count + 1):
        rows.append(
            [n, f"08{n % 97:02}", f"Mặt hàng số {n % 500}", dt.date(2019, 1 + n % 12, 1 + n % 28),
             n * 1.37, n * 3, "tấn", "Xuất khẩu" if n % 2 else "Nhập khẩu",
             f"Cửa khẩu {n % 12}", "Trung Quốc", n * 100003 / 100, None if n % 9 else "ghi chú"]
        )  # fmt: skip
    return rows
