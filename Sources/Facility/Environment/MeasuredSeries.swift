import Ledger

/// Refuses a series of measurements of a time that has not passed, and one whose file is among those
/// that were `imported`.
func requireSeries(
    _ from: Timestamp, _ to: Timestamp, _ file: Digest, by moment: Moment,
    among imported: some Sequence<Digest?>
) throws(Rejection) {
    guard from < to, to <= moment.now else {
        throw Rejection(
            "environment.series-period", "\(from) to \(to) is no time that has passed",
            help: "enter when the series begins and ends")
    }
    guard !imported.contains(file) else {
        throw Rejection(
            "environment.series-imported", "the file \(file.hex.prefix(12)) was imported before")
    }
}
