"""All stories by name, and what the Board writes when it has looked at one."""

from chungtay.desk.demo.stories_of_givers import DONORS, OFFICIALS
from chungtay.desk.demo.stories_of_places import COMMUNITIES, HOUSEHOLDS, PLACES_AND_OFFICES
from chungtay.desk.demo.story import Story

STORIES: dict[str, Story] = {**HOUSEHOLDS, **COMMUNITIES, **PLACES_AND_OFFICES, **OFFICIALS, **DONORS}

REASONS = {
    "general.1": "Chính quyền và Mặt trận địa phương xác nhận chấp hành tốt, không có phản ánh nào.",
    "general.2": "Hoàn thành tốt phần việc được giao, có nhận xét của nơi quản lý kèm theo.",
    "general.3": "Tham gia đầy đủ sinh hoạt ở cơ sở, được bà con tín nhiệm qua cuộc họp bình xét.",
    "general.4": "Tổ chức Đảng, đoàn thể nơi sinh hoạt vững mạnh; hộ và cá nhân ngoài tổ chức thì không xét mục này.",
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
    "pm_certificate.1": "Đúng đối tượng khen chuyên đề theo hướng dẫn của Ban Thi đua - Khen thưởng Trung ương.",
    "labour_order_3.1": "Đúng đối tượng khen chuyên đề theo hướng dẫn của Ban Thi đua - Khen thưởng Trung ương.",
    "e.3": "Kết quả tín dụng tốt, nợ quá hạn thấp, điểm giao dịch xã đều đặn.",
}
STILL_CONSIDERED = (
    "Đã đọc quyết định khen trước và đối chiếu từng việc: phần đề nghị lần này là việc khác, chưa được khen lần nào."
)
OPINION = "Hồ sơ đủ giấy tờ, thành tích rõ ràng, đã đối chiếu với địa phương. Đề nghị Hội đồng xét khen thưởng."
