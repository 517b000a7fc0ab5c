"""What the sample delegations and meetings of 2018 and 2019 are about; all of it is invented.

How often each takes place in a year makes the number of delegations of that year.
"""

from __future__ import annotations

from typing import NamedTuple

from delegations.choices import Gathering, Pillar, Reception

PARTY, STATE, PEOPLE = Pillar.PARTY, Pillar.STATE, Pillar.PEOPLE
HOSTED, GUEST, PRESS = Reception.HOSTED, Reception.GUEST, Reception.PRESS
TALKS, MECHANISM, CONFERENCE = Gathering.TALKS, Gathering.MECHANISM, Gathering.CONFERENCE


class Trip(NamedTuple):
    """One kind of delegation; ``in_2018`` and ``in_2019`` say how many of it there were."""

    title: str
    content: str
    countries: str
    partner: str
    pillar: Pillar
    lead: str
    in_2018: int
    in_2019: int
    reception: str = ""


OUT = (
    Trip("Đoàn đại biểu tỉnh dự Chương trình Gặp gỡ đầu Xuân",
         "Gặp gỡ Bí thư các tỉnh và Khu ủy Quảng Tây, thống nhất nội dung hợp tác trong năm",
         "CN", "QUANGTAY", PARTY, "UBND", 1, 0),
    Trip("Đoàn công tác của tỉnh thăm, làm việc tại Quảng Tây",
         "Hội đàm, thúc đẩy nâng cấp cửa khẩu và hợp tác thương mại biên giới",
         "CN", "QUANGTAY", STATE, "UBND", 3, 3),
    Trip("Đoàn Sở Ngoại vụ hội đàm với Văn phòng Ngoại sự Quảng Tây",
         "Trao đổi kế hoạch giao lưu, chuẩn bị các hội nghị cấp cao",
         "CN", "VPNV-QUANGTAY", STATE, "SNGV", 6, 5),
    Trip("Đoàn Sở Công Thương dự hội chợ thương mại tại Nam Ninh",
         "Giới thiệu nông sản của tỉnh, kết nối doanh nghiệp hai bên",
         "CN", "NAMNINH", STATE, "SCT", 3, 3),
    Trip("Đoàn xúc tiến thương mại tại thành phố Bằng Tường",
         "Trao đổi về xuất khẩu nông sản qua cửa khẩu",
         "CN", "BANGTUONG", STATE, "SCT", 4, 4),
    Trip("Đoàn Ban Quản lý Khu kinh tế cửa khẩu trao đổi về thông quan",
         "Thống nhất thời gian thông quan, phân luồng phương tiện dịp cao điểm",
         "CN", "BANGTUONG", STATE, "BQLKKT", 5, 4),
    Trip("Đoàn Bộ Chỉ huy Bộ đội Biên phòng tỉnh hội đàm về quản lý biên giới",
         "Trao đổi tình hình tuần tra, bảo vệ đường biên, mốc giới",
         "CN", "QUANGTAY", STATE, "BCHBDBP", 6, 5),
    Trip("Đoàn Công an tỉnh trao đổi hợp tác phòng, chống tội phạm",
         "Trao đổi thông tin, phối hợp phòng, chống tội phạm qua biên giới",
         "CN", "SUNGTA", STATE, "CAT", 4, 4),
    Trip("Đoàn huyện biên giới giao lưu với huyện Ninh Minh",
         "Giao lưu cấp huyện, trao đổi quản lý cư dân biên giới",
         "CN", "NINHMINH", STATE, "UBND", 3, 3),
    Trip("Đoàn huyện biên giới giao lưu với huyện Long Châu",
         "Giao lưu cấp huyện, trao đổi hợp tác nông nghiệp",
         "CN", "LONGCHAU", STATE, "UBND", 3, 3),
    Trip("Đoàn Liên hiệp các tổ chức hữu nghị giao lưu nhân dân tại Sùng Tả",
         "Giao lưu hữu nghị, văn nghệ, thể thao",
         "CN", "SUNGTA", PEOPLE, "LHHN", 3, 3),
    Trip("Đoàn giáo viên, học sinh giao lưu với trường học Quảng Tây",
         "Giao lưu, trao đổi chương trình dạy tiếng",
         "CN", "QUANGTAY", PEOPLE, "SGDDT", 3, 3),
    Trip("Đoàn nghệ thuật của tỉnh biểu diễn tại Nam Ninh",
         "Giao lưu nghệ thuật, giới thiệu hát Then, đàn Tính",
         "CN", "NAMNINH", PEOPLE, "SVHTTDL", 3, 2),
    Trip("Đoàn công tác trao đổi về lao động qua biên giới",
         "Trao đổi việc thực hiện thỏa thuận lao động qua biên giới",
         "CN", "SUNGTA", STATE, "SNGV", 2, 2),
    Trip("Đoàn công tác của tỉnh thăm tỉnh Gangwon",
         "Trao đổi hợp tác đào tạo, nông nghiệp",
         "KR", "GANGWON", STATE, "UBND", 1, 1),
    Trip("Đoàn xúc tiến đầu tư tại Hàn Quốc, Nhật Bản",
         "Giới thiệu môi trường đầu tư, làm việc với hiệp hội doanh nghiệp",
         "KR JP", "", STATE, "SKHDT", 1, 1),
    Trip("Đoàn học tập kinh nghiệm nông nghiệp công nghệ cao tại Nhật Bản",
         "Học tập mô hình sản xuất, chế biến nông sản",
         "JP", "", STATE, "SNNPTNT", 1, 1),
    Trip("Đoàn nghiên cứu cải cách hành chính tại Xinh-ga-po, Ma-lai-xi-a",
         "Nghiên cứu mô hình hành chính công và cửa khẩu điện tử",
         "SG MY", "", STATE, "VPUB", 1, 1),
    Trip("Đoàn khảo sát du lịch cộng đồng tại Thái Lan, Lào",
         "Khảo sát sản phẩm du lịch cộng đồng, kết nối lữ hành",
         "TH LA", "", PEOPLE, "SVHTTDL", 1, 1),
    Trip("Đoàn dự hội nghị hợp tác địa phương tại Pháp, Đức",
         "Dự hội nghị, tìm hiểu hợp tác đào tạo nghề",
         "FR DE", "", STATE, "UBND", 1, 1),
    Trip("Đoàn học tập kinh nghiệm dịch vụ hậu cần tại Ô-xtrây-li-a",
         "Học tập kinh nghiệm quản lý kho bãi, kiểm dịch",
         "AU", "", STATE, "SCT", 0, 1),
    Trip("Đoàn cán bộ y tế trao đổi chuyên môn tại Thái Lan",
         "Trao đổi chuyên môn kiểm dịch y tế biên giới",
         "TH", "", STATE, "SYT", 1, 1),
    Trip("Đoàn đại biểu tỉnh thăm, làm việc tại Lào",
         "Thăm, trao đổi kinh nghiệm công tác Đảng ở địa phương",
         "LA", "", PARTY, "UBND", 2, 1),
)  # fmt: skip

IN = (
    Trip("Đoàn Văn phòng Ngoại sự Quảng Tây",
         "Hội đàm, trao đổi kế hoạch giao lưu trong năm",
         "CN", "VPNV-QUANGTAY", STATE, "SNGV", 6, 5, HOSTED),
    Trip("Đoàn đại biểu Quảng Tây dự Chương trình Gặp gỡ đầu Xuân",
         "Dự Chương trình Gặp gỡ đầu Xuân tại Lạng Sơn",
         "CN", "QUANGTAY", PARTY, "UBND", 0, 1, HOSTED),
    Trip("Đoàn đại biểu Quảng Tây dự Hội nghị Ủy ban công tác liên hợp",
         "Dự Hội nghị lần thứ 10 Ủy ban công tác liên hợp",
         "CN", "QUANGTAY", STATE, "UBND", 0, 1, HOSTED),
    Trip("Đoàn đại biểu thành phố Sùng Tả",
         "Chào xã giao, trao đổi hợp tác thương mại, du lịch",
         "CN", "SUNGTA", STATE, "UBND", 5, 4, HOSTED),
    Trip("Đoàn đại biểu thành phố Bằng Tường",
         "Trao đổi thông quan, quản lý phương tiện qua cửa khẩu",
         "CN", "BANGTUONG", STATE, "SCT", 7, 5, HOSTED),
    Trip("Đoàn đại biểu huyện Ninh Minh",
         "Giao lưu cấp huyện",
         "CN", "NINHMINH", STATE, "SNGV", 4, 3, HOSTED),
    Trip("Đoàn đại biểu huyện Long Châu",
         "Giao lưu cấp huyện, trao đổi hợp tác nông nghiệp",
         "CN", "LONGCHAU", STATE, "SNGV", 4, 3, HOSTED),
    Trip("Đoàn cơ quan hải quan, kiểm dịch Quảng Tây",
         "Trao đổi thủ tục kiểm tra nông sản xuất khẩu",
         "CN", "QUANGTAY", STATE, "BQLKKT", 4, 3, HOSTED),
    Trip("Đoàn lực lượng quản lý biên giới Quảng Tây",
         "Hội đàm về tuần tra, bảo vệ đường biên, mốc giới",
         "CN", "QUANGTAY", STATE, "BCHBDBP", 4, 3, HOSTED),
    Trip("Đoàn đại biểu tỉnh Gangwon",
         "Trao đổi hợp tác đào tạo, nông nghiệp",
         "KR", "GANGWON", STATE, "UBND", 2, 1, HOSTED),
    Trip("Đoàn công tác KOICA",
         "Khảo sát, trao đổi đề xuất dự án",
         "KR", "KOICA", STATE, "SKHDT", 2, 2, HOSTED),
    Trip("Đoàn công tác Ngân hàng Phát triển châu Á",
         "Đánh giá tiến độ dự án",
         "JP AU", "ADB", STATE, "SKHDT", 2, 1, HOSTED),
    Trip("Đoàn Đại sứ quán Lào", "Chào xã giao, thăm cửa khẩu",
         "LA", "", PARTY, "UBND", 1, 1, HOSTED),
    Trip("Đoàn Đại sứ quán Nhật Bản", "Trao đổi viện trợ không hoàn lại cấp cơ sở",
         "JP", "", STATE, "SNGV", 2, 1, HOSTED),
    Trip("Đoàn Đại sứ quán Pháp", "Trao đổi hợp tác văn hóa, di sản",
         "FR", "", STATE, "SNGV", 1, 1, HOSTED),
    Trip("Đoàn Đại sứ quán Hoa Kỳ", "Tìm hiểu tình hình thương mại biên giới",
         "US", "", STATE, "SNGV", 1, 1, HOSTED),
    Trip("Đoàn doanh nghiệp Hàn Quốc", "Khảo sát cơ hội đầu tư",
         "KR", "", PEOPLE, "SKHDT", 2, 2, GUEST),
    Trip("Đoàn doanh nghiệp Thái Lan", "Khảo sát chuỗi vận chuyển nông sản",
         "TH", "", PEOPLE, "SCT", 2, 1, GUEST),
    Trip("Đoàn khảo sát du lịch Anh, Ô-xtrây-li-a", "Khảo sát tuyến du lịch vùng núi",
         "GB AU", "", PEOPLE, "SVHTTDL", 1, 1, GUEST),
    Trip("Đoàn tổ chức phi chính phủ Đức", "Khảo sát hỗ trợ trường học vùng cao",
         "DE", "", PEOPLE, "LHHN", 1, 1, GUEST),
    Trip("Đoàn sinh viên Quảng Tây", "Giao lưu sinh viên, học tiếng",
         "CN", "QUANGTAY", PEOPLE, "SGDDT", 2, 2, GUEST),
    Trip("Đoàn hiệp hội dịch vụ hậu cần Xinh-ga-po", "Khảo sát kho bãi tại cửa khẩu",
         "SG", "", PEOPLE, "SCT", 1, 1, GUEST),
    Trip("Đoàn tổ chức thiện nguyện Hà Lan, I-ta-li-a", "Tặng học bổng, thăm cơ sở bảo trợ",
         "NL IT", "", PEOPLE, "LHHN", 1, 1, GUEST),
    Trip("Đoàn doanh nghiệp Ấn Độ", "Tìm hiểu thị trường nông sản, dược liệu",
         "IN", "", PEOPLE, "SCT", 1, 1, GUEST),
    Trip("Đoàn phóng viên Trung Quốc", "Đưa tin hoạt động thương mại tại cửa khẩu",
         "CN", "", STATE, "SNGV", 4, 2, PRESS),
    Trip("Đoàn phóng viên Nhật Bản", "Ghi hình phóng sự về vùng biên",
         "JP", "", STATE, "SNGV", 2, 1, PRESS),
    Trip("Đoàn phóng viên Hàn Quốc", "Đưa tin sự kiện quốc tế trên địa bàn",
         "KR", "", STATE, "SNGV", 2, 2, PRESS),
    Trip("Đoàn phóng viên Hoa Kỳ, Anh", "Đưa tin sự kiện quốc tế trên địa bàn",
         "US GB", "", STATE, "SNGV", 1, 1, PRESS),
    Trip("Đoàn chuyên gia Pháp nghiên cứu di sản", "Khảo sát di tích, hang động",
         "FR", "", STATE, "SVHTTDL", 2, 1, PRESS),
    Trip("Đoàn chuyên gia Đức về môi trường", "Khảo sát quản lý chất thải",
         "DE", "", STATE, "STNMT", 2, 1, PRESS),
)  # fmt: skip


class Met(NamedTuple):
    """One meeting, in the years it took place in (and the session it was there)."""

    title: str
    kind: Gathering
    mechanism: str
    place: str
    partner: str
    lead: str
    signed: str
    years: dict[int, int | None]


MEETINGS = (
    Met("Chương trình Gặp gỡ đầu Xuân", MECHANISM, "GGDX", "", "QUANGTAY", "UBND",
        "Biên bản Chương trình Gặp gỡ đầu Xuân", {2018: None, 2019: None, 2020: None}),
    Met("Hội nghị Ủy ban công tác liên hợp", MECHANISM, "UBCTLH", "", "QUANGTAY", "UBND",
        "Biên bản Hội nghị Ủy ban công tác liên hợp", {2018: 9, 2019: 10, 2020: 11}),
    Met("Hội đàm giữa Sở Ngoại vụ và Văn phòng Ngoại sự Quảng Tây", TALKS, "HOIDAM",
        "Thành phố Lạng Sơn", "VPNV-QUANGTAY", "SNGV", "Biên bản hội đàm",
        {2018: None, 2019: None}),
    Met("Hội đàm chuẩn bị hội nghị cấp cao", TALKS, "HOIDAM",
        "Thành phố Nam Ninh, Quảng Tây", "VPNV-QUANGTAY", "SNGV", "Biên bản hội đàm",
        {2018: None, 2019: None}),
    Met("Hội đàm về thông quan tại cửa khẩu", TALKS, "HOIDAM", "Cửa khẩu Hữu Nghị",
        "BANGTUONG", "BQLKKT", "", {2018: None, 2019: None}),
    Met("Hội đàm cấp huyện với Ninh Minh", TALKS, "HOIDAM-HUYEN", "Cửa khẩu Chi Ma",
        "NINHMINH", "UBND", "", {2018: None, 2019: None}),
    Met("Hội đàm cấp huyện với Long Châu", TALKS, "HOIDAM-HUYEN", "Huyện Tràng Định",
        "LONGCHAU", "UBND", "", {2018: None, 2019: None}),
    Met("Hội đàm đại diện biên giới", TALKS, "HOIDAM-DBP", "Cửa khẩu Tân Thanh", "",
        "BCHBDBP", "Biên bản hội đàm", {2018: None, 2019: None}),
    Met("Hội thảo quốc tế về dịch vụ hậu cần cửa khẩu", CONFERENCE, "",
        "Thành phố Lạng Sơn", "QUANGTAY", "SCT", "", {2019: None, 2020: None}),
    Met("Hội thảo khoa học về di sản văn hóa vùng biên", CONFERENCE, "",
        "Thành phố Lạng Sơn", "", "SVHTTDL", "", {2018: None}),
)  # fmt: skip
