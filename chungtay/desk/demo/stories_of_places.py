"""Stories of households, communities, communes and offices."""

from chungtay.desk.demo.story import Line, Story

HOUSEHOLDS = {
    "tom_lua": Story(
        "Vượt khó thoát nghèo bằng mô hình tôm - lúa và giúp năm hộ cùng ấp làm theo",
        "Gia đình ở {ap}, {xa}, trước đây làm 8 công lúa một vụ, năm nào gặp mặn sớm thì mất trắng. Từ đầu năm 2017 hộ "
        "tự đăng ký thoát nghèo, vay 30 triệu đồng của Ngân hàng Chính sách xã hội, lên bờ bao, nuôi tôm sú vụ mặn và "
        "cấy lại lúa vụ mưa.\n"
        "Vụ đầu lỗ vì tôm thả dày. Rút kinh nghiệm, hộ thả thưa, giữ cỏ năn cho tôm trú, mỗi năm còn lãi chừng 60 "
        "triệu "
        "đồng, trả hết nợ trước hạn năm tháng.\n"
        "Hộ chỉ lại cách coi nước, chọn con giống cho năm hộ trong ấp; bốn hộ trong số đó nay đã ra khỏi danh sách "
        "nghèo.",
        (
            Line("other", "Chuyển 8 công lúa một vụ sang tôm - lúa, mỗi năm lãi chừng 60 triệu đồng"),
            Line("knowledge", "Chỉ cách làm tôm - lúa cho năm hộ cùng ấp"),
        ),
    ),
    "khom": Story(
        "Vươn lên thoát nghèo từ rẫy khóm xen cau, dừa và giúp vốn giống cho hộ nghèo",
        "Hộ ở {ap}, {xa} có 5 công đất phèn bỏ cỏ. Năm 2017 hộ đăng ký thoát nghèo, tự đào mương, lên liếp, xin con "
        "khóm "
        "giống của bà con rồi trồng dần từng liếp, trồng xen cau và dừa để lấy ngắn nuôi dài.\n"
        "Đến năm thứ ba khóm cho trái đều, cộng tiền cau khô, hộ có thu nhập ổn định, cất lại được căn nhà và cho hai "
        "con "
        "đi học trở lại.\n"
        "Mỗi năm hộ cho ba hộ nghèo cùng ấp mỗi hộ 2.000 con khóm giống, không lấy tiền, chỉ dặn khi có thì cho lại "
        "hộ khác.",
        (
            Line("other", "Cải tạo 5 công đất phèn thành rẫy khóm xen cau, dừa"),
            Line("goods", "Cho ba hộ nghèo 6.000 con khóm giống", 9_000_000),
        ),
    ),
    "so_huyet": Story(
        "Thoát nghèo bền vững nhờ nuôi sò huyết dưới tán rừng và lập tổ giúp nhau giữ bãi",
        "Hộ ở {ap}, {xa}, không có đất ruộng, sống bằng nghề bắt cua, mò sò mướn. Năm 2017 hộ tự nguyện đăng ký thoát "
        "nghèo, "
        "nhận khoán 2 héc-ta rừng phòng hộ ven biển, vay vốn thả sò huyết giống dưới tán rừng.\n"
        "Nhờ giữ rừng tốt, sò ít chết; sau hai năm hộ thu được 70 triệu đồng, trả dứt nợ ngân hàng và trồng thêm 500 "
        "cây đước.\n"
        "Hộ rủ sáu hộ quanh bãi lập tổ thay phiên canh bãi ban đêm, chia nhau con giống, mùa thu hoạch bán chung một "
        "mối "
        "nên không bị ép giá.",
        (
            Line("other", "Nuôi sò huyết dưới 2 héc-ta rừng nhận khoán, trồng thêm 500 cây đước"),
            Line("labour", "Lập tổ sáu hộ thay phiên canh bãi, bán chung"),
        ),
    ),
    "dan_bang": Story(
        "Giữ nghề đan cỏ bàng, tự lực thoát nghèo và dạy nghề cho chị em trong ấp",
        "Chủ hộ là phụ nữ đơn thân ở {ap}, {xa}, ba miệng ăn chỉ trông vào 40 bó cỏ bàng mỗi tháng bán cho lái. Sau "
        "khi đăng ký "
        "thoát nghèo năm 2017, chị theo học lớp đan túi, đan giỏ của Hội Phụ nữ, nhận hàng về làm tại nhà.\n"
        "Từ chỗ bán cỏ thô, mỗi tháng hộ đan được 120 túi, thu nhập chừng 4 triệu đồng. Cuối năm 2018 hộ ra khỏi danh "
        "sách nghèo.\n"
        "Chị mở lớp ngay hiên nhà, chỉ nghề cho mười một chị em, phần lớn là người Khmer; ai đan lỗi chị ngồi gỡ cùng "
        "tới khuya.",
        (
            Line("other", "Từ bán cỏ bàng thô chuyển sang đan túi, mỗi tháng 120 sản phẩm"),
            Line("knowledge", "Dạy nghề đan bàng không lấy tiền cho mười một chị em"),
        ),
    ),
    "nuoi_bo": Story(
        "Nuôi bò vỗ béo thoát nghèo, trao lại bê giống cho hộ khó khăn hơn",
        "Hộ ở {ap}, {xa}, vợ chồng làm mướn, không đất sản xuất. Năm 2017 hộ nhận một con bò cái của nhóm nuôi bò "
        "xoay vòng và viết "
        "giấy đăng ký thoát nghèo trong hai năm.\n"
        "Ban ngày đi cắt lúa mướn, chiều cắt cỏ bờ kinh, hộ gây được bốn con bò, bán hai con sửa nhà và trả nợ thuốc "
        "thang.\n"
        "Đúng hẹn, hộ trao lại con bê đầu tiên cho một gia đình neo đơn trong ấp và lui tới chỉ cách ủ cỏ, làm chuồng.",
        (
            Line("other", "Từ một con bò được giao gây thành đàn bốn con, thoát nghèo cuối năm 2018"),
            Line("goods", "Trao lại một con bê cho gia đình neo đơn", 8_000_000),
        ),
    ),
    "rau_mau": Story(
        "Hộ Khmer vượt khó trồng màu dưới chân ruộng, thoát nghèo và giúp bà con cùng phum",
        "Gia đình người Khmer ở {ap}, {xa}, đông con, chỉ có 3 công ruộng gò. Được cán bộ xã và các vị trong chùa "
        "động viên, "
        "năm 2017 hộ đăng ký thoát nghèo, bỏ vụ lúa hè thu kém năng suất để trồng dưa leo, khổ qua, bí đao.\n"
        "Cả nhà dậy từ bốn giờ sáng hái rau đem chợ. Mỗi công màu lời gấp ba công lúa; đến cuối năm 2018 hộ được công "
        "nhận thoát nghèo.\n"
        "Hộ cho bốn gia đình bà con mượn hạt giống, chỉ cách làm giàn, và nhường một góc ruộng cho một cụ già trồng "
        "rau.",
        (
            Line("other", "Chuyển 3 công lúa hè thu sang trồng màu, lời gấp ba lần"),
            Line("knowledge", "Giúp giống và cách làm cho bốn gia đình bà con"),
        ),
    ),
    "ca_long_be": Story(
        "Bám biển nuôi cá lồng bè, thoát nghèo và cùng xóm đảo giữ sạch bãi",
        "Hộ ở {ap}, {xa}, trước làm thuê trên ghe câu. Năm 2017 hộ đăng ký thoát nghèo, đóng hai lồng bè nhỏ bằng gỗ "
        "cũ, nuôi cá bớp "
        "bằng cá tạp tự câu.\n"
        "Năm 2018 bão làm hư một lồng, hộ vay lại, đóng lồng chắc hơn, dời vào chỗ khuất gió. Hai vụ sau bán được "
        "giá, trả xong nợ.\n"
        "Hộ chia sẻ con giống cho ba gia đình mới ra nghề và mỗi tuần cùng xóm vớt rác quanh bè.",
        (
            Line("other", "Nuôi cá bớp lồng bè, trả xong nợ vay và thoát nghèo"),
            Line("labour", "Mỗi tuần cùng xóm đảo vớt rác quanh bè"),
        ),
    ),
}

COMMUNITIES = {
    "ap_doan_ket": Story(
        "Cộng đồng ấp đoàn kết giúp nhau vốn, giống, ngày công, giảm nhanh hộ nghèo",
        "{ap}, {xa} đầu năm 2016 còn 41 hộ nghèo. Chi bộ và Ban công tác Mặt trận chia ấp thành sáu tổ, tổ nào nhận "
        "giúp đích danh "
        "hộ nghèo của tổ ấy, ghi tên dán ở nhà văn hóa.\n"
        "Bà con góp quỹ xoay vòng 180 triệu đồng có quy chế cho vay, thu hồi từng quý, chưa mất khoản nào. Hai mươi "
        "sáu hộ được giúp vốn, "
        "chín hộ được giúp cất nhà bằng ngày công.\n"
        "Đến nay ấp còn sáu hộ nghèo, đều là người già neo đơn được các tổ thay phiên chăm lo gạo và thuốc.",
        (
            Line("money", "Góp quỹ xoay vòng của ấp cho hộ nghèo vay", 180_000_000),
            Line("labour", "Góp 640 ngày công cất chín căn nhà cho hộ nghèo"),
        ),
    ),
    "hu_gao": Story(
        "Duy trì hũ gạo tình thương, nuôi cơm người già neo đơn và học sinh nghèo",
        "Chi hội phụ nữ {ap}, {xa} bắt đầu từ 12 chị, mỗi bữa nấu cơm bớt lại một nắm gạo bỏ vào hũ. Cuối tháng các "
        "chị gom về, cân, "
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
        "Tổ hợp tác của {ap}, {xa} gồm 28 hội viên nông dân có máy bơm, máy cắt. Từ năm 2016 tổ nhận bơm nước, cắt "
        "lúa chịu tiền cho "
        "hộ nghèo đến khi bán lúa mới trả, tính bằng nửa giá thị trường.\n"
        "Tổ dành 17 chỗ làm theo mùa cho con em hộ nghèo, dạy lái máy, dạy sửa máy.\n"
        "Nhờ vậy 19 hộ có lúa vụ ba, mười một hộ thoát nghèo.",
        (
            Line("labour", "Bơm nước, cắt lúa nửa giá cho 19 hộ nghèo"),
            Line("other", "Dành 17 chỗ làm theo mùa cho con em hộ nghèo"),
        ),
    ),
}

PLACES_AND_OFFICES = {
    "xa_giam_ngheo": Story(
        "Lãnh đạo nhân dân giảm nghèo nhanh, huy động tốt sức dân làm đường, làm nhà",
        "{xa}, {huyen} đầu giai đoạn có tỷ lệ hộ nghèo 17,4%. Hội đồng nhân dân xã ra nghị quyết riêng về giảm nghèo, "
        "mỗi cán bộ xã nhận "
        "đỡ đầu hai hộ, hằng quý báo cáo với ấp.\n"
        "Xã vận động 6,2 tỷ đồng và 4.100 ngày công, làm 21 km đường bê tông, 8 cây cầu, 46 căn nhà. Kinh phí được "
        "quyết toán đúng hạn, "
        "niêm yết tại trụ sở ấp.\n"
        "Tỷ lệ hộ nghèo giảm bình quân 3,1 điểm phần trăm mỗi năm, vượt mức huyện giao.",
        (
            Line("other", "Giảm tỷ lệ hộ nghèo bình quân 3,1 điểm phần trăm mỗi năm"),
            Line("other", "Vận động 6,2 tỷ đồng và 4.100 ngày công làm đường, cầu, nhà"),
        ),
    ),
    "huyen_giam_ngheo": Story(
        "Chỉ đạo đồng bộ các chương trình giảm nghèo, đưa hai xã ra khỏi diện đặc biệt khó khăn",
        "{huyen} giao chỉ tiêu giảm nghèo đến từng ấp, phân công phòng, ban phụ trách xã và lấy kết quả ấy xét thi "
        "đua cuối năm.\n"
        "Huyện ưu tiên vốn cho xã bãi ngang, lồng ghép vốn nông thôn mới với vốn giảm nghèo, dạy nghề cho 1.260 lao "
        "động thuộc hộ nghèo.\n"
        "Bốn năm liền tỷ lệ hộ nghèo giảm vượt mức tỉnh giao.",
        (
            Line("other", "Bốn năm liền giảm nghèo vượt mức tỉnh giao"),
            Line("other", "Dạy nghề cho 1.260 lao động thuộc hộ nghèo"),
        ),
    ),
    "y_te": Story(
        "Khám, chữa bệnh lưu động cho người nghèo vùng sâu và hải đảo",
        "Tập thể tổ chức 34 chuyến khám lưu động về các ấp xa trung tâm và các xã đảo, khám và cấp thuốc cho hơn "
        "9.800 lượt người nghèo.\n"
        "Tập thể hướng dẫn các trạm y tế lập sổ theo dõi bệnh mạn tính của hộ nghèo, đề xuất sửa quy trình chuyển "
        "tuyến để người có thẻ bảo "
        "hiểm y tế hộ nghèo không phải chờ lâu.\n"
        "Tập thể nhận giúp ba xã khó khăn, mỗi quý cử bác sĩ về ở lại một tuần.",
        (
            Line("labour", "34 chuyến khám lưu động, hơn 9.800 lượt người nghèo được khám"),
            Line("other", "Nhận giúp ba xã khó khăn, mỗi quý một tuần"),
        ),
    ),
    "truong_hoc": Story(
        "Giữ học sinh nghèo không bỏ học bằng phong trào góc cơm trưa và tủ áo trắng",
        "Nhà trường ở {xa} có gần một phần ba học sinh thuộc hộ nghèo, nhà xa, mùa nước lên hay nghỉ học. Thầy cô góp "
        "tiền nấu cơm trưa, lập "
        "tủ áo trắng, xe đạp xoay vòng.\n"
        "Từ chỗ mỗi năm 23 em bỏ học, ba năm nay chỉ còn hai em. Trường nhận đỡ đầu một ấp nghèo, chiều thứ bảy mở "
        "lớp xóa mù chữ cho cha mẹ "
        "học sinh.",
        (
            Line("goods", "Nấu 41.000 suất cơm trưa cho học sinh nghèo", 328_000_000),
            Line("knowledge", "Mở lớp xóa mù chữ cho 36 phụ huynh"),
        ),
    ),
    "hoi_doan_the": Story(
        "Nhân rộng mô hình tổ phụ nữ tiết kiệm, giúp hội viên nghèo có vốn làm ăn",
        "Hội xây dựng 412 tổ phụ nữ tiết kiệm, mỗi tổ góp từ 20.000 đồng một tháng, cho hội viên nghèo vay xoay vòng "
        "không lấy lãi. Mô hình bắt "
        "đầu ở ba xã nay có ở hầu hết các xã trong tỉnh.\n"
        "Hơn 2.300 hội viên nghèo được vay, 874 hội viên đưa gia đình thoát nghèo. Hội còn vận động sửa 51 mái ấm "
        "tình thương.",
        (
            Line("other", "Nhân rộng 412 tổ tiết kiệm, 874 hội viên thoát nghèo"),
            Line("money", "Vận động sửa 51 mái ấm tình thương", 1_530_000_000),
        ),
    ),
}
