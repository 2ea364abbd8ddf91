"""What people did: short reports in a clerk's words, each with the sentence that would stand on the certificate.

`{ap}`, `{xa}` and `{huyen}` are put in by the builder. All of it is invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One thing done or given; `value` in whole đồng where a unit declared one."""

    nature: str
    text: str
    value: int | None = None


@dataclass(frozen=True)
class Story:
    """A report: `summary` is printed on the certificate, `lines` are the achievements."""

    summary: str
    report: str
    lines: tuple[Line, ...]


HOUSEHOLDS = {
    "tom_lua": Story(
        "Vượt khó thoát nghèo bằng mô hình tôm - lúa và giúp năm hộ cùng ấp làm theo",
        "Gia đình ở {ap}, {xa}, trước đây làm 8 công lúa một vụ, năm nào gặp mặn sớm thì mất trắng. Từ đầu năm 2017 hộ "
        "tự đăng ký thoát nghèo, vay 30 triệu đồng của Ngân hàng Chính sách xã hội, lên bờ bao, nuôi tôm sú vụ mặn và "
        "cấy lại lúa vụ mưa.\n"
        "Vụ đầu lỗ vì tôm thả dày. Rút kinh nghiệm, hộ thả thưa, giữ cỏ năn cho tôm trú, mỗi năm còn lãi chừng 60 triệu "
        "đồng, trả hết nợ trước hạn năm tháng.\n"
        "Hộ chỉ lại cách coi nước, chọn con giống cho năm hộ trong ấp; bốn hộ trong số đó nay đã ra khỏi danh sách nghèo.",
        (
            Line("other", "Chuyển 8 công lúa một vụ sang tôm - lúa, mỗi năm lãi chừng 60 triệu đồng"),
            Line("knowledge", "Chỉ cách làm tôm - lúa cho năm hộ cùng ấp"),
        ),
    ),
    "khom": Story(
        "Vươn lên thoát nghèo từ rẫy khóm xen cau, dừa và giúp vốn giống cho hộ nghèo",
        "Hộ ở {ap}, {xa} có 5 công đất phèn bỏ cỏ. Năm 2017 hộ đăng ký thoát nghèo, tự đào mương, lên liếp, xin con khóm "
        "giống của bà con rồi trồng dần từng liếp, trồng xen cau và dừa để lấy ngắn nuôi dài.\n"
        "Đến năm thứ ba khóm cho trái đều, cộng tiền cau khô, hộ có thu nhập ổn định, cất lại được căn nhà và cho hai con "
        "đi học trở lại.\n"
        "Mỗi năm hộ cho ba hộ nghèo cùng ấp mỗi hộ 2.000 con khóm giống, không lấy tiền, chỉ dặn khi có thì cho lại hộ khác.",
        (
            Line("other", "Cải tạo 5 công đất phèn thành rẫy khóm xen cau, dừa"),
            Line("goods", "Cho ba hộ nghèo 6.000 con khóm giống", 9_000_000),
        ),
    ),
    "so_huyet": Story(
        "Thoát nghèo bền vững nhờ nuôi sò huyết dưới tán rừng và lập tổ giúp nhau giữ bãi",
        "Hộ ở {ap}, {xa}, không có đất ruộng, sống bằng nghề bắt cua, mò sò mướn. Năm 2017 hộ tự nguyện đăng ký thoát nghèo, "
        "nhận khoán 2 héc-ta rừng phòng hộ ven biển, vay vốn thả sò huyết giống dưới tán rừng.\n"
        "Nhờ giữ rừng tốt, sò ít chết; sau hai năm hộ thu được 70 triệu đồng, trả dứt nợ ngân hàng và trồng thêm 500 cây đước.\n"
        "Hộ rủ sáu hộ quanh bãi lập tổ thay phiên canh bãi ban đêm, chia nhau con giống, mùa thu hoạch bán chung một mối "
        "nên không bị ép giá.",
        (
            Line("other", "Nuôi sò huyết dưới 2 héc-ta rừng nhận khoán, trồng thêm 500 cây đước"),
            Line("labour", "Lập tổ sáu hộ thay phiên canh bãi, bán chung"),
        ),
    ),
    "dan_bang": Story(
        "Giữ nghề đan cỏ bàng, tự lực thoát nghèo và dạy nghề cho chị em trong ấp",
        "Chủ hộ là phụ nữ đơn thân ở {ap}, {xa}, ba miệng ăn chỉ trông vào 40 bó cỏ bàng mỗi tháng bán cho lái. Sau khi đăng ký "
        "thoát nghèo năm 2017, chị theo học lớp đan túi, đan giỏ của Hội Phụ nữ, nhận hàng về làm tại nhà.\n"
        "Từ chỗ bán cỏ thô, mỗi tháng hộ đan được 120 túi, thu nhập chừng 4 triệu đồng. Cuối năm 2018 hộ ra khỏi danh sách nghèo.\n"
        "Chị mở lớp ngay hiên nhà, chỉ nghề cho mười một chị em, phần lớn là người Khmer; ai đan lỗi chị ngồi gỡ cùng tới khuya.",
        (
            Line("other", "Từ bán cỏ bàng thô chuyển sang đan túi, mỗi tháng 120 sản phẩm"),
            Line("knowledge", "Dạy nghề đan bàng không lấy tiền cho mười một chị em"),
        ),
    ),
    "nuoi_bo": Story(
        "Nuôi bò vỗ béo thoát nghèo, trao lại bê giống cho hộ khó khăn hơn",
        "Hộ ở {ap}, {xa}, vợ chồng làm mướn, không đất sản xuất. Năm 2017 hộ nhận một con bò cái của nhóm nuôi bò xoay vòng và viết "
        "giấy đăng ký thoát nghèo trong hai năm.\n"
        "Ban ngày đi cắt lúa mướn, chiều cắt cỏ bờ kinh, hộ gây được bốn con bò, bán hai con sửa nhà và trả nợ thuốc thang.\n"
        "Đúng hẹn, hộ trao lại con bê đầu tiên cho một gia đình neo đơn trong ấp và lui tới chỉ cách ủ cỏ, làm chuồng.",
        (
            Line("other", "Từ một con bò được giao gây thành đàn bốn con, thoát nghèo cuối năm 2018"),
            Line("goods", "Trao lại một con bê cho gia đình neo đơn", 8_000_000),
        ),
    ),
    "rau_mau": Story(
        "Hộ Khmer vượt khó trồng màu dưới chân ruộng, thoát nghèo và giúp bà con cùng phum",
        "Gia đình người Khmer ở {ap}, {xa}, đông con, chỉ có 3 công ruộng gò. Được cán bộ xã và các vị trong chùa động viên, "
        "năm 2017 hộ đăng ký thoát nghèo, bỏ vụ lúa hè thu kém năng suất để trồng dưa leo, khổ qua, bí đao.\n"
        "Cả nhà dậy từ bốn giờ sáng hái rau đem chợ. Mỗi công màu lời gấp ba công lúa; đến cuối năm 2018 hộ được công nhận thoát nghèo.\n"
        "Hộ cho bốn gia đình bà con mượn hạt giống, chỉ cách làm giàn, và nhường một góc ruộng cho một cụ già trồng rau.",
        (
            Line("other", "Chuyển 3 công lúa hè thu sang trồng màu, lời gấp ba lần"),
            Line("knowledge", "Giúp giống và cách làm cho bốn gia đình bà con"),
        ),
    ),
    "ca_long_be": Story(
        "Bám biển nuôi cá lồng bè, thoát nghèo và cùng xóm đảo giữ sạch bãi",
        "Hộ ở {ap}, {xa}, trước làm thuê trên ghe câu. Năm 2017 hộ đăng ký thoát nghèo, đóng hai lồng bè nhỏ bằng gỗ cũ, nuôi cá bớp "
        "bằng cá tạp tự câu.\n"
        "Năm 2018 bão làm hư một lồng, hộ vay lại, đóng lồng chắc hơn, dời vào chỗ khuất gió. Hai vụ sau bán được giá, trả xong nợ.\n"
        "Hộ chia sẻ con giống cho ba gia đình mới ra nghề và mỗi tuần cùng xóm vớt rác quanh bè.",
        (Line("other", "Nuôi cá bớp lồng bè, trả xong nợ vay và thoát nghèo"), Line("labour", "Mỗi tuần cùng xóm đảo vớt rác quanh bè")),
    ),
}  # fmt: skip

COMMUNITIES = {
    "ap_doan_ket": Story(
        "Cộng đồng ấp đoàn kết giúp nhau vốn, giống, ngày công, giảm nhanh hộ nghèo",
        "{ap}, {xa} đầu năm 2016 còn 41 hộ nghèo. Chi bộ và Ban công tác Mặt trận chia ấp thành sáu tổ, tổ nào nhận giúp đích danh "
        "hộ nghèo của tổ ấy, ghi tên dán ở nhà văn hóa.\n"
        "Bà con góp quỹ xoay vòng 180 triệu đồng có quy chế cho vay, thu hồi từng quý, chưa mất khoản nào. Hai mươi sáu hộ được giúp vốn, "
        "chín hộ được giúp cất nhà bằng ngày công.\n"
        "Đến nay ấp còn sáu hộ nghèo, đều là người già neo đơn được các tổ thay phiên chăm lo gạo và thuốc.",
        (
            Line("money", "Góp quỹ xoay vòng của ấp cho hộ nghèo vay", 180_000_000),
            Line("labour", "Góp 640 ngày công cất chín căn nhà cho hộ nghèo"),
        ),
    ),
    "hu_gao": Story(
        "Duy trì hũ gạo tình thương, nuôi cơm người già neo đơn và học sinh nghèo",
        "Chi hội phụ nữ {ap}, {xa} bắt đầu từ 12 chị, mỗi bữa nấu cơm bớt lại một nắm gạo bỏ vào hũ. Cuối tháng các chị gom về, cân, "
        "ghi sổ công khai rồi chia cho người già neo đơn và học sinh khó khăn.\n"
        "Nay có 74 gia đình để hũ gạo, mỗi tháng được hơn 300 kg. Năm năm qua chưa tháng nào đứt bữa.\n"
        "Chi hội còn giúp năm chị vay vốn buôn bán nhỏ, dạy may cho ba chị; bốn chị đã đưa gia đình thoát nghèo.",
        (
            Line("goods", "Gom và trao hơn 15 tấn gạo cho người già, học sinh nghèo", 165_000_000),
            Line("other", "Giúp năm hội viên có vốn làm ăn, bốn người đã thoát nghèo"),
        ),
    ),
    "to_hop_tac": Story(
        "Tổ hợp tác cắt lúa, bơm nước giúp hộ nghèo có việc làm và giảm chi phí",
        "Tổ hợp tác của {ap}, {xa} gồm 28 hội viên nông dân có máy bơm, máy cắt. Từ năm 2016 tổ nhận bơm nước, cắt lúa chịu tiền cho "
        "hộ nghèo đến khi bán lúa mới trả, tính bằng nửa giá thị trường.\n"
        "Tổ dành 17 chỗ làm theo mùa cho con em hộ nghèo, dạy lái máy, dạy sửa máy.\n"
        "Nhờ vậy 19 hộ có lúa vụ ba, mười một hộ thoát nghèo.",
        (
            Line("labour", "Bơm nước, cắt lúa nửa giá cho 19 hộ nghèo"),
            Line("other", "Dành 17 chỗ làm theo mùa cho con em hộ nghèo"),
        ),
    ),
}  # fmt: skip

PLACES_AND_OFFICES = {
    "xa_giam_ngheo": Story(
        "Lãnh đạo nhân dân giảm nghèo nhanh, huy động tốt sức dân làm đường, làm nhà",
        "{xa}, {huyen} đầu giai đoạn có tỷ lệ hộ nghèo 17,4%. Hội đồng nhân dân xã ra nghị quyết riêng về giảm nghèo, mỗi cán bộ xã nhận "
        "đỡ đầu hai hộ, hằng quý báo cáo với ấp.\n"
        "Xã vận động 6,2 tỷ đồng và 4.100 ngày công, làm 21 km đường bê tông, 8 cây cầu, 46 căn nhà. Kinh phí được quyết toán đúng hạn, "
        "niêm yết tại trụ sở ấp.\n"
        "Tỷ lệ hộ nghèo giảm bình quân 3,1 điểm phần trăm mỗi năm, vượt mức huyện giao.",
        (
            Line("other", "Giảm tỷ lệ hộ nghèo bình quân 3,1 điểm phần trăm mỗi năm"),
            Line("other", "Vận động 6,2 tỷ đồng và 4.100 ngày công làm đường, cầu, nhà"),
        ),
    ),
    "huyen_giam_ngheo": Story(
        "Chỉ đạo đồng bộ các chương trình giảm nghèo, đưa hai xã ra khỏi diện đặc biệt khó khăn",
        "{huyen} giao chỉ tiêu giảm nghèo đến từng ấp, phân công phòng, ban phụ trách xã và lấy kết quả ấy xét thi đua cuối năm.\n"
        "Huyện ưu tiên vốn cho xã bãi ngang, lồng ghép vốn nông thôn mới với vốn giảm nghèo, dạy nghề cho 1.260 lao động thuộc hộ nghèo.\n"
        "Bốn năm liền tỷ lệ hộ nghèo giảm vượt mức tỉnh giao.",
        (
            Line("other", "Bốn năm liền giảm nghèo vượt mức tỉnh giao"),
            Line("other", "Dạy nghề cho 1.260 lao động thuộc hộ nghèo"),
        ),
    ),
    "y_te": Story(
        "Khám, chữa bệnh lưu động cho người nghèo vùng sâu và hải đảo",
        "Tập thể tổ chức 34 chuyến khám lưu động về các ấp xa trung tâm và các xã đảo, khám và cấp thuốc cho hơn 9.800 lượt người nghèo.\n"
        "Tập thể hướng dẫn các trạm y tế lập sổ theo dõi bệnh mạn tính của hộ nghèo, đề xuất sửa quy trình chuyển tuyến để người có thẻ bảo "
        "hiểm y tế hộ nghèo không phải chờ lâu.\n"
        "Tập thể nhận giúp ba xã khó khăn, mỗi quý cử bác sĩ về ở lại một tuần.",
        (
            Line("labour", "34 chuyến khám lưu động, hơn 9.800 lượt người nghèo được khám"),
            Line("other", "Nhận giúp ba xã khó khăn, mỗi quý một tuần"),
        ),
    ),
    "truong_hoc": Story(
        "Giữ học sinh nghèo không bỏ học bằng phong trào góc cơm trưa và tủ áo trắng",
        "Nhà trường ở {xa} có gần một phần ba học sinh thuộc hộ nghèo, nhà xa, mùa nước lên hay nghỉ học. Thầy cô góp tiền nấu cơm trưa, lập "
        "tủ áo trắng, xe đạp xoay vòng.\n"
        "Từ chỗ mỗi năm 23 em bỏ học, ba năm nay chỉ còn hai em. Trường nhận đỡ đầu một ấp nghèo, chiều thứ bảy mở lớp xóa mù chữ cho cha mẹ "
        "học sinh.",
        (
            Line("goods", "Nấu 41.000 suất cơm trưa cho học sinh nghèo", 328_000_000),
            Line("knowledge", "Mở lớp xóa mù chữ cho 36 phụ huynh"),
        ),
    ),
    "hoi_doan_the": Story(
        "Nhân rộng mô hình tổ phụ nữ tiết kiệm, giúp hội viên nghèo có vốn làm ăn",
        "Hội xây dựng 412 tổ phụ nữ tiết kiệm, mỗi tổ góp từ 20.000 đồng một tháng, cho hội viên nghèo vay xoay vòng không lấy lãi. Mô hình bắt "
        "đầu ở ba xã nay có ở hầu hết các xã trong tỉnh.\n"
        "Hơn 2.300 hội viên nghèo được vay, 874 hội viên đưa gia đình thoát nghèo. Hội còn vận động sửa 51 mái ấm tình thương.",
        (
            Line("other", "Nhân rộng 412 tổ tiết kiệm, 874 hội viên thoát nghèo"),
            Line("money", "Vận động sửa 51 mái ấm tình thương", 1_530_000_000),
        ),
    ),
}  # fmt: skip

OFFICIALS = {
    "can_bo_xa": Story(
        "Cán bộ giảm nghèo tận tụy, bám ấp, có sáng kiến sổ theo dõi từng hộ nghèo",
        "Làm công tác giảm nghèo ở {xa} từ năm 2012, hằng tuần đi ít nhất hai buổi xuống ấp. Mỗi hộ nghèo có một trang sổ ghi thiếu gì, ai "
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
        "Phụ trách chương trình giảm nghèo của {huyen}, đã tham mưu lồng ghép ba nguồn vốn, hướng dẫn các xã làm hồ sơ hỗ trợ nhà ở không để "
        "trễ hạn hồ sơ nào trong ba năm.\n"
        "Mỗi tháng dự họp với ít nhất bốn ấp, tự tay soạn tờ hỏi đáp chính sách bằng tiếng Việt và tiếng Khmer.",
        (
            Line("other", "Ba năm không để trễ hạn hồ sơ hỗ trợ nhà ở nào"),
            Line("knowledge", "Soạn tờ hỏi đáp chính sách hai thứ tiếng"),
        ),
    ),
}  # fmt: skip

DONORS = {
    "cau_nong_thon": Story(
        "Góp công bắc cầu nông thôn, nối đôi bờ kinh cho bà con nghèo đi lại",
        "Mười hai năm nay đội của ông bắc cầu từ thiện khắp các kinh rạch {huyen}. Riêng từ 2016 đến nay đội làm 37 cây cầu bê tông, mỗi cây ông "
        "trực tiếp làm thợ chính hai, ba tuần, không nhận tiền công.\n"
        "Vật tư do bà con góp, sổ thu chi dán ở đầu cầu. Học sinh {xa} không còn phải qua đò mùa nước lớn.",
        (Line("labour", "Góp hơn 900 ngày công, làm thợ chính 37 cây cầu nông thôn"), Line("knowledge", "Truyền nghề cho 20 thanh niên trong đội")),
    ),
    "nha_dai_doan_ket": Story(
        "Ủng hộ xây nhà đại đoàn kết cho hộ nghèo, đóng góp Quỹ Vì người nghèo",
        "Đơn vị ủng hộ tiền xây nhà đại đoàn kết cho hộ nghèo ở {huyen} và đóng góp Quỹ “Vì người nghèo” hằng năm. Mỗi căn nhà có bản vẽ, có người "
        "của đơn vị cùng Ban công tác Mặt trận giám sát.\n"
        "Tết nào đơn vị cũng đến thăm lại từng nhà, nhà nào dột thì sửa, con em cần việc thì nhận vào làm.",
        (Line("money", "Ủng hộ xây nhà đại đoàn kết cho hộ nghèo", 250_000_000),),
    ),
    "dat_lam_duong": Story(
        "Hiến đất làm đường và điểm trường cho xóm nghèo",
        "Gia đình ở {ap}, {xa} hiến 620 mét vuông đất vườn mặt tiền để mở đường vào xóm trong và cất điểm trường mẫu giáo. Cây trái trên đất gia "
        "đình tự đốn, không nhận đền bù.\n"
        "Từ khi có đường, xe chở lúa vô tận ruộng, 53 hộ trong xóm bán được giá hơn; trẻ con đi học không phải lội bùn.",
        (Line("land", "Hiến 620 mét vuông đất làm đường và điểm trường", 50_000_000),),
    ),
    "day_nghe": Story(
        "Dạy nghề sửa máy không lấy tiền cho con em hộ nghèo",
        "Chủ tiệm sửa máy nổ ở {xa} nhận con em hộ nghèo vào học nghề, nuôi cơm trưa, học xong tặng bộ đồ nghề. Từ 2016 đến nay có 44 em ra nghề, "
        "29 em mở được tiệm hoặc có việc làm ổn định.\n"
        "Ông còn đi các ấp chỉ bà con cách giữ máy bơm, đỡ tốn tiền sửa mỗi mùa.",
        (Line("knowledge", "Dạy nghề sửa máy cho 44 con em hộ nghèo"), Line("labour", "Đi các ấp chỉ cách giữ máy bơm mỗi mùa")),
    ),
    "gao_mua_lu": Story(
        "Hỗ trợ gạo, nước ngọt cho hộ nghèo trong đợt hạn mặn",
        "Trong đợt hạn mặn, nhà hảo tâm mua gạo, thuê sà lan chở nước ngọt về {huyen}, giao tận tay từng hộ nghèo theo danh sách của ấp, có chữ ký "
        "nhận và biên bản của Mặt trận.\n"
        "Sau hạn, nhà hảo tâm tặng thêm bồn chứa nước cho các gia đình neo đơn.",
        (Line("goods", "Tặng gạo, nước ngọt và bồn chứa cho hộ nghèo", 100_000_000),),
    ),
    "bao_tieu": Story(
        "Bao tiêu nông sản của hộ nghèo, tạo việc làm tại chỗ",
        "Đơn vị ký hợp đồng mua lúa, tôm, khóm của 236 hộ nghèo, cận nghèo ở {huyen}, ứng trước giống, mua cao hơn giá chợ, tuyển 61 lao động thuộc hộ "
        "nghèo vào làm, dạy nghề tại chỗ.\n"
        "Ngoài ra đơn vị ủng hộ Quỹ “Vì người nghèo” và sửa nhà cho công nhân khó khăn.",
        (Line("other", "Bao tiêu nông sản cho 236 hộ nghèo, nhận 61 lao động"), Line("money", "Ủng hộ Quỹ Vì người nghèo", 200_000_000)),
    ),
    "tin_dung": Story(
        "Đưa vốn chính sách đến đúng hộ nghèo, nợ quá hạn thấp nhất khu vực",
        "Đơn vị đưa vốn tới 145 điểm giao dịch xã, mỗi tháng giao dịch cố định một ngày, hộ nghèo không phải lên huyện. Trong giai đoạn có 41.000 lượt hộ "
        "nghèo, cận nghèo, mới thoát nghèo được vay.\n"
        "Tỷ lệ nợ quá hạn 0,31%. Cán bộ tín dụng cùng tổ vay vốn hướng dẫn từng hộ lập phương án làm ăn.",
        (Line("other", "41.000 lượt hộ được vay vốn, nợ quá hạn 0,31%"),),
    ),
    "hoc_bong": Story(
        "Trao học bổng và mổ mắt miễn phí cho người nghèo đồng bằng",
        "Tổ chức phối hợp với Hội Chữ thập đỏ và Sở Y tế mổ mắt miễn phí cho 640 người già nghèo, trao 380 suất học bổng cho học sinh nghèo, trong đó có "
        "nhiều em người Khmer.\n"
        "Mọi khoản đều có sổ theo dõi, hằng năm mời kiểm toán độc lập và gửi báo cáo cho tỉnh.",
        (Line("money", "Mổ mắt cho 640 người và 380 suất học bổng", 2_140_000_000),),
    ),
    "tri_thuc": Story(
        "Chuyển giao kỹ thuật lọc nước lợ và ươm giống cho vùng hạn mặn",
        "Là người Việt Nam ở nước ngoài, kỹ sư đã năm lần về {huyen}, ở lại với bà con, hướng dẫn làm bể lọc nước lợ bằng vật liệu tại chỗ và ươm giống cây "
        "chịu mặn. Bản vẽ được cho dùng tự do.\n"
        "Đến nay 118 hộ có bể lọc, ba trường học có nước sạch nấu ăn.",
        (Line("knowledge", "Chuyển giao bể lọc nước lợ cho 118 hộ và ba trường học"), Line("labour", "Năm chuyến về nước, mỗi chuyến ba tuần")),
    ),
    "bep_com": Story(
        "Nấu cơm, cháo miễn phí cho bệnh nhân nghèo suốt nhiều năm",
        "Nhóm nấu bữa sáng và bữa trưa miễn phí cho bệnh nhân nghèo tại bệnh viện, mỗi ngày 350 suất, không nghỉ ngày nào kể cả Tết. Gạo, rau do bà con các "
        "huyện gửi, sổ thu chi công khai.\n"
        "Ngoài nấu ăn, nhóm góp tiền xe cho bệnh nhân ở xa về nhà.",
        (Line("goods", "Gạo, rau, chất đốt nấu 350 suất ăn mỗi ngày", 180_000_000), Line("labour", "45 người thay phiên nấu và phát cơm")),
    ),
}  # fmt: skip

STORIES: dict[str, Story] = {**HOUSEHOLDS, **COMMUNITIES, **PLACES_AND_OFFICES, **OFFICIALS, **DONORS}

REASONS = {
    "general.1": "Chính quyền và Mặt trận địa phương xác nhận chấp hành tốt, không có phản ánh nào.",
    "general.2": "Hoàn thành tốt phần việc được giao, có nhận xét của nơi quản lý kèm theo.",
    "general.3": "Tham gia đầy đủ sinh hoạt ở cơ sở, được bà con tín nhiệm qua cuộc họp bình xét.",
    "general.4": "Tổ chức Đảng, đoàn thể nơi sinh hoạt đạt trong sạch, vững mạnh; hộ và cá nhân ngoài tổ chức không xét.",
    "a.2": "Cách làm có thật, đã xuống xem tại hộ; thu nhập tăng rõ so với năm 2016.",
    "a.3": "Ngân hàng Chính sách xã hội xác nhận trả lãi, gốc đúng hạn.",
    "a.4": "Có tên trong danh sách công nhận thoát nghèo; các hộ được giúp đã ký xác nhận.",
    "b.1": "Sổ vay vốn và danh sách hộ được giúp đầy đủ, đã đối chiếu ba hộ.",
    "b.2": "Có quy chế quản lý, thu hồi vốn, mỗi quý công khai một lần.",
    "b.3": "Sức dân huy động được ghi sổ, có biên bản họp dân kèm theo.",
    "b.4": "Nhà ở, nước sạch, việc học của trẻ em nghèo tốt lên rõ so với đầu giai đoạn.",
    "b.5": "Tỷ lệ hộ nghèo giảm đúng chỉ tiêu theo kết quả rà soát hằng năm.",
    "c.1": "Có nghị quyết của Hội đồng nhân dân và phân bổ ngân sách ưu tiên ấp nghèo.",
    "c.2": "Quyết toán đúng hạn, cơ quan tài chính không có ý kiến gì thêm.",
    "c.3": "Huy động được nguồn lực ngoài ngân sách, có bảng kê kèm theo.",
    "c.4": "Đường, điện, nhà ở của hộ nghèo được cải thiện, đã xem tại chỗ.",
    "c.5": "Vượt mức giảm nghèo được giao theo thông báo kết quả rà soát.",
    "d.1": "Văn bản hướng dẫn ban hành đúng hạn, các xã dễ làm theo.",
    "d.2": "Có đề xuất sửa đổi quy trình được cấp trên chấp nhận.",
    "d.3": "Có cam kết giúp địa bàn cụ thể và lịch đi cơ sở từng quý.",
    "d.4": "Mô hình đã được nhân rộng ra nhiều xã, có số liệu kèm theo.",
    "dd.1": "Bám sát cơ sở, sáng kiến được huyện cho các xã khác học theo.",
    "e.1": "Có giấy xác nhận của nơi nhận; phần đóng góp tương xứng với mức của tỉnh.",
    "e.2": "Việc liên kết, dạy nghề, tạo việc làm có hợp đồng và danh sách kèm theo.",
    "e.3": "Kết quả tín dụng tốt, nợ quá hạn thấp, điểm giao dịch xã đều đặn.",
}
OPINION = "Hồ sơ đủ giấy tờ, thành tích rõ ràng, đã đối chiếu với địa phương. Đề nghị Hội đồng xét khen thưởng."
