import Cytometry
import Foundation
import Testing
import TestSupport

/// Files of real instruments, against statistics on which two independent readers agree.
@Suite struct FCSRealFileTests {
    struct Truth: Decodable {
        var datasets: [FCSConformanceTests.DataSet]
    }

    static let folder = fixtures().appending(path: "fcs-real")

    @Test(arguments: [
        "fcore_0877408774.B08", "fio_variable_int_example.fcs",
        "fk_data_start_offset_discrepancy_example.fcs", "fk_index_sorted_example.fcs",
        "fio_B01_KC-A-W---91-US.fcs", "fk_data_set_simple_line_100.fcs",
    ])
    func readsEveryValue(file: String) throws {
        let data = try Data(contentsOf: Self.folder.appending(path: file + ".truth.json"))
        let truth = try JSONDecoder().decode(Truth.self, from: data)
        let sets = try FCSFile.open(path: Self.folder.appending(path: file).path)
        #expect(sets.count == truth.datasets.count)
        for (set, wanted) in zip(sets, truth.datasets) {
            #expect(set.eventCount == wanted.events)
            for (index, column) in (wanted.raw ?? []).enumerated() {
                // The truth lost one name to an empty value before it.
                if !wanted.names[index].isEmpty {
                    #expect(set.parameters[index].name == wanted.names[index])
                }
                expectColumn(set.storedValues(of: index), column, file)
            }
        }
    }

    @Test func offsetsThatContradictEachOtherAreSettledAndReported() throws {
        let name = "fk_data_start_offset_discrepancy_example.fcs"
        let set = try FCSFile.open(path: Self.folder.appending(path: name).path)[0]
        #expect(
            set.warnings.contains {
                $0.code == .offsets && $0.message.contains("TEXT was used")
            })
    }

    @Test func aStumpIsRefusedWithItsLength() {
        let path = Self.folder.appending(path: "fp_corrupted.fcs").path
        let error = #expect(throws: FCSReadError.self) { try FCSFile.open(path: path) }
        #expect(error?.code == .header)
        #expect(error?.description.contains("10 bytes") == true)
    }
}
