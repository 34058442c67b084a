import ArgumentParser
import Documents

// The choices of a paper as words on the command line: their raw values.

extension LabelForm: ExpressibleByArgument {}
