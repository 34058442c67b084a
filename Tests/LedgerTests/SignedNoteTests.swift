import Ledger
import TestSupport
import Testing

@Suite struct SignedNoteTests {
    static let origin = "gmp.example.org/site1/ledger"
    let signer = try! NoteSigner(name: origin, seed: Array(repeating: 7, count: 32))
    let checkpoint = Checkpoint(
        origin: origin, size: 3, root: MerkleTree.leafHash(Array("x".utf8)))

    @Test func aNoteIsReadBackAsItWasWritten() throws {
        let note = try checkpoint.signed(by: signer)
        let read = try SignedNote(parsing: note.bytes)
        #expect(read == note)
        #expect(try read.verified(by: [signer.verifier]).map(\.name) == [Self.origin])
        #expect(try Checkpoint(text: read.text) == checkpoint)
    }

    @Test func keysAreReadBackAsTheyWereWritten() throws {
        #expect(try NoteVerifier(vkey: signer.verifier.vkey) == signer.verifier)
        let read = try NoteSigner(skey: signer.skey)
        #expect(read.verifier == signer.verifier)
        #expect(try read.sign("a\n") == signer.sign("a\n"))
    }

    @Test func unknownSignaturesAreIgnoredAndAWrongOneSinksTheNote() throws {
        var note = try checkpoint.signed(by: signer)
        let other = try NoteSigner(
            name: "witness.example.org/w1", seed: Array(repeating: 8, count: 32))
        note.signatures.append(try other.sign(checkpoint.text))
        #expect(try note.verified(by: [signer.verifier]).count == 1)
        #expect(try note.verified(by: [signer.verifier, other.verifier]).count == 2)
        note.signatures[1].signature[5] ^= 1
        #expect(try note.verified(by: [signer.verifier]).count == 1)
        #expect(throws: NoteError.wrongSignature(name: "witness.example.org/w1")) {
            try note.verified(by: [signer.verifier, other.verifier])
        }
        #expect(throws: NoteError.self) {
            try SignedNote(text: note.text).verified(by: [signer.verifier])
        }
    }

    @Test func aCosignatureCarriesTheWitnessesTime() throws {
        let witness = try NoteSigner(
            name: "witness.example.org/w1", type: .cosignature, seed: Array(repeating: 9, count: 32)
        )
        var note = try checkpoint.signed(by: signer)
        note.signatures.append(try witness.cosign(note.text, posixSeconds: 1_772_357_400))
        let read = try SignedNote(parsing: note.bytes)
        #expect(
            try read.verified(by: [witness.verifier]).map(\.posixSeconds) == [1_772_357_400])
        // The time is signed: another one does not fit.
        note.signatures[1].signature[7] ^= 1
        #expect(throws: NoteError.wrongSignature(name: "witness.example.org/w1")) {
            try note.verified(by: [witness.verifier])
        }
    }

    /// Each text is what makes the checkpoint unacceptable, and the code it is named by.
    @Test(arguments: [
        ("", "note-missing-signatures"),
        ("gmp.example.org/site1/ledger\n3\nAAAA\n", "note-missing-signatures"),
        ("gmp.example.org/site1/ledger\n3\nAAAA\n\n", "note-missing-signatures"),
        ("a\n3\n\(root)\n\n— b", "note-missing-signatures"),
        ("a\n3\n\(root)\n\nb c\n", "note-malformed-signature-line"),
        ("a\n3\n\(root)\n\n— b c d\n", "note-malformed-signature-line"),
        ("a\n3\n\(root)\n\n— b !!!!\n", "note-malformed-signature-line"),
        ("a\n3\n\(root)\n\n— b+c AAAAAAAA\n", "note-malformed-signature-line"),
        ("a\n3\n\(root)\n\n— b AAAA\n", "note-malformed-signature-line"),
        ("a\r\n3\n\(root)\n\n— b AAAAAAAA\n", "note-malformed-text"),
        ("a\n3\n\n— b AAAAAAAA\n", "checkpoint-truncated"),
        ("a\n03\n\(root)\n\n— b AAAAAAAA\n", "checkpoint-malformed-size"),
        ("a\n-3\n\(root)\n\n— b AAAAAAAA\n", "checkpoint-malformed-size"),
        ("a\n9223372036854775808\n\(root)\n\n— b AAAAAAAA\n", "checkpoint-malformed-size"),
        ("a\n99999999999999999999999\n\(root)\n\n— b AAAAAAAA\n", "checkpoint-malformed-size"),
        ("a\n3\n\(root.dropLast())\n\n— b AAAAAAAA\n", "checkpoint-malformed-root"),
        ("a\n3\nAAAA\n\n— b AAAAAAAA\n", "checkpoint-malformed-root"),
        ("a\n3\n\(root)\nmore\n\n— b AAAAAAAA\n", "checkpoint-extension-lines"),
        ("a b\n3\n\(root)\n\n— b AAAAAAAA\n", "note-malformed-name"),
    ])
    func refusesAnythingElse(text: String, code: String) {
        let error = #expect(throws: NoteError.self) { try Checkpoint(parsing: text.utf8) }
        #expect(error?.code == code)
    }

    static let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    /// The last character of the root has unused bits: only one spelling may stand.
    @Test func refusesASecondSpellingOfTheSameBytes() {
        #expect(Digest(base64: Self.root) != nil)
        #expect(Digest(base64: Self.root.replacing("FU=", with: "FV=")) == nil)
    }

    @Test func refusesANoteBeyondTheLimit() {
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: SignedNote.bytesMax + 1)
        #expect(throws: NoteError.tooLong(bytes: long.count, limit: SignedNote.bytesMax)) {
            try SignedNote(parsing: long)
        }
    }

    @Test(arguments: [
        "", "a", "a+b+c", "a+12345678+AAAA",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+/+kyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ])
    func refusesAKeyThatIsNotOne(text: String) {
        #expect(throws: NoteError.self) { try NoteVerifier(vkey: text) }
    }
}
