import Facility
import TestSupport
import Testing

/// A table keeps what was worked out from it, and never longer than it holds.
@Suite struct TableTests {
    private struct Sum: Sendable { let value: Int }

    private func sum(_ table: Table<Int, Int>) -> Int {
        table.view(Sum.self) { Sum(value: $0.values.reduce(0, +)) }.value
    }

    @Test func aViewFollowsEveryChangeInEveryCopy() {
        forAll { random in
            var tables = [(table: Table<Int, Int>(), truth: [Int: Int]())]
            for _ in 0..<60 {
                let place = tables.indices.randomElement(using: &random) ?? 0
                let key = Int.random(in: 0...8, using: &random)
                switch Int.random(in: 0...4, using: &random) {
                case 0 where tables.count < 6: tables.append(tables[place])
                case 1:
                    tables[place].table[key] = nil
                    tables[place].truth[key] = nil
                case 2:
                    tables[place].table[key, default: 0] += 1
                    tables[place].truth[key, default: 0] += 1
                case 3:
                    let value = Int.random(in: 0...100, using: &random)
                    tables[place].table[key] = value
                    tables[place].truth[key] = value
                default:
                    let (table, truth) = tables[place]
                    #expect(sum(table) == truth.values.reduce(0, +))
                    #expect(table.inOrder == truth.sorted { $0.key < $1.key }.map(\.value))
                }
            }
        }
    }

    @Test func aViewIsWorkedOutOnceForAllCopies() {
        var table = Table<Int, Int>()
        table[1] = 1
        let copy = table
        var count = 0
        for table in [table, copy, table] {
            let sum = table.view(Sum.self) { table in
                count += 1
                return Sum(value: table.count)
            }
            #expect(sum.value == 1)
        }
        #expect(count == 1)
        table[2] = 2
        #expect(table.view(Sum.self) { Sum(value: $0.count) }.value == 2)
        #expect(copy.view(Sum.self) { Sum(value: $0.count) }.value == 1)
    }
}
