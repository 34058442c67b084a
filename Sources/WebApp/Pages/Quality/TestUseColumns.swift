import Facility
import Quantities

extension TestUse {
    /// What a list shows of the tests that an instrument or a lot was used for.
    static func columns(_ state: SiteState) -> [Column<TestUse>] {
        [
            .link(
                "subject", "Of", { $0.subject.text }, to: { Link(to: $0.subject.text, in: state) }),
            Column("test", "Test", { $0.test }),
            Column("quantity", "Used") { $0.quantity?.description ?? "" },
            Column("when", "When and who") { state.signed($0.stamp) },
        ]
    }
}
