import ArgumentParser
import Diagnostics
import ProductDefinition

/// Reads a definition for a command that works with a whole one.
enum DefinitionArgument {
    /// The definition at `path`. Errors in reading it are shown and end the command: what was read
    /// around them is not what the author means.
    static func read(_ path: String) throws -> Definition {
        let (definition, findings, sources) = DefinitionFiles.read(path)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty, let definition else {
            let text = TextRenderer(sources: sources).render(errors)
            Terminal.error(text + "'\(path)': \(TextRenderer.summary(of: errors))")
            throw ExitCode.failure
        }
        return definition
    }
}
