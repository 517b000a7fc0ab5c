"""Invented incidents of 2018 and 2019; those that break the agreement add up to what was published.

2019: seven by the Chinese side and one by the Vietnamese side; 2018: four.
"""

from __future__ import annotations

from typing import NamedTuple

from border.models import Channel, Incident, Kind, Side, Status
from common.contracts import DataClass
from registers.demo import Writer


class Told(NamedTuple):
    """One incident as the list below tells it."""

    year: int
    side: Side
    breaks: bool
    kind: Kind
    place: str
    sector: str
    marker: str
    description: str
    handling: str


CN, VN, UNKNOWN = Side.CHINA, Side.VIETNAM, Side.UNKNOWN
INCIDENTS = (
    # --- 2018: four break the agreement
    Told(2018, CN, True, Kind.GRAZING, "cu-06166", "Tân Thanh", "1090",
         "Chăn thả gia súc qua đường biên giới khoảng 30 m.",
         "Đã lập biên bản, trao đổi với trạm biên phòng phía đối diện; gia súc đã đưa về."),
    Told(2018, CN, True, Kind.ENCROACHMENT, "cu-06541", "Chi Ma", "1223 – 1224",
         "Phát cây, trồng cây sát đường biên giới lấn sang khoảng 5 m.",
         "Gửi thư trao đổi; phía đối diện đã nhổ cây, trả lại hiện trạng."),
    Told(2018, CN, True, Kind.BUILDING, "cu-06190", "Bảo Lâm", "1141",
         "Đắp nền đường cách đường biên giới dưới 30 m khi chưa thông báo.",
         "Gửi thư phản đối, hội đàm cấp đồn; phía đối diện dừng thi công."),
    Told(2018, VN, True, Kind.RESOURCES, "cu-06202", "Xuất Lễ", "1176",
         "Người dân sang lấy củi bên kia đường biên giới.",
         "Tiếp nhận, nhắc nhở, tuyên truyền tại thôn."),
    Told(2018, UNKNOWN, False, Kind.SMUGGLING, "cu-06166", "Cốc Nam", "1104",
         "Phát hiện hàng hóa vô chủ trên đường mòn, chưa xác định người vận chuyển.",
         "Lập biên bản, bàn giao cơ quan chức năng xử lý."),
    # --- 2019: seven by the Chinese side, one by the Vietnamese side
    Told(2019, CN, True, Kind.GRAZING, "cu-06166", "Tân Thanh", "1088/2 – 1089",
         "Chăn thả trâu, bò qua đường biên giới khoảng 40 m.",
         "Lập biên bản, trao đổi với trạm biên phòng phía đối diện; gia súc đã đưa về."),
    Told(2019, CN, True, Kind.BUILDING, "cu-06166", "Cốc Nam", "1104",
         "Dựng hàng rào sát đường biên giới khi chưa thông báo.",
         "Gửi thư phản đối; hai bên kiểm tra thực địa, phía đối diện dừng thi công."),
    Told(2019, CN, True, Kind.ENCROACHMENT, "cu-06541", "Chi Ma", "1223",
         "Phát nương, trồng cây lấn qua đường biên giới khoảng 6 m.",
         "Gửi thư trao đổi; phía đối diện đã trả lại hiện trạng."),
    Told(2019, CN, True, Kind.RESOURCES, "cu-06193", "Thanh Lòa", "1162 – 1163",
         "Một nhóm người qua đường biên giới khai thác lâm sản.",
         "Tuần tra phát hiện, yêu cầu quay lại; đã trao đổi với phía đối diện."),
    Told(2019, CN, True, Kind.DISCHARGE, "cu-06622", "Bính Xá", "1268",
         "Đổ đất đá làm thay đổi dòng chảy suối biên giới.",
         "Hội đàm cấp đồn; phía đối diện đã khơi thông dòng chảy."),
    Told(2019, CN, True, Kind.BUILDING, "cu-06190", "Bảo Lâm", "1141 – 1142",
         "Làm đường tuần tra sát đường biên giới, đất đá sạt sang phía Việt Nam.",
         "Gửi thư phản đối, hai bên kiểm tra song phương; đang theo dõi."),
    Told(2019, CN, True, Kind.MARKER, "cu-06004", "Quốc Khánh", "985",
         "Xe cơ giới va quệt làm sứt cạnh cột mốc.",
         "Hai bên lập biên bản hiện trạng, thống nhất phương án sửa chữa."),
    Told(2019, VN, True, Kind.RESOURCES, "cu-06202", "Xuất Lễ", "1175",
         "Người dân sang lấy củi bên kia đường biên giới.",
         "Tiếp nhận từ phía đối diện, nhắc nhở, tuyên truyền tại thôn."),
    # --- 2019: incidents that are no violation of the agreement
    Told(2019, VN, False, Kind.CROSSING, "cu-06166", "Tân Thanh", "1090",
         "Một người qua lại biên giới không có giấy tờ hợp lệ.",
         "Xử phạt vi phạm hành chính theo quy định."),
    Told(2019, UNKNOWN, False, Kind.SMUGGLING, "cu-06238", "Mẫu Sơn", "1188",
         "Phát hiện hàng hóa vô chủ trên đường mòn, chưa xác định người vận chuyển.",
         "Lập biên bản, bàn giao cơ quan chức năng xử lý."),
    Told(2019, UNKNOWN, False, Kind.EXPLOSION, "cu-06559", "Tam Gia", "1240",
         "Phát hiện bóng thám không rơi trong rừng gần đường biên giới.",
         "Thu giữ, báo cáo theo quy định; chưa xác định nguồn gốc."),
)  # fmt: skip


def write(demo: Writer) -> None:
    for number, told in enumerate(INCIDENTS):
        happened_on = demo.day(told.year)
        is_watched = "đang theo dõi" in told.handling
        demo.add(
            Incident(
                agency=demo.agency("BDBP"),
                data_class=DataClass.RESTRICTED if number % 3 == 0 else DataClass.ORDINARY,
                happened_on=happened_on,
                place=demo.place(told.place, happened_on),
                sector=told.sector,
                marker=told.marker,
                kind=told.kind,
                side=told.side,
                breaks_agreement=told.breaks,
                description=told.description,
                handling=told.handling,
                channel=Channel.LETTER
                if "thư" in told.handling
                else Channel.TALKS
                if told.breaks
                else Channel.NONE,
                status=Status.DISCUSSED if is_watched else Status.SETTLED,
            )
        )
