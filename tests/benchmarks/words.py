"""The words of the generated register: topics, places, sentences. All of it is made up; the bodies exist."""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """What a commitment is about; `{place}` and `{partner}` are filled in."""

    sector: str
    kind: str
    vi: str
    en: str


def _topics(sector: str, *lines: tuple[str, str, str]) -> list[Topic]:
    return [Topic(sector, kind, vi, en) for kind, vi, en in lines]


TOPICS = [
    *_topics(
        "infrastructure",
        ("project", "Xây dựng đường cao tốc qua {place}", "Build the expressway through {place}"),
        ("project", "Nối đường cao tốc {place} với {partner}", "Link the {place} expressway with {partner}"),
        ("project", "Khởi công cầu hữu nghị tại {place}", "Break ground on the friendship bridge at {place}"),
        ("project", "Nâng cấp quốc lộ qua {place}", "Upgrade the national road through {place}"),
        ("project", "Nghiên cứu khả thi đường sắt {place}", "Study the feasibility of the {place} railway"),
        ("project", "Mở rộng bến cảng {place}", "Enlarge the port of {place}"),
        ("project", "Xây trạm biến áp và đường dây tải điện {place}", "Build the {place} substation and power line"),
        ("programme", "Mở đường bay thẳng {place} - {partner}", "Open direct flights between {place} and {partner}"),
    ),
    *_topics(
        "economy_trade",
        ("target", "Nâng kim ngạch thương mại với {partner}", "Raise trade with {partner}"),
        (
            "legal_instrument",
            "Ký hiệp định thương mại biên giới với {partner}",
            "Sign a border trade agreement with {partner}",
        ),
        ("programme", "Giảm thủ tục hải quan tại {place}", "Cut customs procedures at {place}"),
        ("programme", "Công nhận lẫn nhau về kiểm dịch nông sản", "Recognise each other's checks on farm produce"),
        ("event", "Tổ chức hội chợ thương mại tại {place}", "Hold a trade fair in {place}"),
        (
            "programme",
            "Thanh toán bằng đồng nội tệ với {partner}",
            "Settle payments with {partner} in local currencies",
        ),
        ("project", "Xây chợ đầu mối tại {place}", "Build a wholesale market in {place}"),
    ),
    *_topics(
        "investment",
        ("support", "Tháo gỡ vướng mắc cho doanh nghiệp tại {place}", "Clear obstacles for companies in {place}"),
        ("project", "Đầu tư khu công nghiệp {place}", "Invest in the {place} industrial park"),
        (
            "legal_instrument",
            "Sửa đổi hiệp định bảo hộ đầu tư với {partner}",
            "Amend the investment treaty with {partner}",
        ),
        ("project", "Đầu tư thủy điện tại {place}", "Invest in hydropower in {place}"),
        ("programme", "Kết nối khởi nghiệp sáng tạo với {partner}", "Connect start-ups with those of {partner}"),
    ),
    *_topics(
        "border",
        ("project", "Nâng cấp cửa khẩu {place}", "Upgrade the border gate of {place}"),
        ("project", "Cắm mốc và tôn tạo mốc giới tại {place}", "Set and restore border markers in {place}"),
        ("programme", "Tuần tra chung biên giới tại {place}", "Patrol the border of {place} together"),
        (
            "legal_instrument",
            "Ký nghị định thư quản lý biên giới với {partner}",
            "Sign a border protocol with {partner}",
        ),
        ("programme", "Thí điểm kiểm tra một lần tại cửa khẩu {place}", "Try one-stop inspection at the {place} gate"),
    ),
    *_topics(
        "education_training",
        ("programme", "Cấp học bổng cho sinh viên {partner}", "Give scholarships to students of {partner}"),
        ("support", "Đào tạo cán bộ cho {partner}", "Train officials of {partner}"),
        ("project", "Xây trường phổ thông hữu nghị tại {place}", "Build a friendship school in {place}"),
        ("programme", "Dạy tiếng Việt tại {partner}", "Teach Vietnamese in {partner}"),
        ("legal_instrument", "Công nhận văn bằng với {partner}", "Recognise degrees with {partner}"),
    ),
    *_topics(
        "culture_people",
        ("event", "Tổ chức tuần văn hóa tại {place}", "Hold a culture week in {place}"),
        ("project", "Tôn tạo di tích lịch sử tại {place}", "Restore historic sites in {place}"),
        ("programme", "Khám chữa bệnh cho người dân {place}", "Give medical care to the people of {place}"),
        ("support", "Cung cấp thiết bị y tế cho bệnh viện {place}", "Equip the hospital of {place}"),
        ("programme", "Kết nối tuyến du lịch {place} - {partner}", "Link tourist routes of {place} and {partner}"),
        ("event", "Gặp gỡ hữu nghị nhân dân tại {place}", "Hold a people's friendship meeting in {place}"),
    ),
    *_topics(
        "defence_security",
        ("programme", "Phối hợp phòng, chống ma túy tại {place}", "Fight drugs together in {place}"),
        ("legal_instrument", "Ký hiệp định dẫn độ với {partner}", "Sign an extradition treaty with {partner}"),
        ("programme", "Trao đổi đoàn quân y với {partner}", "Exchange military medical teams with {partner}"),
        ("standing", "Chia sẻ thông tin an ninh mạng với {partner}", "Share cyber-security findings with {partner}"),
    ),
    *_topics(
        "foreign_affairs",
        ("event", "Họp Ủy ban liên chính phủ với {partner}", "Hold the intergovernmental committee with {partner}"),
        (
            "standing",
            "Duy trì tham vấn chính trị thường niên với {partner}",
            "Keep yearly political talks with {partner}",
        ),
        ("support", "Ủng hộ {partner} tại các diễn đàn khu vực", "Support {partner} in regional forums"),
        ("programme", "Mở tổng lãnh sự quán tại {place}", "Open a consulate general in {place}"),
    ),
    *_topics(
        "local",
        (
            "legal_instrument",
            "Kết nghĩa {place} với địa phương của {partner}",
            "Twin {place} with a locality of {partner}",
        ),
        ("programme", "Hỗ trợ nông nghiệp công nghệ cao tại {place}", "Support high-tech farming in {place}"),
        ("project", "Cấp nước sạch cho các xã biên giới {place}", "Bring clean water to border communes of {place}"),
        ("programme", "Ứng phó hạn mặn và lũ tại {place}", "Cope with drought, salt and floods in {place}"),
        ("programme", "Chuyển đổi số chính quyền {place}", "Take the administration of {place} digital"),
    ),
]

PLACES = (
    "Bờ Y", "Cha Lo", "Cầu Treo", "Lao Bảo", "La Lay", "Nậm Cắn", "Tây Trang", "Mộc Bài", "Xa Mát", "Hữu Nghị",
    "Móng Cái", "Lào Cai", "Hà Tiên", "Tịnh Biên", "Vũng Áng", "Chân Mây", "Quy Nhơn", "Cái Lân", "Hòn La",
    "Viêng Chăn", "Xiêng Khoảng", "Hủa Phăn", "Bolikhamxay", "Savannakhet", "Champasak", "Attapeu", "Luang Prabang",
    "Phnôm Pênh", "Siem Reap", "Svay Rieng", "Ratanakiri", "Côn Minh", "Nam Ninh", "Bằng Tường", "Đông Hưng",
    "Điện Biên", "Sơn La", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Kon Tum", "Gia Lai", "Tây Ninh",
    "An Giang", "Lạng Sơn", "Quảng Ninh", "Hải Phòng", "Đà Nẵng", "Cần Thơ",
)  # fmt: skip
# Stands in five commitments of a register, whatever its size: the rare word of a search.
RARE_PLACE = "Xékong"
RARE_WORD = "xekong"
COMMON_WORDS = "duong cao toc"

# Who, with which verb: the strength that a register gives to it, and the verb in both languages.
VERBS = (
    ("signed", "ký kết thỏa thuận về việc", "sign an arrangement on this"),
    ("committed", "cam kết", "commit to it"),
    ("agreed", "nhất trí", "agree on it"),
    ("will", "sẽ phối hợp", "will do so together"),
    ("strive", "phấn đấu", "strive for it"),
    ("consider", "xem xét khả năng", "will consider it"),
    ("expected", "dự kiến", "expect it"),
)
CLAUSES = (
    ("theo lộ trình mà hai bên đã thống nhất", "along the agreed roadmap"),
    ("trên cơ sở cùng có lợi và tôn trọng pháp luật của mỗi nước", "to mutual benefit and under each other's laws"),
    ("giao cơ quan chuyên môn báo cáo kết quả hằng quý", "with a report each quarter"),
    ("ưu tiên nguồn vốn viện trợ và vốn doanh nghiệp", "with aid and private capital first"),
    ("bảo đảm tiến độ và chất lượng công trình", "on time and of good quality"),
    ("nhân dịp kỷ niệm ngày thiết lập quan hệ ngoại giao", "to mark the anniversary of diplomatic relations"),
    ("tạo thuận lợi cho người dân hai bên qua lại", "so that people can cross more easily"),
)
NOTES = (
    "Đã họp tổ công tác, chưa thống nhất phương án vốn.",
    "Cơ quan chủ trì đã gửi dự thảo cho phía bạn, đang chờ ý kiến.",
    "Đã lựa chọn nhà thầu, mặt bằng bàn giao được một nửa.",
    "Phía bạn thông báo đã hoàn tất thủ tục nội bộ.",
    "Rà soát hồ sơ đến nay chưa thấy hoạt động triển khai nào.",
    "Đã tổ chức đoàn khảo sát, báo cáo kèm theo.",
    "Hai bên đã trao đổi công hàm, các bước tiếp theo theo kế hoạch.",
)
MOVE_NOTES = (
    "Hai bên thống nhất lùi thời hạn tại phiên họp Ủy ban liên chính phủ.",
    "Phía bạn đề nghị gia hạn, cơ quan chủ trì đã đồng ý bằng văn bản.",
)
PEOPLE = (
    "Nguyễn Thị Lan", "Trần Văn Hùng", "Lê Thu Hà", "Phạm Minh Đức", "Hoàng Thị Mai", "Vũ Quốc Khánh",
    "Đặng Thanh Tùng", "Bùi Ngọc Ánh",
)  # fmt: skip
TAGS = (
    "uu-tien", "lanh-dao-chi-dao", "von-vien-tro", "bien-gioi-2026", "bao-cao-quy", "hop-uy-ban-lien-chinh-phu",
    "dia-phuong", "can-kiem-tra",
)  # fmt: skip
