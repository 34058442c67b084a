/// How much a definition may hold. Each limit is far above any honest definition and keeps a
/// hostile or broken one from taking the machine with it.
public enum DefinitionLimits {
    /// Bytes of one file: a process of 20,000 steps takes about 10 MB.
    public static let fileBytes = 32 << 20
    /// Bytes of all files together.
    public static let totalBytes = 64 << 20
    /// Files of one definition.
    public static let files = 1000
    /// Folders inside folders.
    public static let folderDepth = 8
    /// Lists and mappings inside each other: the schema needs about a dozen. Well under the depth
    /// at which a recursive walk would run out of stack on a small thread.
    public static let nesting = 48
    /// Values, each alias counted as all that it stands for: an alias bomb of a few hundred bytes
    /// would otherwise be read as billions.
    public static let values = 4_000_000
    /// Findings reported one by one.
    public static let findings = 1000
    /// Letters of an id.
    public static let identifierLength = 64
}
