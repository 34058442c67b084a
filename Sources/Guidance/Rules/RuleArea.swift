/// What a rule is about.
public enum RuleArea: String, CaseIterable, Sendable {
    case classification
    case product
    case risk
    case donor
    case material
    case cellLine = "cell-line"
    case bank
    case process
    case batch
    case facility
    case asepticProcessSimulation = "aps"
    case personnel
    case specification
    case release
    case potency
    case analytics
    case stability
    case storage
    case transport
    case comparability
    case change
    case nonclinical
    case techTransfer = "tech-transfer"
    case dose
    case trial
    case dataIntegrity = "data-integrity"
    case records
    case lifecycle
    case dossier
}
