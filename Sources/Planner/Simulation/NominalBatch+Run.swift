extension NominalBatch {
    /// The median batch of a program, run alone by the engine itself.
    init(_ program: CampaignProgram) {
        var engine = CampaignEngine(program, isMedian: true, batches: 1)
        let row = UnsafeMutablePointer<Double>.allocate(capacity: engine.columns.count)
        defer { row.deallocate() }
        engine.run(DrawStream(seed: 0, replication: 0), into: row)
        let batch = engine.batches[0]
        let filling = program.plan.filling
        let vialsLeft = max(batch.vials - Double(filling.vialsKept), 0)
        let content = vialsLeft * filling.cellsPerVial * filling.recovery
        cells = batch.cells
        vials = Int(min(vialsLeft, 1e15))
        doses = Int(min((content / filling.cellsPerDose).rounded(.down), 1e15))
        hours = row[.makespan] - batch.startedAt
        cost = batch.cost
    }
}
