"""Stories of officials and of givers."""

from chungtay.desk.demo.story import Line, Story

OFFICIALS = {
    "can_bo_xa": Story(
        "Cán bộ giảm nghèo tận tụy, bám ấp, có sáng kiến sổ theo dõi từng hộ nghèo",
        "Làm công tác giảm nghèo ở {xa} từ năm 2012, hằng tuần đi ít nhất hai buổi xuống ấp. Mỗi hộ nghèo có một "
        "trang sổ ghi thiếu gì, ai "
        "nhận giúp, giúp tới đâu; cách làm này huyện đã cho các xã khác học theo.\n"
        "Nhờ sổ ấy xã phát hiện 14 hộ bị sót, đưa ra 9 hộ không còn đúng diện mà không có đơn khiếu nại nào.\n"
        "Trong đợt hạn mặn, cán bộ này chở nước ngọt tới từng nhà người già suốt hai tháng.",
        (
            Line("knowledge", "Sáng kiến sổ theo dõi từng hộ nghèo, huyện cho học theo"),
            Line("labour", "Hai tháng chở nước ngọt cho người già trong đợt hạn mặn"),
        ),
    ),
    "can_bo_huyen": Story(
        "Tham mưu tốt chính sách giảm nghèo, gần dân, giải quyết hồ sơ đúng hạn",
        "Phụ trách chương trình giảm nghèo của {huyen}, đã tham mưu lồng ghép ba nguồn vốn, hướng dẫn các xã làm hồ "
        "sơ hỗ trợ nhà ở không để "
        "trễ hạn hồ sơ nào trong ba năm.\n"
        "Mỗi tháng dự họp với ít nhất bốn ấp, tự tay soạn tờ hỏi đáp chính sách bằng tiếng Việt và tiếng Khmer.",
        (
            Line("other", "Ba năm không để trễ hạn hồ sơ hỗ trợ nhà ở nào"),
            Line("knowledge", "Soạn tờ hỏi đáp chính sách hai thứ tiếng"),
        ),
    ),
}

DONORS = {
    "cau_nong_thon": Story(
        "Góp công bắc cầu nông thôn, nối đôi bờ kinh cho bà con nghèo đi lại",
        "Mười hai năm nay đội của ông bắc cầu từ thiện khắp các kinh rạch {huyen}. Riêng từ 2016 đến nay đội làm 37 "
        "cây cầu bê tông, mỗi cây ông "
        "trực tiếp làm thợ chính hai, ba tuần, không nhận tiền công.\n"
        "Vật tư do bà con góp, sổ thu chi dán ở đầu cầu. Học sinh {xa} không còn phải qua đò mùa nước lớn.",
        (
            Line("labour", "Góp hơn 900 ngày công, làm thợ chính 37 cây cầu nông thôn"),
            Line("knowledge", "Truyền nghề cho 20 thanh niên trong đội"),
        ),
    ),
    "nha_dai_doan_ket": Story(
        "Ủng hộ xây nhà đại đoàn kết cho hộ nghèo, đóng góp Quỹ Vì người nghèo",
        "Đơn vị ủng hộ tiền xây nhà đại đoàn kết cho hộ nghèo ở {huyen} và đóng góp Quỹ “Vì người nghèo” hằng năm. "
        "Mỗi căn nhà có bản vẽ, có người "
        "của đơn vị cùng Ban công tác Mặt trận giám sát.\n"
        "Tết nào đơn vị cũng đến thăm lại từng nhà, nhà nào dột thì sửa, con em cần việc thì nhận vào làm.",
        (Line("money", "Ủng hộ xây nhà đại đoàn kết cho hộ nghèo", 250_000_000),),
    ),
    "dat_lam_duong": Story(
        "Hiến đất làm đường và điểm trường cho xóm nghèo",
        "Gia đình ở {ap}, {xa} hiến 620 mét vuông đất vườn mặt tiền để mở đường vào xóm trong và cất điểm trường mẫu "
        "giáo. Cây trái trên đất gia "
        "đình tự đốn, không nhận đền bù.\n"
        "Từ khi có đường, xe chở lúa vô tận ruộng, 53 hộ trong xóm bán được giá hơn; trẻ con đi học không phải lội "
        "bùn.",
        (Line("land", "Hiến 620 mét vuông đất làm đường và điểm trường", 50_000_000),),
    ),
    "day_nghe": Story(
        "Dạy nghề sửa máy không lấy tiền cho con em hộ nghèo",
        "Chủ tiệm sửa máy nổ ở {xa} nhận con em hộ nghèo vào học nghề, nuôi cơm trưa, học xong tặng bộ đồ nghề. Từ "
        "2016 đến nay có 44 em ra nghề, "
        "29 em mở được tiệm hoặc có việc làm ổn định.\n"
        "Ông còn đi các ấp chỉ bà con cách giữ máy bơm, đỡ tốn tiền sửa mỗi mùa.",
        (
            Line("knowledge", "Dạy nghề sửa máy cho 44 con em hộ nghèo"),
            Line("labour", "Đi các ấp chỉ cách giữ máy bơm mỗi mùa"),
        ),
    ),
    "gao_mua_lu": Story(
        "Hỗ trợ gạo, nước ngọt cho hộ nghèo trong đợt hạn mặn",
        "Trong đợt hạn mặn, nhà hảo tâm mua gạo, thuê sà lan chở nước ngọt về {huyen}, giao tận tay từng hộ nghèo "
        "theo danh sách của ấp, có chữ ký "
        "nhận và biên bản của Mặt trận.\n"
        "Sau hạn, nhà hảo tâm tặng thêm bồn chứa nước cho các gia đình neo đơn.",
        (Line("goods", "Tặng gạo, nước ngọt và bồn chứa cho hộ nghèo", 100_000_000),),
    ),
    "bao_tieu": Story(
        "Bao tiêu nông sản của hộ nghèo, tạo việc làm tại chỗ",
        "Đơn vị ký hợp đồng mua lúa, tôm, khóm của 236 hộ nghèo, cận nghèo ở {huyen}, ứng trước giống, mua cao hơn "
        "giá chợ, tuyển 61 lao động thuộc hộ "
        "nghèo vào làm, dạy nghề tại chỗ.\n"
        "Ngoài ra đơn vị ủng hộ Quỹ “Vì người nghèo” và sửa nhà cho công nhân khó khăn.",
        (
            Line("other", "Bao tiêu nông sản cho 236 hộ nghèo, nhận 61 lao động"),
            Line("money", "Ủng hộ Quỹ Vì người nghèo", 200_000_000),
        ),
    ),
    "tin_dung": Story(
        "Đưa vốn chính sách đến đúng hộ nghèo, nợ quá hạn thấp nhất khu vực",
        "Đơn vị đưa vốn tới 145 điểm giao dịch xã, mỗi tháng giao dịch cố định một ngày, hộ nghèo không phải lên "
        "huyện. Trong giai đoạn có 41.000 lượt hộ "
        "nghèo, cận nghèo, mới thoát nghèo được vay.\n"
        "Tỷ lệ nợ quá hạn 0,31%. Cán bộ tín dụng cùng tổ vay vốn hướng dẫn từng hộ lập phương án làm ăn.",
        (Line("other", "41.000 lượt hộ được vay vốn, nợ quá hạn 0,31%"),),
    ),
    "hoc_bong": Story(
        "Trao học bổng và mổ mắt miễn phí cho người nghèo đồng bằng",
        "Tổ chức phối hợp với Hội Chữ thập đỏ và Sở Y tế mổ mắt miễn phí cho 640 người già nghèo, trao 380 suất học "
        "bổng cho học sinh nghèo, trong đó có "
        "nhiều em người Khmer.\n"
        "Mọi khoản đều có sổ theo dõi, hằng năm mời kiểm toán độc lập và gửi báo cáo cho tỉnh.",
        (Line("money", "Mổ mắt cho 640 người và 380 suất học bổng", 2_140_000_000),),
    ),
    "tri_thuc": Story(
        "Chuyển giao kỹ thuật lọc nước lợ và ươm giống cho vùng hạn mặn",
        "Là người Việt Nam ở nước ngoài, kỹ sư đã năm lần về {huyen}, ở lại với bà con, hướng dẫn làm bể lọc nước lợ "
        "bằng vật liệu tại chỗ và ươm giống cây "
        "chịu mặn. Bản vẽ được cho dùng tự do.\n"
        "Đến nay 118 hộ có bể lọc, ba trường học có nước sạch nấu ăn.",
        (
            Line("knowledge", "Chuyển giao bể lọc nước lợ cho 118 hộ và ba trường học"),
            Line("labour", "Năm chuyến về nước, mỗi chuyến ba tuần"),
        ),
    ),
    "bep_com": Story(
        "Nấu cơm, cháo miễn phí cho bệnh nhân nghèo suốt nhiều năm",
        "Nhóm nấu bữa sáng và bữa trưa miễn phí cho bệnh nhân nghèo tại bệnh viện, mỗi ngày 350 suất, không nghỉ ngày "
        "nào kể cả Tết. Gạo, rau do bà con các "
        "huyện gửi, sổ thu chi công khai.\n"
        "Ngoài nấu ăn, nhóm góp tiền xe cho bệnh nhân ở xa về nhà.",
        (
            Line("goods", "Gạo, rau, chất đốt nấu 350 suất ăn mỗi ngày", 180_000_000),
            Line("labour", "45 người thay phiên nấu và phát cơm"),
        ),
    ),
}
