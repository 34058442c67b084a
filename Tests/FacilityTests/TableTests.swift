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
            var tables = [Table<Int, Int>()]
            var truths: [[Int: Int]] = [[:]]
            for _ in 0..<60 {
                let place = Int.random(in: 0..<tables.count, using: &random)
                let key = Int.random(in: 0...8, using: &random)
                var (table, truth) = (tables[place], truths[place])
                switch Int.random(in: 0...3, using: &random) {
                case 0: (table[key], truth[key]) = (nil, nil)
                case 1:
                    table[key, default: 0] += 1
                    truth[key, default: 0] += 1
                case 2:
                    let value = Int.random(in: 0...100, using: &random)
                    (table[key], truth[key]) = (value, value)
                default:
                    #expect(sum(table) == truth.values.reduce(0, +))
                    #expect(table.inOrder == truth.sorted { $0.key < $1.key }.map(\.value))
                }
                // Some copies go on, some stay as they are.
                let target = Int.random(in: 0...min(tables.count, 5), using: &random)
                if target == tables.count {
                    tables.append(table)
                    truths.append(truth)
                } else {
                    tables[target] = table
                    truths[target] = truth
                }
            }
            for (table, truth) in zip(tables, truths) {
                #expect(sum(table) == truth.values.reduce(0, +))
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
