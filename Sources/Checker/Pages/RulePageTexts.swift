/// The comments of the rules, as the program carries them.
///
/// The files beside this one are made from `Sources/Checker/Rules`; a test holds them current.
enum RulePageTexts {
    /// What begins the text of a rule; its code follows.
    static let marker = "=== "

    static let all = [
        product, donor, material, cellsAndBanks, process, batch, facility, asepsis, specification,
        release, stability, development,
    ]
}
