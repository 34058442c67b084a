import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Charts

@Suite struct PictureTests {
    @Test(arguments: PictureSamples.all.map(\.name))
    func keepsItsBytes(name: String) throws {
        let picture = try #require(PictureSamples.all.first { $0.name == name }).picture
        let text = String(decoding: picture.standaloneSVG(), as: UTF8.self)
        expectSnapshot(text.replacing("><", with: ">\n<"), named: "\(name).svg")
    }

    @Test(arguments: PictureSamples.all.map(\.name))
    func isWellFormedAndSaysWhatItShows(name: String) throws {
        let picture = try #require(PictureSamples.all.first { $0.name == name }).picture
        let seen = try SeenElements(picture.standaloneSVG())
        #expect(seen.counts["title"] == 1)
        #expect(seen.counts["desc"] == 1)
        #expect(!picture.title.isEmpty && !picture.summary.isEmpty)
    }

    @Test func neverLetsATextBecomeMarkup() {
        let pieces = [
            "<script>", "</text>", "\"", "'", "&", "&amp;", "]]>", "\u{0}", "\u{8}", "\u{FFFF}",
            "é",
            "𝔘", "onload=", "<!--", "-->", " ", "\n",
        ]
        forAll { random in
            let text = (0..<6).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let node = Genealogy.Node(id: text, kind: text, status: text, tone: .good)
            let plain = Genealogy.Node(id: "x", kind: "x", status: "x", tone: .good)
            let hostile = try SeenElements(
                GenealogyChart(.init(nodes: [node], edges: [])).picture().standaloneSVG())
            let harmless = try SeenElements(
                GenealogyChart(.init(nodes: [plain], edges: [])).picture().standaloneSVG())
            try require(
                hostile.counts == harmless.counts && hostile.attributes == harmless.attributes,
                "\(text.debugDescription) changed the elements to \(hostile.counts)")
        }
    }

    @Test(arguments: [
        "javascript:alert(1)", "//elsewhere.example", "/\\elsewhere.example", "", "batches",
        "/a\nb", "data:text/html,x",
    ])
    func refusesAPathThatLeavesTheSite(text: String) {
        #expect(PicturePath(text) == nil)
    }

    @Test func drawsEmptyAndOddInput() throws {
        let odd = [Double.nan, .infinity, -.infinity, 0, -1, 1e308, .leastNonzeroMagnitude]
        let pictures =
            [
                GenealogyChart(.init(nodes: [], edges: [])).picture(),
                BatchTimeline(title: "", rows: [], now: .max).picture(),
                BatchTimeline(
                    title: "",
                    rows: [
                        .init(
                            name: "",
                            stretches: [.init(from: .min, to: .max, label: "", tone: .bad)])
                    ],
                    now: 0
                ).picture(),
                ProcessFlow(title: "", steps: [], perRow: 0).picture(),
                ControlChart(title: "", quantity: "", readings: [], limits: []).picture(),
                ControlChart(
                    title: "", quantity: "", readings: odd.map { .init(label: "", value: $0) },
                    limits: odd.map { .init(.action, at: $0) }
                ).picture(),
                GrowthChart(
                    title: "",
                    cultures: [.init(name: "", counts: odd.map { .init(day: $0, cells: $0) })]
                )
                .picture(),
                GrowthChart(title: "", cultures: []).picture(),
                BankLevels(
                    title: "",
                    banks: [
                        .init(
                            name: "", kind: "", laidDown: .min, inStore: .max, reserved: .max,
                            reorderAt: .min)
                    ]
                ).picture(),
                RoomPlan(title: "", rooms: [], perRow: -3).picture(),
            ]
            + odd.flatMap { one in
                odd.map { other in
                    RangeGauge(
                        value: one, normal: .init(low: other, high: one),
                        proven: .init(low: one, high: other)
                    ).picture()
                }
            }
        for picture in pictures { _ = try SeenElements(picture.standaloneSVG()) }
    }

    @Test func keepsIdsOfTwoPicturesApart() {
        let picture = PictureSamples.gauge.picture()
        let inline = String(decoding: picture.inlineSVG(named: "a<b 1"), as: UTF8.self)
        #expect(inline.contains("id=\"picture-ab1-title\""))
    }
}

@Suite struct InkTests {
    /// Relative luminance and contrast of WCAG 2.2.
    private func contrast(_ first: Ink, _ second: Ink) -> Double {
        func luminance(_ ink: Ink) -> Double {
            let value = Int(ink.rawValue.dropFirst(), radix: 16) ?? 0
            let channels: [Double] = [16, 8, 0].map { (shift: Int) -> Double in
                let level = Double((value >> shift) & 255) / 255
                return level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
        }
        let (one, two) = (luminance(first), luminance(second))
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    @Test(arguments: Tone.allCases)
    func isLegibleOnEveryGround(tone: Tone) {
        for ground in [Ink.panel, .paper, .wash] {
            #expect(contrast(tone.ink, ground) >= 4.5, "\(tone) on \(ground)")
        }
    }

    @Test func everyToneHasItsOwnGlyph() {
        #expect(Set(Tone.allCases.map(\.glyph)).count == Tone.allCases.count)
    }
}

/// The elements and attribute names an XML parser that is not ours finds in a picture.
final class SeenElements: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var attributes: Set<String> = []

    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        guard parser.parse() else {
            throw Broken("not well formed: \(String(decoding: bytes.prefix(400), as: UTF8.self))")
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
        qualifiedName: String?, attributes found: [String: String]
    ) {
        counts[element, default: 0] += 1
        attributes.formUnion(found.keys)
    }
}
