/// Trials of cord MSC as Mebarki et al. 2021 print them (doi:10.1186/s13287-021-02222-y), a
/// line per dose; "-" is not stated.
extension PublishedTrial {
    static let table = """
        id | component | indication | phase | design | randomised | blinded | centres | comparator
            | treated and control | treated | control | dose | dose sd | dose unit | dose basis |
            doses min | doses max | interval | interval unit | route | aim | safety | efficacy |
            reference | where | note
        U-T01 | 1 | Type 1 diabetes mellitus | - | randomised, double-blind, placebo-controlled |
            y | double | - | placebo | 29 | 15 | 14 | 26000000 | 12000000 | cells | flat | 2 | 2 |
            4 | week | IV | feasibility; safety; efficacy | no acute or chronic side effects |
            HbA1c and C-peptide improved | 29 | Table 1 | dose printed as mean +/- SD
        U-T02 | 1 | Systemic lupus erythematosus, severe and refractory | - | single arm | n | - |
            - | - | 16 | 16 | - | 1000000 | - | cells/kg | weight | - | - | - | - | IV | safety;
            efficacy | no treatment-related deaths | peripheral Treg increased | 30 | Table 1 |
            number of doses not stated
        U-T03 | 1 | Systemic lupus erythematosus, refractory | - | two arms, controlled | - | - |
            - | glucocorticoids and cyclophosphamide | 37 | 17 | 20 | 30000000 | - | cells | flat
            | - | - | - | - | IV | safety; efficacy | no complications | albumin and C3 higher,
            anti-dsDNA lower | 31 | Table 1 | number of doses and randomisation not stated
        U-T04 | 1 | Multiple sclerosis | - | randomised, controlled | y | - | - |
            anti-inflammatory and immunosuppressive agents | 23 | 13 | 10 | 4000000 | - | cells/kg
            | weight | 3 | 3 | 2 | week | IV | efficacy | - | EDSS and relapse occurrence
            decreased | 32 | Table 1 | -
        U-T05 | 1 | Multiple sclerosis | I/II | open-label, single-arm, single-centre | n | open |
            single | - | 20 | 20 | - | 20000000 | - | cells/day | flat | 7 | 7 | - | - | IV |
            feasibility; safety; efficacy | no serious side effects | inactive brain and cervical
            cord lesions in 83 % at 1 year | 33 | Table 1 | interval between the seven doses not
            stated
        U-T06 | 1 | Rheumatoid arthritis | I/II | single-arm, single-centre | n | - | single | - |
            64 | 64 | - | 20000000 | - | cells | flat | - | - | - | - | IV | long-term efficacy;
            safety | no serious side effects at 1 and 3 years | disease activity score lower at 1
            and 3 years | 34 | Table 1 | number of doses not stated
        U-T07 | 1 | Crohn's disease | - | prospective, randomised, open-label, controlled | y |
            open | - | immunosuppressive agents | 82 | 41 | 41 | 1000000 | - | cells/kg | weight |
            4 | 4 | 1 | week | IV | safety; efficacy | no serious side effects | CDAI, HBI and
            corticosteroid dose decreased | 35 | Table 1 | reference 35 is also the number printed
            for the COVID-19 trial list in the running text
        U-T08 | 1 | Chronic GVHD after HSCT | II | multicentre, randomised, double-blind,
            placebo-controlled | y | double | multi | placebo | 124 | 62 | 62 | 30000000 | - |
            cells/month | flat | - | 4 | 1 | month | IV | safety; efficacy | side effects not
            associated with MSC | cumulative incidence of cGVHD at 2 years decreased | 36 | Table
            1 | printed as 4 times maximum
        U-T09 | 1 | Acute liver allograft rejection | - | randomised, controlled | y | - | - |
            immunosuppressive agents | 27 | 14 | 13 | 1000000 | - | cells/kg | weight | 1 | 3 | 4
            | week | IV | feasibility; safety | no serious side effects | ALAT decreased,
            allograft histology improved | 37 | Table 1 | -
        U-T10 | 1 | Delayed graft function and acute rejection, deceased-donor renal
            transplantation | - | randomised, multicentre, controlled | y | - | multi | not stated
            | 42 | 21 | 21 | 2000000 | - | cells/kg | weight | - | - | - | - | IV | safety;
            feasibility | no serious side effects | graft and recipient survival comparable | 38 |
            Table 1 | first of two components
        U-T10 | 2 | Delayed graft function and acute rejection, deceased-donor renal
            transplantation | - | randomised, multicentre, controlled | y | - | multi | not stated
            | 42 | 21 | 21 | 5000000 | - | cells | flat | - | - | - | - | renal artery | safety;
            feasibility | no serious side effects | graft and recipient survival comparable | 38 |
            Table 1 | local dose printed without /kg; below the 1e7-3e7 flat range of the running
            text
        U-T11 | 1 | Severe sepsis | I | single-centre, open-label, dose escalation | n | open |
            single | - | 15 | 15 | - | 1000000 | - | cells/kg | weight | - | - | - | - | IV |
            safety; feasibility | no serious side effects up to 18 months | - | 39 | Table 1 |
            dose level 1 of 3
        U-T11 | 2 | Severe sepsis | I | single-centre, open-label, dose escalation | n | open |
            single | - | 15 | 15 | - | 2000000 | - | cells/kg | weight | - | - | - | - | IV |
            safety; feasibility | no serious side effects up to 18 months | - | 39 | Table 1 |
            dose level 2 of 3
        U-T11 | 3 | Severe sepsis | I | single-centre, open-label, dose escalation | n | open |
            single | - | 15 | 15 | - | 3000000 | - | cells/kg | weight | - | - | - | - | IV |
            safety; feasibility | no serious side effects up to 18 months | - | 39 | Table 1 |
            dose level 3 of 3
        U-T12 | 1 | HIV-1 infected immune non-responders | pilot | pilot, randomised, open-label,
            controlled | y | open | - | HAART | 13 | 7 | 6 | 500000 | - | cells/kg | weight | 3 |
            3 | 4 | week | IV | safety; efficacy | well tolerated | naive and central-memory CD4
            up, IFN-gamma and IL-2 production restored | 40 | Table 1 | -
        U-X01 | text | Haploidentical HSCT engraftment / GVHD | - | single arm | n | - | - | - |
            21 | 21 | - | - | - | - | - | - | - | - | - | - | efficacy (secondary) | - |
            engraftment improved, severe GVHD reduced | 41 | running text | dose not given in the
            review; authors say it needs a randomised controlled confirmation
        U-X02 | text | Refractory SLE, long-term follow-up | - | follow-up | - | - | - | - | 9 | 9
            | - | - | - | - | - | - | - | - | - | - | long-term safety | no haematological, liver
            or cardiac side effects after 6 years | - | 28 | running text | -
        U-X03 | text | Severe COVID-19 (Shu 2020) | - | randomised | y | - | - | standard of care
            | - | - | - | - | - | - | - | - | - | - | - | - | efficacy | - | less progression from
            severe to critical | 42 | running text | numbers not given in the review
        U-X04 | text | COVID-19 ARDS (Lanzoni) | - | controlled | - | - | - | control | - | - | -
            | - | - | - | - | - | - | - | - | - | efficacy | - | survival 91 % vs 42 % | 43 |
            running text | numbers per arm not given in the review
        """
}
