import Diagnostics
import Foundation
import ProductDefinition
import TestSupport
import Testing

/// What an author sees of a bad file: the golden files are the gallery of the reader's messages.
@Suite struct BadInputTests {
    static let files: [String] =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: fixtures().appending(path: "bad").path)) ?? []).sorted()

    @Test(arguments: files) func aBadFileIsReportedWithPositions(file: String) throws {
        let path = fixtures().appending(path: "bad/\(file)").path
        let loaded = DefinitionFiles.load(path)
        let sources = loaded.sources.map { SourceFile(name: file, text: $0.text) }
        let found = loaded.findings + DefinitionReader.read(sources).findings
        #expect(found.contains { $0.severity == .error } || file == "empty-values.yaml")
        var text = TextRenderer(sources: sources).render(found.prefix(30))
        if found.count > 30 {
            text += "… and \(found.count - 30) more, the last:\n"
            text += TextRenderer(sources: sources).render(found.suffix(1))
        }
        text = text.replacing(path, with: file)
        expectSnapshot(text, named: "bad/\(file.replacing(".yaml", with: ".txt"))")
    }

    @Test func theRestOfAFileIsReadAfterAProblem() throws {
        let path = fixtures().appending(path: "bad/unresolved-references.yaml").path
        let definition = try #require(DefinitionFiles.read(path).definition)
        #expect(definition.process?.stages.first?.operations.first?.kind.value == .culture)
    }

    @Test func aHugeFileIsRefusedUnread() throws {
        try withFolder { folder in
            let path = folder.appending(path: "huge.yaml").path
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            // Sparse: a gigabyte that takes no room on the disk.
            try #require(FileHandle(forWritingAtPath: path)).truncate(atOffset: 1 << 30)
            let read = DefinitionFiles.read(path)
            #expect(read.definition == nil)
            #expect(read.findings.map(\.code) == ["file-too-large"])
        }
    }

    @Test func aFolderThatLinksToItselfIsReadOnce() throws {
        try withFolder { folder in
            try Data("product: { id: X, name: x, version: '1', phase: phase1 }\n".utf8)
                .write(to: folder.appending(path: "a.yaml"))
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "again"), withDestinationURL: folder)
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "b.yaml"),
                withDestinationURL: folder.appending(path: "a.yaml"))
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "gone.yaml"),
                withDestinationURL: folder.appending(path: "nowhere"))
            let read = DefinitionFiles.read(folder.path)
            #expect(read.sources.count == 1)
            #expect(read.findings.map(\.code) == ["unreadable-file"])
            #expect(read.definition?.product.id.value == "X")
        }
    }

    @Test func whatIsNoFileIsAFinding() {
        #expect(DefinitionFiles.read("/nowhere/at/all").findings.map(\.code) == ["unreadable-file"])
        #expect(DefinitionFiles.read("/dev/zero").findings.map(\.code) == ["unreadable-file"])
    }

    @Test func aFolderOfFilesIsOneDefinition() throws {
        try withFolder { folder in
            let parts = [
                "1.yaml": "product: { id: X, name: x, version: '1', phase: phase1 }\n"
                    + "materials: [{ id: a, name: a, role: excipient }]\n",
                "2.yml": "materials: [{ id: b, name: b, role: excipient }]\n",
                "sub/3.yaml": "materials: [{ id: a, name: a, role: excipient }]\n",
                "sub/4.yaml": "product: { id: Y, name: y, version: '1', phase: phase1 }\n",
                "notes.txt": "[not read\n",
            ]
            try FileManager.default.createDirectory(
                at: folder.appending(path: "sub"), withIntermediateDirectories: true)
            for (name, text) in parts {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            let read = DefinitionFiles.read(folder.path)
            #expect(read.definition?.product.id.value == "X")
            #expect(read.definition?.materials.count == 3)
            #expect(Set(read.findings.map(\.code)) == ["duplicate-id", "duplicate-key"])
        }
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "definition-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
