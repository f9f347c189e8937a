"""What a document is read to promise: found and left, whom, how much, by when."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from tracker.reading.drafting import draft
from tracker.reading.drafts import Draft, Drafting

PUBLISHED = date(2025, 12, 2)
NEWS = "Tại Hà Nội, lãnh đạo Việt Nam và Nhật Bản hội đàm chiều 2/12.\n"


def drafted(text: str, *, published: date = PUBLISHED) -> Drafting:
    return draft(text, published)


def only(text: str) -> Draft:
    (one,) = drafted(text).drafts
    return one


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("Hai bên nhất trí mở thêm đường bay thẳng.", "agreed"),
        ("Hai Thủ tướng thống nhất cần sớm khởi công nhà máy.", "agreed"),
        ("Nhật Bản cam kết hỗ trợ Việt Nam đào tạo kỹ sư.", "committed"),
        ("Hai nước sẽ thành lập nhóm công tác chung.", "will"),
        ("Hai bên quyết tâm đưa kim ngạch lên 60 tỷ USD.", "strive"),
        ("Hai bên nhất trí nghiên cứu lập quỹ chung.", "consider"),
        ("Đại sứ khẳng định Nhật Bản sẵn sàng cung cấp thiết bị cứu hộ.", "consider"),
        ("Nhật Bản ủng hộ Việt Nam ứng cử vào Hội đồng.", "consider"),
        ("Hai bên khẳng định tiếp tục phối hợp tại Liên Hợp Quốc.", "will"),
        ("Hai bên nhất trí một số phương hướng hợp tác, trong đó tăng cường trao đổi đoàn.", "agreed"),
        ("Thủ tướng giao Bộ Công Thương xây dựng đề án.", "will"),
        ("Hai bên đặt mục tiêu nâng kim ngạch lên 60 tỷ USD.", "strive"),
        ("Hai bên nhất trí sớm nâng cấp quan hệ.", "agreed"),
        ("Thủ tướng Nhật Bản nhất trí hai bên cần mở thêm đường bay.", "agreed"),
        ("Hai bên hài lòng về kim ngạch, nhất trí mở thêm đường bay.", "agreed"),
        ("Thủ tướng yêu cầu khẩn trương hoàn thiện đề án.", "will"),
        ("Hai bên khẳng định hai nước tiếp tục mở thêm đường bay.", "will"),
        ("Trên cơ sở đó, hai bên nhất trí mở thêm đường bay.", "agreed"),
        ("Hai bên hài lòng về kết quả, theo đó cam kết mở thêm đường bay.", "committed"),
    ],
)
def test_an_undertaking_is_drafted_with_the_strength_of_its_verb(sentence: str, strength: str) -> None:
    found = [one for one in drafted(NEWS + sentence).drafts if one.sentence == sentence]
    assert [one.strength for one in found] == [strength]
    assert all(one.why for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thủ tướng đề nghị Nhật Bản mở rộng cửa cho nông sản.",
        "Ông mong muốn hai bên sẽ sớm ký hiệp định.",
        "Chủ tịch nước tin tưởng quan hệ hai nước sẽ tốt đẹp hơn.",
        "Hai bên đánh giá cao kết quả hợp tác.",
        "Hai bên nhất trí cho rằng quan hệ đang phát triển tốt.",
        "Hai bên khẳng định tầm quan trọng của tăng cường hợp tác.",
        "Chuyến thăm sẽ mở ra nhiều cơ hội hợp tác.",
        "Việc mở đường bay sẽ giúp du lịch tăng trưởng.",
        "Thủ tướng Nhật Bản sẽ thăm Việt Nam.",
        "Hai bên đã ký ba văn kiện hợp tác.",
        "Các cam kết của hai bên được thực hiện tốt.",
        "Việt Nam coi trọng vai trò của Nhật Bản.",
        "Hai nước cần đẩy mạnh hợp tác về năng lượng.",
        "Thủ tướng Nhật Bản thăm nhà máy. Ảnh: TTXVN",
        "Hai bên nhất trí nâng cấp quan hệ.",
        "Chủ tịch nước cảm ơn Nhật Bản đã ủng hộ Việt Nam ứng cử vào Hội đồng.",
        "Nhật Bản ủng hộ sự nghiệp lớn thống nhất Triều Tiên.",
        "Hai bên công nhận sự đóng góp của doanh nghiệp.",
        "Nhận lời mời của Thủ tướng, Chủ tịch Quốc hội Nhật Bản thăm Việt Nam.",
        "Thỏa thuận giữa bộ Tư pháp, Bộ Ngoại giao và bộ Tài chính có hiệu lực.",
    ],
)
def test_wishes_praise_stances_and_what_is_done_are_left(sentence: str) -> None:
    assert drafted(NEWS + sentence).drafts == ()


def test_both_sides_are_the_two_states_of_the_text() -> None:
    one = only(NEWS + "Hai bên nhất trí mở thêm đường bay thẳng.")
    assert (one.owners, one.counterparts, one.basis) == (("Việt Nam", "Nhật Bản"), (), "joint")


@pytest.mark.parametrize(
    ("opening", "both"),
    [
        ("Lãnh đạo Hà Nội và Vientiane hội đàm.\nBí thư Thành ủy Hà Nội tiếp đoàn Lào.", ("Hà Nội", "Vientiane")),
        ("Đẩy nhanh cao tốc Hà Nội - Viêng Chăn\nLãnh đạo Việt Nam và Lào hội đàm.", ("Việt Nam", "Lào")),
        ("Hà Nội và Viêng Chăn xích lại gần\nThủ tướng Việt Nam gặp Thủ tướng Lào.", ("Việt Nam", "Lào")),
    ],
)
def test_cities_are_both_sides_where_they_meet_and_not_where_a_road_joins_them(
    opening: str, both: tuple[str, str]
) -> None:
    assert only(opening + "\nHai bên nhất trí mở thêm đường bay thẳng.").owners == both


def test_what_both_agree_to_give_somebody_is_the_task_of_that_body() -> None:
    one = only(NEWS + "Hai Thủ tướng thống nhất giao Bộ Xây dựng và Bộ Giao thông Nhật Bản hoàn thành nghiên cứu.")
    assert (one.owners, one.basis) == (("Bộ Xây dựng", "Bộ Giao thông Nhật Bản"), "stated")


def test_one_side_undertakes_towards_the_other() -> None:
    one = only(NEWS + "Nhật Bản cam kết hỗ trợ Việt Nam đào tạo kỹ sư.")
    assert (one.owners, one.counterparts, one.basis) == (("Nhật Bản",), ("Việt Nam",), "stated")


def test_a_person_stands_for_the_state_of_the_office() -> None:
    text = (
        "Thủ tướng Nhật Bản Tanaka Ichiro hội đàm với Thủ tướng Trần Văn Minh.\n"
        "Ông Tanaka Ichiro khẳng định sẽ tăng số suất học bổng."
    )
    one = only(text)
    assert one.owners == ("Nhật Bản",)


def test_a_person_named_at_the_end_of_a_sentence_is_known_later() -> None:
    text = (
        "Chiều 2/12, Thủ tướng Trần Văn Minh hội đàm với Tổng thống Indonesia Budi Santoso.\n"
        "Tổng thống Budi Santoso mong muốn tăng xuất khẩu; nhất trí mở thêm đường bay."
    )
    assert only(text).owners == ("Indonesia",)


def test_an_office_that_we_do_not_have_is_the_other_sides() -> None:
    text = "Lãnh đạo Việt Nam và Brazil hội đàm.\nTổng thống Silva nhất trí mở cửa thị trường thịt bò."
    assert only(text).owners == ("Brazil",)


def test_a_state_is_called_as_the_text_calls_it() -> None:
    text = "Thủ tướng Việt Nam và Ngoại trưởng Mỹ hội đàm.\nPhía Mỹ cam kết cấp 20 học bổng."
    assert only(text).owners == ("Mỹ",)


def test_a_person_who_is_given_a_task_has_it() -> None:
    one = only(NEWS + "Thủ tướng giao Phó Thủ tướng Trần Văn Minh theo dõi việc này.")
    assert one.owners == ("Phó Thủ tướng Trần Văn Minh",)


def test_after_a_task_is_given_the_next_body_with_an_act_has_one_too() -> None:
    text = (
        "Chính phủ vừa ban hành nghị quyết.\nChính phủ giao Bộ Công Thương xây dựng đề án. "
        "Cùng với đó là rà soát các mức phí.\nBộ Tài chính khẩn trương hoàn thiện cơ chế vay, thí điểm giao cho các "
        "tập đoàn tự vay."
    )
    found = [(one.owners, one.sentence[:9]) for one in drafted(text).drafts]
    assert found == [
        (("Bộ Công Thương",), "Chính phủ"),
        (("Bộ Công Thương",), "Cùng với "),
        (("Bộ Tài chính",), "Bộ Tài ch"),
    ]


def test_in_an_agreed_statement_whoever_is_not_named_is_both() -> None:
    text = "TUYÊN BỐ CHUNG VIỆT NAM - LÀO\nHai bên hài lòng về kết quả.\nThúc đẩy hoàn thành tuyến đường sắt."
    assert only(text).owners == ("Việt Nam", "Lào")


CITIES = "Lãnh đạo thành phố Hà Nội và Thủ đô Vientiane (Lào) hội đàm nhân chuyến thăm của đoàn Việt Nam tới Lào.\n"


@pytest.mark.parametrize(
    ("sentence", "owners", "counterparts"),
    [
        ("Hai bên nhất trí lập nhóm công tác chung.", ("Hà Nội", "Vientiane"), ()),
        ("Hai Thủ đô của Việt Nam và Lào sẽ trao đổi cán bộ.", ("Hà Nội", "Vientiane"), ()),
        ("Hai nước sẽ trao đổi cán bộ.", ("Việt Nam", "Lào"), ()),
        ("Thủ đô Vientiane (Lào) cam kết cấp đất xây trường.", ("Vientiane",), ("Hà Nội",)),
        (
            "Bà Kham Vong, Chủ tịch Hội đồng nhân dân Thủ đô Vientiane (Lào) cam kết cấp đất.",
            ("Vientiane",),
            ("Hà Nội",),
        ),
        ("Thủ đô Vientiane nhất trí với lãnh đạo thành phố Hà Nội sẽ lập trường chung.", ("Vientiane", "Hà Nội"), ()),
        ("Lào cam kết cấp đất xây trường.", ("Lào",), ("Việt Nam",)),
    ],
)
def test_cities_that_meet_are_bound_and_not_their_states(
    sentence: str, owners: tuple[str, ...], counterparts: tuple[str, ...]
) -> None:
    found = [one for one in drafted(CITIES + sentence).drafts if one.sentence == sentence]
    assert [(one.owners, one.counterparts) for one in found] == [(owners, counterparts)]


def test_capitals_named_in_passing_are_not_the_sides_of_a_meeting_of_states() -> None:
    text = NEWS + "Đường bay Hà Nội - Tokyo đông khách. Hai bên nhất trí lập quỹ chung."
    assert drafted(text).drafts[-1].owners == ("Việt Nam", "Nhật Bản")


def test_a_task_that_is_given_in_the_news_binds_whoever_got_it() -> None:
    one = only(NEWS + "Thủ tướng yêu cầu Bộ Công Thương xây dựng đề án trong tháng 3/2026.")
    assert (one.owners, one.counterparts) == (("Bộ Công Thương",), ())


def test_a_company_undertakes_under_its_own_name() -> None:
    one = only(NEWS + "Theo kế hoạch, hãng hàng không Sao Mai sẽ mở đường bay thẳng.")
    assert one.owners == ("hãng hàng không Sao Mai",)


def test_a_sentence_carries_on_the_list_that_the_one_before_opened() -> None:
    text = NEWS + "Hai bên nhất trí đẩy mạnh hợp tác. Bao gồm mở rộng thị trường và tăng đầu tư. Trời Hà Nội se lạnh."
    found = [one.sentence for one in drafted(text).drafts]
    assert found == ["Hai bên nhất trí đẩy mạnh hợp tác.", "Bao gồm mở rộng thị trường và tăng đầu tư."]


def test_a_list_inherits_from_the_line_that_opens_it() -> None:
    text = (
        "The Leaders of Viet Nam and Japan met in Tokyo.\nThe two sides agreed to:\n"
        "- open a new flight route;\n- train 500 engineers by 2030.\n"
    )
    found = drafted(text).drafts
    assert [one.sentence for one in found] == ["- open a new flight route;", "- train 500 engineers by 2030."]
    assert found[1].owners == ("Viet Nam", "Japan")
    assert found[1].deadline is not None
    assert found[1].deadline.value == "..2030"


@pytest.mark.parametrize(
    ("sentence", "owners"),
    [
        ("Japan will provide 20 patrol vessels by March 2028.", ("Japan",)),
        ("Both sides agreed to hold the next meeting in Hanoi in 2027.", ("Viet Nam", "Japan")),
        ("The two countries are to establish a working group.", ("Viet Nam", "Japan")),
        ("Japan committed to training 500 engineers.", ("Japan",)),
        ("The ministers confirmed that they would work together on cyber security.", ("Japan",)),
        ("Japan reaffirmed its commitment to opening its market.", ("Japan",)),
        ("Viet Nam, Japan to expand their trade", ("Viet Nam", "Japan")),
    ],
)
def test_english_undertakings_are_read(sentence: str, owners: tuple[str, ...]) -> None:
    text = "The leaders of Viet Nam and Japan met in Tokyo.\nViet Nam and Japan are partners.\n"
    (one,) = drafted(text + sentence).drafts
    assert one.sentence == sentence
    assert set(one.owners) <= {"Viet Nam", "Japan"}
    assert set(owners) & set(one.owners)


LEADERS = "President John Q. Miller of the United States and President Kim Min Ho of the Republic of Korea met.\n"


@pytest.mark.parametrize(
    ("sentence", "owners"),
    [
        ("President Miller pledged to open the market.", ("United States",)),
        ("President Kim pledged to open the market.", ("Republic of Korea",)),
        ("Japanese Prime Minister Abe Ken pledged to open the market.", ("Japan",)),
        ("Prime Minister Sharma pledged to open the market.", ("Prime Minister Sharma",)),
    ],
)
def test_whoever_is_named_without_a_state_is_not_taken_for_ours(sentence: str, owners: tuple[str, ...]) -> None:
    found = [one.owners for one in drafted(LEADERS + sentence).drafts if one.sentence == sentence]
    assert found == [owners]


def test_the_commitments_of_a_state_open_a_list() -> None:
    text = "The United States and China struck a deal.\nThe deal includes Chinese commitments to:\n- Open its ports.\n"
    one = only(text)
    assert (one.sentence, one.owners) == ("- Open its ports.", ("China",))


def test_a_list_ends_with_the_item_that_it_stands_in() -> None:
    text = (
        "The leaders of Viet Nam and Japan met in Tokyo.\n1. We agree to the following steps:\n- Open a port.\n"
        "2. We recall the bright past of our ties."
    )
    assert only(text).sentence == "- Open a port."


def test_a_list_under_what_is_hereby_decided_binds_those_who_speak() -> None:
    text = (
        "Leaders’ Statement\nWE, the leaders of Viet Nam and Japan,\nRECALLING our long friendship;\n"
        "Hereby decide to:\n1. Support a new port; and\n2. Explore trade in boats."
    )
    assert [one.owners for one in drafted(text).drafts] == [("Viet Nam", "Japan")] * 2


def test_a_clause_with_a_party_of_its_own_is_not_what_somebody_wishes() -> None:
    text = "The leaders of Viet Nam and Japan met in Tokyo.\nFor Laos’ desire to build trust, Japan undertakes to lend boats."
    assert only(text).owners == ("Japan",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Whereas, the two countries intend to open a port.",
        "Japan welcomed the progress of the projects.",
        "Viet Nam hoped that both countries will sign the agreement soon.",
        "The agreement will enter into force after ratification.",
        "The leaders looked forward to the visit, which will take place in July.",
        "We reaffirm the importance of the rule of law.",
        "Viet Nam urged Japan to open its market.",
    ],
)
def test_english_wishes_and_stances_are_left(sentence: str) -> None:
    assert drafted("The leaders of Viet Nam and Japan met in Tokyo.\n" + sentence).drafts == ()


DIRECTIVE = """CHỈ THỊ
VỀ PHÁT TRIỂN THỊ TRƯỜNG
Căn cứ Luật Thương mại ngày 14 tháng 6 năm 2005;
Thời gian qua, các bộ đã có nhiều cố gắng.
Thủ tướng Chính phủ yêu cầu:
1. Bộ Công Thương:
a) Rà soát các rào cản xuất khẩu; báo cáo trước ngày 15/3/2026.
b) Chủ trì, phối hợp với Bộ Ngoại giao mở ba văn phòng mới. Hoàn thành trong quý II/2026.
2. Ngân hàng Nhà nước Việt Nam điều hành tỷ giá linh hoạt.
3. Giao Văn phòng Chính phủ theo dõi, đôn đốc.
Chỉ thị này có hiệu lực thi hành kể từ ngày ký.
Nơi nhận:
- Các bộ;
- Lưu: VT.
"""


def test_a_directive_gives_its_tasks_to_whoever_stands_above_them() -> None:
    read = drafted(DIRECTIVE)
    assert read.kind == "directive"
    rows = [(one.owners, one.counterparts, one.deadline.value if one.deadline else None) for one in read.drafts]
    assert rows == [
        (("Bộ Công Thương",), (), "..2026-03-15"),
        (("Bộ Công Thương",), ("Bộ Ngoại giao",), "2026-Q2"),
        (("Ngân hàng Nhà nước Việt Nam",), (), None),
        (("Văn phòng Chính phủ",), (), None),
    ]


def test_a_task_may_name_what_was_done_and_a_report_of_it_is_none() -> None:
    text = DIRECTIVE.replace(
        "2. Ngân hàng",
        "Hoàn thành các dự án đã được phê duyệt.\nBộ Công Thương đã hoàn thành ba dự án.\n2. Ngân hàng",
    )
    found = [one.sentence for one in drafted(text).drafts]
    assert "Hoàn thành các dự án đã được phê duyệt." in found
    assert "Bộ Công Thương đã hoàn thành ba dự án." not in found


def test_a_closing_date_is_of_the_sentence_that_has_it() -> None:
    text = DIRECTIVE.replace(
        "a) Rà soát các rào cản xuất khẩu; báo cáo trước ngày 15/3/2026.",
        "a) Rà soát các rào cản xuất khẩu. Xây dựng đề án xúc tiến, báo cáo trước ngày 15/3/2026.",
    )
    first, second, *_rest = drafted(text).drafts
    assert first.deadline is None
    assert second.deadline is not None


def test_what_a_plan_is_called_and_how_things_are_is_no_task() -> None:
    text = (
        "KẾ HOẠCH\nPhát triển hạ tầng cảng trên địa bàn tỉnh đến năm 2030\n1. Mục tiêu đến năm 2030\n"
        "Hiện nay, tổng số cầu cảng là 12.\n- Xây dựng ba cầu cảng.\n2. Đối với việc nâng cấp cảng cũ\n"
        "(1) Sở Xây dựng rà soát các cầu cảng."
    )
    found = [one.sentence for one in drafted(text).drafts]
    assert found == ["- Xây dựng ba cầu cảng.", "(1) Sở Xây dựng rà soát các cầu cảng."]


PLAN = """NGHỊ QUYẾT
CHÍNH PHỦ
QUYẾT NGHỊ:
I. MỤC TIÊU
1. Mục tiêu chung
Giữ sạch các dòng sông.
2. Mục tiêu cụ thể đến năm 2030
a) 100% các phường, xã tổ chức thu gom rác.
b) 95% rác thải được xử lý.
II. NHIỆM VỤ
1. Giảm thiểu phát sinh rác thải; đẩy mạnh tái chế và xử lý rác thải trên cả nước
- Bộ Tài chính ban hành mức phí, báo cáo trước ngày 15/12 hằng năm.
2. Các chủ bến là tổ chức (các Ban quản lý cảng, công ty)
- Sửa chữa cầu cảng.
3. Các nhiệm vụ trọng tâm
- Khảo sát luồng lạch.
"""


def test_aims_are_of_whoever_they_name_else_of_whoever_issues_them_and_titles_are_no_tasks() -> None:
    found = [
        (one.owners, one.sentence[:14], one.deadline.value if one.deadline else None) for one in drafted(PLAN).drafts
    ]
    assert found == [
        (("Chính phủ",), "Giữ sạch các d", None),
        (("các phường, xã",), "a) 100% các ph", "..2030"),
        (("Chính phủ",), "b) 95% rác thả", "..2030"),
        (("Bộ Tài chính",), "- Bộ Tài chính", "recurring"),
        (("Các chủ bến là tổ chức",), "- Sửa chữa cầu", None),
        ((), "- Khảo sát luồ", None),
    ]


def test_a_sentence_that_opens_a_list_is_of_the_item_above_it_and_ends_with_it() -> None:
    text = (
        "KẾ HOẠCH PHÁT TRIỂN CẢNG ĐẾN NĂM 2035\nI. MỤC TIÊU\n2. Mục tiêu cụ thể\nĐến hết năm 2030, phấn đấu đạt:\n"
        "- Ba cầu cảng.\nII. NHIỆM VỤ\n1. Sở Xây dựng rà soát các cầu cảng.\n"
    )
    found = [(one.sentence, one.deadline.value if one.deadline else None) for one in drafted(text).drafts]
    assert found == [("- Ba cầu cảng.", "..2030"), ("1. Sở Xây dựng rà soát các cầu cảng.", None)]


def test_a_line_below_the_tasks_names_who_does_them() -> None:
    text = (
        "KẾ HOẠCH PHÁT TRIỂN CẢNG\nII. NHIỆM VỤ\n1. Luồng lạch\n- Khảo sát luồng lạch.\n- Nạo vét hai cửa sông.\n"
        "Đơn vị chủ trì: Sở Xây dựng.\nĐơn vị phối hợp: Sở Tài chính.\n2. Cầu cảng\n- Sửa chữa cầu cảng.\n"
    )
    found = [(one.sentence, one.owners, one.basis) for one in drafted(text).drafts]
    assert found == [
        ("- Khảo sát luồng lạch.", ("Sở Xây dựng",), "stated"),
        ("- Nạo vét hai cửa sông.", ("Sở Xây dựng",), "stated"),
        ("- Sửa chữa cầu cảng.", (), ""),
    ]


def test_a_directive_that_came_out_late_keeps_its_first_deadline() -> None:
    text = DIRECTIVE.replace("trước ngày 15/3/2026", "trước ngày 20/11/2025")
    first = drafted(text).drafts[0]
    assert first.deadline is not None
    assert first.deadline.value == "..2025-11-20"


def test_enactment_and_signature_are_no_tasks_and_an_annex_behind_them_is_read() -> None:
    text = (
        DIRECTIVE.replace("Chỉ thị này có hiệu lực thi hành kể từ ngày ký.", "Các Bộ trưởng chịu trách nhiệm thi hành.")
        + "PHỤ LỤC\nI. NHIỆM VỤ\n1. Bộ Tài chính xây dựng biểu mẫu.\n"
    )
    found = [one.sentence for one in drafted(text).drafts]
    assert found[-1] == "1. Bộ Tài chính xây dựng biểu mẫu."
    assert not any("thi hành" in sentence or "Lưu" in sentence for sentence in found)


def test_aims_under_a_dated_heading_take_its_date() -> None:
    text = DIRECTIVE + "\n"
    text = text.replace("Nơi nhận:", "4. Mục tiêu đến năm 2030\n- Xuất khẩu đạt trên 600 tỷ USD.\nNơi nhận:")
    last = drafted(text).drafts[-1]
    assert last.deadline is not None
    assert (last.deadline.value, [str(t.value) for t in last.targets]) == ("..2030", ["600000000000"])


def drafts_of(plan: str) -> list[tuple[tuple[str, ...], str, str | None]]:
    return [
        (one.owners, one.sentence[:16], one.deadline.value if one.deadline else None) for one in drafted(plan).drafts
    ]


PROVINCE = """ỦY BAN NHÂN DÂN TỈNH HÀ GIANG
Hà Giang, ngày 01 tháng 12 năm 2025
KẾ HOẠCH
PHÁT TRIỂN BẾN CẢNG TRÊN ĐỊA BÀN TỈNH
Thực hiện Nghị quyết số 12/NQ-CP của Chính phủ, tỉnh xây dựng kế hoạch này.
I. MỤC ĐÍCH
- Giữ an toàn cho tàu thuyền.
- Giữ bến sạch đẹp.
II. NHIỆM VỤ
"""


@pytest.mark.parametrize(
    ("items", "found"),
    [
        # Behind the clause that opens the sentence.
        (
            "1. Căn cứ kế hoạch này, các sở, ngành khẩn trương lập danh mục bến.",
            [(("các sở, ngành",), "1. Căn cứ kế hoạ", None)],
        ),
        (
            "1. Trên cơ sở đề xuất, nhu cầu thực tế, Sở Tài chính bố trí kinh phí.",
            [(("Sở Tài chính",), "1. Trên cơ sở đề", None)],
        ),
        # What nobody is told to do, whoever issues the plan does.
        ("1. Khảo sát luồng lạch.", [(("Ủy ban nhân dân tỉnh Hà Giang",), "1. Khảo sát luồn", None)]),
        # What an item is called is not said of its task.
        (
            "1. Bến cũ\n- Nội dung: Sửa chữa bến.\n- Cơ quan thực hiện: Sở Xây dựng.",
            [(("Sở Xây dựng",), "- Nội dung: Sửa ", None)],
        ),
        (
            "1. Bến cũ\n- Cơ quan thực hiện: Sở Xây dựng rà soát bến trước ngày 30/6/2026.",
            [(("Sở Xây dựng",), "- Cơ quan thực h", "..2026-06-30")],
        ),
        (
            "1. Bến cũ\n- Nội dung: Sửa chữa bến.\n- Phân công thực hiện:\n+ Cơ quan chủ trì: Sở Xây dựng.",
            [(("Sở Xây dựng",), "- Nội dung: Sửa ", None)],
        ),
        (
            "1. Bến cũ\na) Nhiệm vụ:\n- Sửa chữa bến.\n- Nạo vét luồng.\nb) Thời gian thực hiện: Hoàn thành trong năm 2026.",
            [
                (("Ủy ban nhân dân tỉnh Hà Giang",), "- Sửa chữa bến.", "2026"),
                (("Ủy ban nhân dân tỉnh Hà Giang",), "- Nạo vét luồng.", "2026"),
            ],
        ),
        # Money is nobody's task until somebody is told to find it; a wish and a copy are none at all.
        (
            "III. KINH PHÍ\n1. Bố trí từ ngân sách hằng năm.\n2. Sở Tài chính cân đối nguồn vốn.",
            [(("Sở Tài chính",), "2. Sở Tài chính ", None)],
        ),
        ("1. Đề nghị: Hội Nông dân tỉnh\na) Vận động hội viên.", []),
        ("Văn phòng Chính phủ thông báo để các cơ quan biết.\nCùng dự có lãnh đạo Sở Xây dựng.", []),
        # A heading's time holds for a list that goes on.
        (
            "2. Kế hoạch giai đoạn 2026 - 2030\n2.1. Bến mới\n- Xây dựng ba bến.\nTrong đó:\n+ Xây dựng bến số một.",
            [
                (("Ủy ban nhân dân tỉnh Hà Giang",), "- Xây dựng ba bế", "2026..2030"),
                (("Ủy ban nhân dân tỉnh Hà Giang",), "+ Xây dựng bến s", "2026..2030"),
            ],
        ),
        # What is counted out takes the time said before.
        (
            "1. Các sở khắc phục sai sót, hoàn thành trong tháng 3 năm 2026, cụ thể: (1) Sở Y tế nâng cấp mạng. "
            "(2) Sở Nội vụ kết nối mạng.",
            [(("Các sở",), "1. Các sở khắc p", "2026-03"), (("Sở Nội vụ",), "(2) Sở Nội vụ kế", "2026-03")],
        ),
        # The years of a plan that is followed, and two days of every year, are no deadline.
        (
            "1. Sở Xây dựng xây bến theo Quy hoạch cảng thời kỳ 2021 - 2030.",
            [(("Sở Xây dựng",), "1. Sở Xây dựng x", None)],
        ),
        (
            "1. Sở Xây dựng báo cáo trước ngày 01/6 và 15/11 hằng năm.",
            [(("Sở Xây dựng",), "1. Sở Xây dựng b", "recurring")],
        ),
        # Either placement of tones.
        ("1. Giao Đảng uỷ Chính phủ rà soát bến.", [(("Đảng uỷ Chính phủ",), "1. Giao Đảng uỷ ", None)]),
    ],
)
def test_a_plan_says_who_does_what_by_when_in_many_ways(
    items: str, found: list[tuple[tuple[str, ...], str, str | None]]
) -> None:
    assert drafts_of(PROVINCE + items + "\n") == found


TABLE = """PHỤ LỤC
| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |
|---|---|---|---|---|
| I | Thể chế | | | |
| 1 | Xây dựng nghị định | Bộ Tài chính | Bộ Tư pháp | Quý II/2026 |
| 2 | Nâng tỷ lệ nội địa hóa lên ít nhất 45% | Bộ Công Thương | | 12/2027 |
| 3 | Đối thoại với doanh nghiệp | Bộ Văn hóa, Thể thao và Du lịch | | Hằng năm |
"""


def test_a_table_of_tasks_is_read_by_its_columns() -> None:
    rows = [
        (one.title, one.owners, one.counterparts, one.deadline.value if one.deadline else None)
        for one in drafted(TABLE).drafts
    ]
    assert rows == [
        ("Xây dựng nghị định", ("Bộ Tài chính",), ("Bộ Tư pháp",), "..2026-Q2"),
        ("Nâng tỷ lệ nội địa hóa lên ít nhất 45%", ("Bộ Công Thương",), (), "..2027-12"),
        ("Đối thoại với doanh nghiệp", ("Bộ Văn hóa, Thể thao và Du lịch",), (), "recurring"),
    ]


def test_three_sides_are_three_and_a_text_about_others_is_not_about_us() -> None:
    text = (
        "Leaders of Japan, India and Brazil met. Japan, India and Brazil will meet again.\n"
        "The three countries committed to open a port in June."
    )
    last = draft(text, date(2026, 4, 1)).drafts[-1]
    assert set(last.owners) == {"Japan", "India", "Brazil"}
    assert last.deadline is not None
    assert last.deadline.value == "2026-06"
    others = "Nhật Bản và Ấn Độ hội đàm. " * 4 + "\nThủ tướng Modi của Ấn Độ gặp ông Abe.\nHai bên nhất trí mở cảng."
    assert set(only(others).owners) == {"Nhật Bản", "Ấn Độ"}


def test_a_second_verb_is_of_whoever_stands_first_and_a_list_goes_on_behind_what_broke_into_it() -> None:
    praise = "Thủ tướng Nhật Bản đánh giá cao Việt Nam mở cửa, và cam kết tăng vốn vay."
    assert only(NEWS + praise).owners == ("Nhật Bản",)
    text = NEWS + "Hai bên nhất trí mở thêm đường bay.\nQuang cảnh hội đàm.\nXây dựng trung tâm đào tạo tại Hà Nội."
    assert [one.sentence[:8] for one in drafted(text).drafts] == ["Hai bên ", "Xây dựng"]


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("Hai bên nhất trí đưa kim ngạch đạt 60 tỷ USD.", [("60 tỷ USD", 60_000_000_000, "USD")]),
        ("Nhật Bản sẽ cung cấp khoản vay 1.250,5 triệu yên.", [("1.250,5 triệu yên", 1_250_500_000, "JPY")]),
        ("Hai bên quyết tâm tăng thương mại ít nhất 15%/năm.", [("ít nhất 15%", 15, "percent")]),
        ("Nhật Bản cam kết dành 60 suất học bổng cho Việt Nam.", [("60 suất học bổng", 60, "suất học bổng")]),
        ("Hai bên nhất trí triển khai dự án số 12 tại Hà Nội.", []),
        ("Năm 2024 đạt 1,2 tỷ USD, hai bên phấn đấu đạt 2 tỷ - 3 tỷ USD.", [("2 tỷ - 3 tỷ USD", 3 * 10**9, "USD")]),
        ("Hai bên phấn đấu đưa kim ngạch lên 3 tỷ USD từ mức 2 tỷ USD.", [("3 tỷ USD", 3 * 10**9, "USD")]),
        ("Hai bên phấn đấu đạt 3 tỷ USD, hơn 2 tỷ USD năm 2024.", [("3 tỷ USD", 3 * 10**9, "USD")]),
    ],
)
def test_amounts_are_read_as_vietnamese_writes_them(sentence: str, targets: list[tuple[str, int, str]]) -> None:
    one = only(NEWS + sentence)
    assert [(t.text, t.value and int(t.value), t.unit) for t in one.targets] == targets


def test_another_deadline_in_a_sentence_is_another_draft() -> None:
    text = NEWS + "Hai bên nhất trí đưa kim ngạch đạt 50 tỷ USD năm 2026 và 60 tỷ USD năm 2030."
    found = [
        (one.deadline.value if one.deadline else None, [t.text for t in one.targets]) for one in drafted(text).drafts
    ]
    assert found == [("2026", ["50 tỷ USD"]), ("2030", ["60 tỷ USD"])]


def test_another_party_behind_a_semicolon_is_another_draft_with_its_own_words() -> None:
    text = NEWS + "Hai bên nhất trí đưa kim ngạch lên 60 tỷ USD vào năm 2030; Nhật Bản cam kết cấp vốn trong năm 2027."
    found = [
        (one.owners, one.sentence[:8], one.deadline and one.deadline.value, [t.text for t in one.targets])
        for one in drafted(text).drafts
    ]
    assert found == [
        (("Việt Nam", "Nhật Bản"), "Hai bên ", "..2030", ["60 tỷ USD"]),
        (("Nhật Bản",), "Nhật Bản", "2027", []),
    ]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Hai bên nhất trí mở thêm đường bay.", "Mở thêm đường bay"),
        ("Hai bên thống nhất về việc mở thêm đường bay.", "Mở thêm đường bay"),
        ("Nhật Bản cam kết sẽ mở thêm đường bay.", "Mở thêm đường bay"),
        ("Nhật Bản sẽ mở thêm đường bay; nhất trí lập quỹ.", "Mở thêm đường bay; nhất trí lập quỹ"),
        ("Hai bên quyết tâm đưa kim ngạch lên 60 tỷ USD.", "Quyết tâm đưa kim ngạch lên 60 tỷ USD"),
    ],
)
def test_a_title_says_what_is_promised_and_not_that_it_is(sentence: str, title: str) -> None:
    assert only(NEWS + sentence).title == title


def test_signing_at_a_time_to_come_is_promised() -> None:
    assert only(NEWS + "Hai bên nhất trí ký hiệp định thương mại trong năm 2027.").strength == "agreed"
    assert drafted(NEWS + "Hai bên nhất trí ký hiệp định thương mại.").drafts == ()


def test_an_amount_goes_with_the_date_of_its_own_part() -> None:
    text = NEWS + "Hai bên nhất trí phấn đấu năm 2026 thương mại tăng trên 8% và năm 2027 tăng từ 10%."
    found = [
        (one.deadline.value if one.deadline else None, [t.text for t in one.targets]) for one in drafted(text).drafts
    ]
    assert found == [("2026", ["trên 8%"]), ("2027", ["từ 10%"])]


def test_who_is_asked_may_stand_behind_the_time_and_a_body_to_be_founded_is_asked_nothing() -> None:
    text = (
        "Thủ tướng Chính phủ vừa ký công điện, yêu cầu Bộ Xây dựng rà soát các cầu cảng.\n"
        "Trước ngày 15/12/2025, Bộ Tài chính trình Chính phủ phương án vốn.\n"
        "Thủ tướng yêu cầu thành lập Ban chỉ đạo nạo vét luồng."
    )
    _first, second, third = drafted(text).drafts
    assert (second.owners, second.deadline and second.deadline.value) == (("Bộ Tài chính",), "..2025-12-15")
    assert third.owners == ()


def test_both_spellings_and_both_normal_forms_are_read_alike() -> None:
    sentence = "Hai bên nhất trí uỷ quyền cho hai Bộ, hoà giải tranh chấp."
    composed, decomposed = NEWS + sentence, unicodedata.normalize("NFD", NEWS + sentence)
    one, other = only(composed), only(decomposed)
    assert decomposed[other.start : other.end] == other.sentence
    assert unicodedata.normalize("NFC", other.sentence) == one.sentence == sentence


def test_an_empty_or_foreign_text_has_no_drafts() -> None:
    assert drafted("").drafts == ()
    assert drafted("Lorem ipsum dolor sit amet.\n" * 3).drafts == ()


def test_a_title_has_no_marks_of_emphasis_and_its_place_is_that_of_the_text_as_read() -> None:
    text = "Thủ tướng Việt Nam và Thủ tướng Lào hội đàm.\n**Hai bên nhất trí** thúc đẩy *dự án* cảng Vũng Áng."
    (one,) = draft(text, date(2026, 6, 1)).drafts
    assert one.title == "Thúc đẩy dự án cảng Vũng Áng"
    assert text[one.start : one.end] == one.sentence
