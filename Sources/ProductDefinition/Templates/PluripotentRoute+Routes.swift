extension PluripotentRoute {
    static let retinalPigmentEpithelium = PluripotentRoute(
        id: "psc-rpe", summary: "retinal pigment epithelium from a pluripotent line",
        cellType: "retinal pigment epithelium",
        substance: "retinal pigment epithelial cells differentiated from a human pluripotent line",
        indication: "a degeneration of the retina, to be named", route: "subretinal",
        dose: "1e5 cells", doseRange: "5e4..2e5 cells", action: "replace",
        pathway: ("support", "support of photoreceptors: phagocytosis and growth factors"),
        basal: "X-VIVO-type medium for epithelium",
        factors: [
            Factor(id: "nicotinamide", name: "nicotinamide", isProtein: false),
            Factor(id: "activin-a", name: "activin A", isProtein: true),
        ],
        steps: [
            Step(
                id: "neural", name: "neural induction", day: 0, days: 14,
                factors: [("nicotinamide", "10 mmol/L", "9..11 mmol/L", "5..15 mmol/L")],
                control: ("neural rosettes", "present in every vessel")),
            Step(
                id: "retinal", name: "retinal specification", day: 14, days: 14,
                factors: [
                    ("nicotinamide", "10 mmol/L", "9..11 mmol/L", "5..15 mmol/L"),
                    ("activin-a", "100 ng/mL", "90..110 ng/mL", "50..150 ng/mL"),
                ], control: ("pigmented areas", "present in every vessel")),
            Step(
                id: "maturation", name: "maturation of the epithelium", day: 28, days: 42,
                factors: [("nicotinamide", "10 mmol/L", "9..11 mmol/L", "5..15 mmol/L")],
                control: ("pigmented cobblestone epithelium", "at least 90 % of the area")),
        ],
        positive: ["PMEL17", "RPE65", "CRALBP"], identityLimit: "≥ 95 %",
        potency: (
            "polarised secretion of PEDF and VEGF", "cytokine secretion", "ELISA of both sides",
            "14 d"
        ), harvest: "2e5 cells/cm2")

    static let dopaminergic = PluripotentRoute(
        id: "psc-dopaminergic",
        summary: "midbrain dopaminergic progenitors from a pluripotent line",
        cellType: "dopaminergic progenitors",
        substance: "midbrain floor-plate progenitors differentiated from a human pluripotent line",
        indication: "Parkinson's disease", route: "intraputaminal", dose: "6.3e6 cells",
        doseRange: "3.15e6..6.30e6 cells", action: "replace",
        pathway: ("dopamine", "release of dopamine by neurons that mature from the graft"),
        basal: "DMEM/F12 and Neurobasal with N2",
        factors: [
            Factor(id: "sb431542", name: "SB431542", isProtein: false),
            Factor(id: "noggin", name: "noggin", isProtein: true),
            Factor(id: "shh", name: "sonic hedgehog C24II", isProtein: true),
            Factor(id: "chir", name: "CHIR99021", isProtein: false),
            Factor(id: "fgf8b", name: "FGF8b", isProtein: true),
        ],
        steps: [
            Step(
                id: "patterning", name: "patterning", day: 0, days: 9,
                factors: [
                    ("sb431542", "10 µmol/L", "9..11 µmol/L", "5..15 µmol/L"),
                    ("noggin", "100 ng/mL", "90..110 ng/mL", "50..200 ng/mL"),
                    ("shh", "300 ng/mL", "250..350 ng/mL", "200..500 ng/mL"),
                    ("chir", "0.7 µmol/L", "0.6..0.8 µmol/L", "0.5..1.0 µmol/L"),
                ], control: ("neuroepithelium by image", "> 50 %")),
            Step(
                id: "caudalising", name: "caudal patterning", day: 9, days: 2,
                factors: [("fgf8b", "100 ng/mL", "90..110 ng/mL", "50..150 ng/mL")],
                control: ("FOXA2 and OTX2", "≥ 80 %")),
            Step(
                id: "maturation", name: "maturation", day: 11, days: 5,
                factors: [("fgf8b", "100 ng/mL", "90..110 ng/mL", "50..150 ng/mL")],
                control: ("FOXA2 and LMX1A", "≥ 80 %")),
        ],
        positive: ["FOXA2", "LMX1A", "OTX2"], identityLimit: "≥ 80 %",
        potency: (
            "dopamine release after maturation in vitro", "functional activity", "HPLC of dopamine",
            "21 d"
        ), harvest: "1.6e6 cells/cm2")

    static let cardiomyocyte = PluripotentRoute(
        id: "psc-cardiomyocyte", summary: "ventricular cardiomyocytes from a pluripotent line",
        cellType: "cardiomyocytes",
        substance: "ventricular cardiomyocytes differentiated from a human pluripotent line",
        indication: "heart failure after infarction", route: "intramyocardial", dose: "1.5e8 cells",
        doseRange: "5e7..3e8 cells", action: "repair",
        pathway: ("contraction", "contracting tissue that couples to the heart"),
        basal: "RPMI 1640 with B27",
        factors: [
            Factor(id: "chir", name: "CHIR99021", isProtein: false),
            Factor(id: "iwr-1", name: "IWR-1", isProtein: false),
            Factor(id: "insulin", name: "recombinant insulin", isProtein: true),
        ],
        steps: [
            Step(
                id: "mesoderm", name: "mesoderm by Wnt activation", day: 0, days: 2,
                factors: [("chir", "6 µmol/L", "5..7 µmol/L", "4..12 µmol/L")],
                control: ("brachyury", "≥ 80 %")),
            Step(
                id: "cardiac", name: "cardiac specification by Wnt inhibition", day: 2, days: 5,
                factors: [("iwr-1", "5 µmol/L", "4..6 µmol/L", "2..8 µmol/L")],
                control: ("beating areas by day 10 in a witness vessel", "present")),
            Step(
                id: "enrichment", name: "maturation and enrichment without glucose", day: 7,
                days: 8,
                factors: [("insulin", "10 µg/mL", "9..11 µg/mL", "5..15 µg/mL")],
                control: ("cardiac troponin T", "≥ 80 %")),
        ],
        positive: ["cTnT", "MLC2v"], identityLimit: "≥ 80 %",
        potency: (
            "calcium transients and beating rate", "functional activity", "calcium imaging", "7 d"
        ), harvest: "4e5 cells/cm2")

    static let islet = PluripotentRoute(
        id: "psc-islet", summary: "islet cells from a pluripotent line",
        cellType: "islet cells",
        substance: "insulin-producing islet cells differentiated from a human pluripotent line",
        indication: "type 1 diabetes with severe hypoglycaemia", route: "intraportal",
        dose: "8e8 cells", doseRange: "4e8..1e9 cells", action: "replace",
        pathway: ("insulin", "secretion of insulin in answer to glucose"),
        basal: "MCDB 131 medium",
        factors: [
            Factor(id: "activin-a", name: "activin A", isProtein: true),
            Factor(id: "chir", name: "CHIR99021", isProtein: false),
            Factor(id: "kgf", name: "keratinocyte growth factor", isProtein: true),
            Factor(id: "retinoic-acid", name: "retinoic acid", isProtein: false),
            Factor(id: "alk5-inhibitor", name: "ALK5 inhibitor", isProtein: false),
        ],
        steps: [
            Step(
                id: "endoderm", name: "definitive endoderm", day: 0, days: 3,
                factors: [
                    ("activin-a", "100 ng/mL", "90..110 ng/mL", "50..150 ng/mL"),
                    ("chir", "3 µmol/L", "2.5..3.5 µmol/L", "2..5 µmol/L"),
                ], control: ("SOX17 and FOXA2", "≥ 80 %")),
            Step(
                id: "gut-tube", name: "primitive gut tube", day: 3, days: 3,
                factors: [("kgf", "50 ng/mL", "45..55 ng/mL", "25..75 ng/mL")],
                control: ("HNF4A", "≥ 70 %")),
            Step(
                id: "pancreatic", name: "pancreatic progenitors", day: 6, days: 7,
                factors: [
                    ("kgf", "50 ng/mL", "45..55 ng/mL", "25..75 ng/mL"),
                    ("retinoic-acid", "2 µmol/L", "1.8..2.2 µmol/L", "0.1..3 µmol/L"),
                ], control: ("PDX1 and NKX6.1", "≥ 60 %")),
            Step(
                id: "endocrine", name: "endocrine cells", day: 13, days: 7,
                factors: [("alk5-inhibitor", "10 µmol/L", "9..11 µmol/L", "5..15 µmol/L")],
                control: ("C-peptide and NKX6.1", "≥ 20 %")),
            Step(
                id: "maturation", name: "maturation in aggregates", day: 20, days: 10,
                factors: [("alk5-inhibitor", "10 µmol/L", "9..11 µmol/L", "5..15 µmol/L")],
                control: ("C-peptide and NKX6.1", "≥ 30 %")),
        ],
        positive: ["C-peptide", "NKX6.1"], identityLimit: "≥ 30 %",
        potency: (
            "insulin secretion stimulated by glucose", "functional activity", "ELISA of C-peptide",
            "3 d"
        ), stacks: 2, harvest: "5e5 cells/cm2")

    static let mesenchymal = PluripotentRoute(
        id: "psc-msc", summary: "mesenchymal stromal cells from a pluripotent line",
        cellType: "pluripotent-derived mesenchymal cells",
        substance: "mesenchymal stromal cells differentiated from a human pluripotent line",
        indication: "an immune or inflammatory disease, to be named", route: "intravenous",
        dose: "1e6 cells/kg", doseRange: "0.5e6..4e6 cells/kg", action: "immunological",
        pathway: ("ido", "tryptophan depletion by IDO, induced by interferon gamma"),
        basal: "alpha-MEM",
        factors: [
            Factor(id: "chir", name: "CHIR99021", isProtein: false),
            Factor(id: "bmp4", name: "BMP4", isProtein: true),
            Factor(id: "fgf2", name: "FGF2", isProtein: true),
        ],
        steps: [
            Step(
                id: "mesoderm", name: "mesoderm", day: 0, days: 4,
                factors: [
                    ("chir", "3 µmol/L", "2.5..3.5 µmol/L", "2..5 µmol/L"),
                    ("bmp4", "20 ng/mL", "18..22 ng/mL", "10..30 ng/mL"),
                ], control: ("brachyury or CD56", "≥ 70 %")),
            Step(
                id: "mesenchyme", name: "mesenchymal outgrowth", day: 4, days: 14,
                factors: [("fgf2", "10 ng/mL", "9..11 ng/mL", "5..15 ng/mL")],
                control: ("spindle-shaped cells", "at least 90 % of the area")),
            Step(
                id: "mesenchymal-expansion", name: "expansion of mesenchymal cells", day: 18,
                days: 12,
                factors: [("fgf2", "10 ng/mL", "9..11 ng/mL", "5..15 ng/mL")],
                control: ("CD73, CD90 and CD105", "≥ 90 %")),
        ],
        positive: ["CD73", "CD90", "CD105"], identityLimit: "≥ 95 %",
        potency: (
            "IDO activity after interferon gamma", "enzyme induction", "HPLC of kynurenine", "5 d"
        ),
        stacks: 5, harvest: "3e4 cells/cm2")
}
