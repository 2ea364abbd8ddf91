"""Nhật ký bằng lời: acts and rows of the journal as an inspector reads them, not as the code names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from chungtay.law.procedure import STEPS
from chungtay.law.reviewing import STEPS as REVIEW_STEPS
from chungtay.nominations.history import OTHER_ACTS
from chungtay.nominations.models import Dossier
from chungtay.records import walls
from chungtay.records.models import Entry

ACTS = {
    **{name: steps[0].done for name, steps in STEPS.items()},
    **OTHER_ACTS,
    **{f"review_{name}": steps[0].done for name, steps in REVIEW_STEPS.items()},
    "open_round": "đã mở đợt rà soát",
    "write_round": "đã ghi một đợt rà soát đã phê duyệt",
    "review_totals": "đã ghi tổng số hộ của xã",
    "add_to_review": "đã thêm một hộ vào danh sách rà soát",
    "carry_request": "đã đưa giấy đề nghị vào đợt rà soát",
    "drop_from_review": "đã bỏ một hộ khỏi danh sách rà soát",
    "mark_gone": "đã ghi hộ không còn trong xã",
    "follow_register": "đã cập nhật danh sách rà soát theo sổ hộ",
    "score_household": "đã chấm điểm, xếp loại một hộ",
    "hamlet_meeting": "đã ghi biên bản họp dân",
    "receive_complaint": "đã nhận khiếu nại",
    "receive_request": "đã nhận giấy đề nghị rà soát",
    "grant_request": "đã công nhận theo giấy đề nghị",
    "refuse_request": "đã không công nhận theo giấy đề nghị",
    "correct_assessment": "đã điều chỉnh phiếu rà soát sau khóa",
    "correct_gone": "đã điều chỉnh sau khóa: hộ không còn trong xã",
    "correct_forgotten": "đã bổ sung sau khóa một hộ bị sót",
    "correct_totals": "đã điều chỉnh tổng số của xã sau khóa",
    "load_point_sheet": "đã nạp bảng điểm B1",
    "load_plan": "đã nạp kế hoạch phong trào",
    "register_party": "đã ghi sổ đối tượng",
    "correct_party": "đã sửa thông tin đối tượng",
    "record_discipline": "đã ghi kỷ luật",
    "lift_discipline": "đã ghi hết hiệu lực kỷ luật",
    "register": "đã đăng ký thi đua",
    "withdraw_registration": "đã rút đăng ký thi đua",
    "open_household": "đã ghi một hộ vào sổ",
    "open_households": "đã ghi nhiều hộ vào sổ",
    "add_member": "đã thêm nhân khẩu vào hộ",
    "add_members": "đã thêm nhiều nhân khẩu vào các hộ",
    "member_left": "đã ghi nhân khẩu rời hộ",
    "new_head": "đã đổi chủ hộ",
    "close_household": "đã đưa hộ ra khỏi sổ",
    "reopen_household": "đã ghi lại hộ vào sổ",
    "split_household": "đã tách hộ",
    "merge_household": "đã nhập hộ vào hộ khác",
    "move_household": "đã ghi hộ chuyển chỗ ở",
    "correct_household": "đã sửa thông tin hộ",
    "correct_member": "đã sửa thông tin nhân khẩu",
    "link_party": "đã nối hộ với đối tượng thi đua",
    "unlink_party": "đã gỡ hộ khỏi đối tượng thi đua",
    "tell_apart": "đã ghi hai người giống nhau là hai người",
    "give_seat": "đã phân công vị trí",
    "end_seat": "đã thôi phân công",
    "delegate": "đã ủy quyền vị trí",
    "appoint_member": "đã ghi thành viên Hội đồng",
    "end_membership": "đã ghi thôi thành viên Hội đồng",
    "plan_meeting": "đã lập phiên họp",
    "change_meeting": "đã sửa phiên họp",
    "open_meeting": "đã khai mạc phiên họp",
    "mark_attendance": "đã điểm danh",
    "close_meeting": "đã kết thúc phiên họp",
    "recuse": "không tham gia biểu quyết một hồ sơ",
    "cast": "đã biểu quyết",
    "record_votes": "đã ghi biểu quyết của các ủy viên",
    "enter_count": "đã ghi kết quả kiểm phiếu",
    "close_item": "đã chốt kết quả biểu quyết",
    "draft_decision": "đã dự thảo quyết định",
    "take_off_decision": "đã bỏ tên khỏi dự thảo quyết định",
    "sign_decision": "đã ký quyết định",
    "sign_letter": "đã ký tờ trình Thủ tướng Chính phủ",
    "corrected_award": "đã đính chính khen thưởng",
    "withdrawn_award": "đã thu hồi khen thưởng",
    "assign_target": "đã giao chỉ tiêu",
    "withdraw_target": "đã rút mức giao chỉ tiêu",
    "record_earlier_award": "đã ghi một lần khen thưởng đã có",
    "confirm_earlier_award": "đã xác nhận một lần khen thưởng đã có",
    "strike_earlier_award": "đã gỡ một lần khen thưởng đã có",
    "count_province": "đã cho tính ai đến lượt của cả tỉnh",
    "take_on_help": "đã nhận giúp sau khen",
    "enter_income_survey": "đã nhập kết quả điều tra thu nhập",
    "withdraw_income_survey": "đã rút kết quả điều tra thu nhập",
    "enter_infrastructure": "đã nhập kết quả hạ tầng thiết yếu",
    "retract_infrastructure": "đã rút kết quả hạ tầng thiết yếu",
    "allot_fund": "đã trích quỹ khen thưởng",
    "hand_over": "đã ghi giao nhận khen thưởng",
    "recover_prize": "đã ghi tiền thưởng nộp lại",
    "write_stock": "đã ghi sổ kho phôi bằng, biểu trưng",
    "set_stock_least": "đã đổi mức báo sắp hết của kho",
    "open_fund": "đã mở quỹ",
    "close_fund": "đã đóng quỹ",
    "pay_in": "đã ghi một khoản thu của quỹ",
    "pay_out": "đã ghi một khoản chi của quỹ",
    "move_funds": "đã chuyển tiền giữa hai quỹ",
    "counter": "đã ghi bút toán đảo",
    "assign_duty": "đã giao một việc đến hạn",
    "correct_duty": "đã sửa một việc đã giao",
    "take_back_duty": "đã thôi giao một việc",
    "hand_in": "đã ghi một việc là đã nộp",
    "confirm_handing": "đã xác nhận nhận được việc đã nộp",
    "send_back_handing": "đã trả lại việc đã nộp",
    "enter_loan": "đã ghi khoản vay của hộ",
    "correct_loan": "đã sửa khoản vay của hộ",
    "take_out_loan": "đã bỏ khoản vay ghi nhầm",
    "follow_loan": "đã ghi diễn biến của khoản vay",
    "take_out_loan_event": "đã bỏ diễn biến ghi nhầm của khoản vay",
    "enter_programme": "đã ghi chương trình, nghị quyết",
    "correct_programme": "đã sửa chương trình, nghị quyết",
    "take_out_programme": "đã bỏ chương trình, nghị quyết ghi nhầm",
    "promise_help": "đã ghi cam kết giúp địa bàn nghèo",
    "correct_commitment": "đã sửa cam kết giúp địa bàn nghèo",
    "take_out_commitment": "đã bỏ cam kết ghi nhầm",
    "tell_result": "đã báo kết quả giúp địa bàn nghèo",
    "answer_result": "đã trả lời kết quả giúp",
    "take_out_result": "đã bỏ kết quả báo nhầm",
    "record_practice": "đã ghi mô hình",
    "change_practice": "đã sửa mô hình",
    "check_practice": "đã kiểm tra mô hình: đạt",
    "return_practice": "đã trả lại mô hình để bổ sung",
    "publish_practice": "đã phổ biến mô hình",
    "hide_practice": "đã thôi phổ biến mô hình",
    "withdraw_practice": "đã rút mô hình",
    "adopt_practice": "đã ghi áp dụng mô hình",
    "answer_adoption": "đã trả lời việc áp dụng mô hình",
    "take_out_adoption": "đã bỏ dòng áp dụng ghi nhầm",
    "record_gift": "đã ghi một khoản đóng góp",
    "receive_gift": "đã ghi nhận được khoản đã hứa",
    "confirm_gift": "đã xác nhận nhận khoản đóng góp",
    "refuse_gift": "đã từ chối khoản đóng góp",
    "withdraw_gift": "đã rút khoản đóng góp",
    "correct_gift": "đã đính chính khoản đóng góp",
    "attach_paper": "đã đính kèm chứng từ của khoản đóng góp",
    "open_project": "đã ghi một công trình, dự án",
    "decide_sameness": "đã ghi hai người đóng góp là một hay là hai",
    "undo_sameness": "đã gỡ quyết định về hai người đóng góp",
    "claim_gifts": "đã tính đóng góp vào một lần khen",
    "release_gifts": "đã bỏ tính đóng góp của một lần khen",
    "enter_threshold": "đã nhập mức đóng góp của tỉnh",
    "choose_counting": "đã chọn cách tính đóng góp",
    "upload_sheet": "đã tải lên một bảng",
    "confirm_columns": "đã xác nhận các cột của bảng",
    "decide_row": "đã quyết một dòng của bảng",
    "decide_rows": "đã quyết nhiều dòng của bảng cùng một câu trả lời",
    "choose_columns_again": "đã chọn lại các cột của bảng",
    "approve_rows": "đã duyệt các dòng tốt của bảng",
    "accept_rows": "đã ghi các dòng của bảng vào sổ",
    "withdraw_sheet": "đã rút bảng đã tải lên",
    "close_sheet": "đã khép bảng đã tải lên",
    "erase_sheet": "đã xóa nội dung bảng đã tải lên",
    "return_sheet": "đã xin lại bảng có tô vàng",
}
NOUNS = {
    "nominations.Dossier": "Hồ sơ",
    "nominations.Guidance": "Hướng dẫn của Hội đồng",
    "parties.Party": "Đối tượng",
    "registrations.Registration": "Đăng ký",
    "contributions.Contribution": "Khoản đóng góp",
    "contributions.AwardCase": "Lần khen",
    "contributions.Sameness": "Hai người đóng góp",
    "contributions.Threshold": "Mức đóng góp",
    "contributions.CountingChoice": "Cách tính đóng góp",
    "contributions.Project": "Công trình",
    "households.Household": "Hộ",
    "targets.Assigned": "Chỉ tiêu giao",
    "prospects.Survey": "Lượt tính",
    "prospects.Help": "Tiếp nhận giúp đỡ",
    "targets.IncomeSurvey": "Điều tra thu nhập",
    "targets.Infrastructure": "Hạ tầng thiết yếu",
    "reviews.Round": "Đợt rà soát",
    "reviews.CommuneReview": "Rà soát của xã",
    "reviews.Assessment": "Phiếu rà soát",
    "reviews.Meeting": "Họp dân",
    "reviews.Complaint": "Khiếu nại",
    "reviews.Application": "Giấy đề nghị rà soát",
    "reviews.PointSheet": "Bảng điểm B1",
    "accounts.Seat": "Phân công",
    "council.Member": "Thành viên Hội đồng",
    "council.Meeting": "Phiên họp",
    "council.Item": "Mục biểu quyết",
    "decisions.Decision": "Quyết định",
    "decisions.Award": "Khen thưởng",
    "decisions.Letter": "Tờ trình",
    "movements.PlanVersion": "Bản kế hoạch",
    "conduct.Duty": "Việc đến hạn",
    "conduct.Loan": "Khoản vay",
    "conduct.Programme": "Chương trình, nghị quyết",
    "conduct.Commitment": "Cam kết giúp",
    "practices.Practice": "Mô hình",
    "practices.Adoption": "Áp dụng mô hình",
    "decisions.Allotment": "Trích quỹ",
    "decisions.Stock": "Kho",
    "decisions.StockEntry": "Dòng sổ kho",
    "ledger.Fund": "Quỹ",
    "ledger.Transfer": "Bút toán",
}
SYSTEM = "Lệnh chạy trên máy chủ"


@dataclass(frozen=True)
class Line:
    """One entry of the journal with its act, its row and its desk in words."""

    entry: Entry
    act: str
    noun: str
    desk: str


def lines(entries: Sequence[Entry]) -> list[Line]:
    """The entries in words, in the order given; dossiers by their code where they have one. One query."""
    keys = [int(entry.noun_key) for entry in entries if entry.noun == Dossier._meta.label]
    with walls.everything("a dossier's code is public, and the journal names it"):
        codes = {str(pk): code for pk, code in Dossier.objects.filter(pk__in=keys).values_list("pk", "code") if code}
    return [
        Line(
            entry,
            words(entry.act),
            f"{NOUNS.get(entry.noun, 'Dòng')} {_number(entry, codes)}",
            SYSTEM if entry.actor_key == "system" else entry.desk,
        )
        for entry in entries
    ]


def words(act: str) -> str:
    """The act as a sentence begins: `Đã tiếp nhận hồ sơ…`."""
    told = ACTS.get(act, "việc khác")
    return told[:1].upper() + told[1:]


def _number(entry: Entry, codes: dict[str, str]) -> str:
    code = codes.get(entry.noun_key, "") if entry.noun == Dossier._meta.label else ""
    return code or f"số {entry.noun_key}"
