import Ledger
import TestSupport
import Testing

@Suite struct EntryTests {
    static func draft(_ body: JSONValue = ["step": "harvest"]) -> EntryDraft {
        EntryDraft(
            kind: "batch.step-completed/1", body: body, at: "2026-03-01T09:30:00Z",
            recorded: "2026-03-01T09:31:00.250Z", by: "ada", command: "c-1")
    }

    @Test func theBytesAreCanonicalAndPromised() throws {
        var draft = Self.draft(["yield": "1.2e9 cells", "number": 3])
        draft.files = [
            FileReference(digest: Digest.sha256(of: []), size: 0, name: "empty.fcs")
        ]
        #expect(
            String(decoding: try draft.encoded(), as: UTF8.self) == """
                {"at":"2026-03-01T09:30:00Z","body":{"number":3,"yield":"1.2e9 cells"},\
                "by":"ada","command":"c-1","files":[{"name":"empty.fcs","sha256":\
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":"0"}],\
                "kind":"batch.step-completed/1","recorded":"2026-03-01T09:31:00.250Z",\
                "version":1}
                """)
    }

    @Test func everyMemberOfTheEnvelopeStandsInCanonicalOrder() throws {
        let key = try #require(
            PersonSigningKey(person: "ada", seed: Array(repeating: 1, count: 32)))
        var draft = Self.draft(["ü\"\\\n\u{1}": [1, true, nil], "a": "\u{7F}\u{1F9EB}"])
        draft.command = "tab\tquote\" and a name longer than eight bytes: naïve"
        let plain = try draft.encoded()
        #expect(try JSONValue(parsing: plain).canonicalBytes() == plain)
        draft.files = [
            FileReference(digest: Digest.sha256(of: []), size: 0, name: "é \"q\".fcs")
        ]
        draft.keys = [
            KeyNotice(.issued, person: "ada", key: key.publicKey, at: "2026-01-01T00:00:00Z")
        ]
        draft.signatures = [
            try key.sign(
                record: draft.recordDigest, meaning: .approved, printedName: "Ada Lovelace",
                at: "2026-03-01T09:30:30Z")
        ]
        let full = try draft.encoded()
        #expect(try JSONValue(parsing: full).canonicalBytes() == full)
        #expect(try LedgerEntry(index: 0, bytes: full).draft == draft)
    }

    @Test func anEntryIsReadBackWithEverythingInIt() throws {
        let key = try #require(
            PersonSigningKey(person: "ada", seed: Array(repeating: 1, count: 32)))
        var draft = Self.draft()
        draft.keys = [
            KeyNotice(.issued, person: "ada", key: key.publicKey, at: "2026-01-01T00:00:00Z")
        ]
        draft.signatures = [
            try key.sign(
                record: draft.recordDigest, meaning: .approved, printedName: "Ada Lovelace",
                at: "2026-03-01T09:30:30Z")
        ]
        let read = try LedgerEntry(index: 5, bytes: try draft.encoded())
        #expect(read.draft == draft)
        #expect(read.draft.signatures[0].isValid(by: key.publicKey))
    }

    @Test func aSignatureCoversEveryPartOfItself() throws {
        let key = try #require(
            PersonSigningKey(person: "ada", seed: Array(repeating: 1, count: 32)))
        let signature = try key.sign(
            record: Self.draft().recordDigest, meaning: .approved, printedName: "Ada Lovelace",
            at: "2026-03-01T09:30:30Z")
        #expect(signature.isValid(by: key.publicKey))
        let changes: [(inout PersonSignature) -> Void] = [
            { $0.person = "eve" }, { $0.printedName = "Eve" }, { $0.meaning = .certified },
            { $0.at = "2026-03-01T09:30:31Z" }, { $0.record = Digest.sha256(of: []) },
            { $0.keyID = "0000000000000000" }, { $0.signature[0] ^= 1 },
        ]
        for change in changes {
            var changed = signature
            change(&changed)
            #expect(!changed.isValid(by: key.publicKey))
        }
    }

    @Test func theRecordDigestCoversWhatHappenedAndNotHowItWasRecorded() {
        let digest = Self.draft().recordDigest
        var same = Self.draft()
        same.recorded = "2026-03-01T10:00:00Z"
        same.command = "c-2"
        #expect(same.recordDigest == digest)
        for change: (inout EntryDraft) -> Void in [
            { $0.kind = "batch.step-completed/2" }, { $0.body = [:] },
            { $0.at = "2026-03-01T09:30:01Z" }, { $0.by = "eve" },
        ] {
            var changed = Self.draft()
            change(&changed)
            #expect(changed.recordDigest != digest)
        }
    }

    @Test func anEntryMayFillATileBundleAndNoMore() throws {
        let room = EntryDraft.bytesMax - (try Self.draft("").encoded().count)
        let full = Self.draft(.string(String(repeating: "a", count: room)))
        #expect(try full.encoded().count == 65_535)
        let over = Self.draft(.string(String(repeating: "a", count: room + 1)))
        #expect(throws: EntryError.tooLarge(bytes: 65_536, limit: 65_535)) { try over.encoded() }
    }

    @Test func whatCannotStandInTheLedgerIsRefusedByName() {
        func code(_ change: (inout EntryDraft) -> Void) -> String? {
            var draft = Self.draft()
            change(&draft)
            do throws(EntryError) {
                _ = try draft.encoded()
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code { $0.body = .number(.nan) } == "entry-not-finite")
        #expect(code { $0.body = [.number(-.infinity)] } == "entry-not-finite")
        #expect(code { $0.at = "2026-03-01 09:30" } == "entry-malformed-instant")
        #expect(code { $0.recorded = "2026-02-29T00:00:00Z" } == "entry-malformed-instant")
        #expect(code { $0.kind = "step completed" } == "entry-malformed-kind")
        #expect(code { $0.kind = "batch.step-completed" } == "entry-malformed-kind")
        #expect(code { $0.kind = "batch.step-completed/0" } == "entry-malformed-kind")
        #expect(code { $0.by = "" } == "entry-empty-member")
        #expect(code { $0.command = "" } == "entry-empty-member")
    }

    @Test(arguments: [
        ("[]", "entry-malformed-member"),
        ("{", "json-unexpected-end"),
        (#"{"version":2}"#, "entry-newer-version"),
        (#"{"version":0}"#, "entry-malformed-member"),
        (#"{"kind":"a/1"}"#, "entry-missing-member"),
        (entry(adding: #","wish":"x""#), "entry-unknown-member"),
        (entry(adding: #","files":[]"#), "entry-malformed-member"),
        (entry(adding: #","files":[{"name":"a"}]"#), "entry-missing-member"),
        (
            entry(adding: #","keys":[{"at":"2026-01-01T00:00:00Z","change":"lent"}]"#),
            "entry-malformed-member"
        ),
        (entry(adding: #","signatures":[{"meaning":"liked"}]"#), "entry-malformed-member"),
    ])
    func bytesThatAreNoEntryAreRefusedByName(text: String, code: String) {
        let error = #expect(throws: EntryError.self) {
            try LedgerEntry(index: 0, bytes: Array(text.utf8))
        }
        #expect(error?.code == code)
    }

    @Test func aKindOfALaterProgramIsKept() throws {
        let text = Self.entry(adding: "").replacing("a/1", with: "quantum.entangled/12")
        #expect(try LedgerEntry(index: 0, bytes: Array(text.utf8)).kind == "quantum.entangled/12")
    }

    static func entry(adding member: String) -> String {
        #"{"at":"2026-01-01T00:00:00Z","body":null,"by":"a","command":"c","kind":"a/1","#
            + #""recorded":"2026-01-01T00:00:00Z","version":1\#(member)}"#
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T23:59:59Z", 951_868_799),
        ("2026-03-01T09:30:00Z", 1_772_357_400), ("0000-03-01T00:00:00Z", -62_162_035_200),
        ("9999-12-31T23:59:59.999999999Z", 253_402_300_799),
    ])
    func instantsAreThoseOfThePOSIXEra(text: String, seconds: Int64) {
        #expect(LedgerInstant(rfc3339: text)?.posixSeconds == seconds)
    }

    @Test(arguments: [
        "", "2026-03-01T09:30:00", "2026-03-01T09:30:00+01:00", "2026-03-01t09:30:00z",
        "2026-13-01T09:30:00Z", "2026-00-01T09:30:00Z", "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z",
        "2026-03-01T09:30:60Z", "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00.1234567890Z",
        "2026-03-01T09:30:0xZ", "٢٠٢٦-03-01T09:30:00Z",
    ])
    func otherInstantsAreRefused(text: String) {
        #expect(LedgerInstant(rfc3339: text) == nil)
    }
}
