extension AnalysisReport {
    /// How far analysts, instruments or laboratories agree in the size of what they measure: the
    /// intraclass correlation in its six forms, from columns subject, rater and value.
    mutating func reliability(_ table: MeasurementTable) throws(AnalysisError) {
        let subjects = try table.texts("subject", "sample", "lot")
        let raters = try table.texts("rater", "analyst", "laboratory", "instrument")
        let values = try table.numbers("value", "result", "rating")
        let ratings = try Self.ratings(of: subjects, by: raters, values)
        let forms = try IntraclassCorrelation.allForms(ratings)
        convention("forms", "Shrout and Fleiss 1979; intervals of McGraw and Wong 1996")
        convention("confidence", "0.95")
        for form in forms {
            result("\(form.form.rawValue), \(form.form.words)", form.value, form.interval)
        }
        self.table(
            "tests of the subjects", ["form", "F", "df", "df of the error", "p"],
            forms.map {
                [
                    .text($0.form.rawValue), Value($0.f), Value($0.df1), Value($0.df2),
                    Value($0.p),
                ]
            })
        remark("the form follows from the design and is chosen before the data are seen")
        conclude("\(ratings.count) subjects by \(ratings.first?.count ?? 0) raters")
    }

    /// One subject a row and one rater a column, both in the order of their first rating.
    ///
    /// - Throws: for a rating given twice, or a subject that not every rater rated: the forms are
    ///   those of complete designs.
    private static func ratings(
        of subjects: [String], by raters: [String], _ values: [Double]
    ) throws(AnalysisError) -> [[Double]] {
        var columns: [String: Int] = [:]
        for rater in raters where columns[rater] == nil { columns[rater] = columns.count }
        var places: [String: Int] = [:]
        var counts: [(subject: String, ratings: Int)] = []
        for subject in subjects {
            if let place = places[subject] {
                counts[place].ratings += 1
            } else {
                places[subject] = counts.count
                counts.append((subject, 1))
            }
        }
        // Before there is a table: a few lines may name many subjects and many raters.
        for (subject, count) in counts where count != columns.count {
            throw .unequalLengths(
                "the raters", columns.count, "the ratings of subject '\(subject)'", count)
        }
        var table = counts.map { _ in [Double?](repeating: nil, count: columns.count) }
        for (index, value) in values.enumerated() {
            guard let row = places[subjects[index]], let column = columns[raters[index]] else {
                continue
            }
            guard table[row][column] == nil else {
                throw .duplicate(
                    what: "the rating of subject '\(subjects[index])' by", name: raters[index])
            }
            table[row][column] = value
        }
        return table.map { row in row.compactMap { $0 } }
    }
}

extension IntraclassCorrelation.Form {
    /// The design that the form belongs to.
    fileprivate var words: String {
        switch self {
        case .oneWaySingle: "different raters, one rating"
        case .twoWayRandomSingle: "the same random raters, one rating"
        case .twoWayFixedSingle: "the same fixed raters, one rating"
        case .oneWayMean: "different raters, mean rating"
        case .twoWayRandomMean: "the same random raters, mean rating"
        case .twoWayFixedMean: "the same fixed raters, mean rating"
        }
    }
}
