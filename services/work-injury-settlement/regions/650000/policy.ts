import { choice, count, flag, grant, keyed, optional, policy, refuse } from '../../../../policy/door.ts'

/**
 * A3.02-A3.12: Xinjiang's own conditions. The three principles are read as: six months, relation not terminated, and (contributing in an
 * existing labour relation, or retired from that employer, or grade 1 to 4) (A3-o1, A3-o2, assumed).
 */
export const filingEligibility = policy({
  id: 'filing-eligibility',
  title: { zh: '新疆工伤保险异地就医备案', en: 'Filing of off-site treatment, Xinjiang' },
  from: '2024-12-30',
  clause: 'A3.01',
  facts: {
    filingClass: choice('long_term_residence', 'posted_work', 'referral'),
    treatmentOutsidePrefecture: flag(),
    offsiteMonths: count('month'),
    opinionLevel: optional(count('level')),
    determinationDone: flag(),
    recurrenceConfirmed: flag(),
    rehabilitationConfirmed: flag(),
    deviceConfirmed: flag(),
    relationTerminated: flag(),
    contributing: flag(),
    labourRelationExists: flag(),
    retiredFromInjuryEmployer: flag(),
    disabilityGrade: optional(count('grade')),
    applicant: choice('self', 'relative', 'employer_officer', 'colleague'),
    authorityRecorded: flag(),
  },
  values: {
    offsiteMonthsMin: count('month'),
    referralOpinionLevelMin: count('level'),
    exceptedGradeMax: count('grade'),
    longTermOpenEnded: flag(),
    filingValidMonths: keyed(choice('long_term_residence', 'posted_work', 'referral'), count('month')),
    filingChangeLockMonths: count('month'),
  },
  results: {
    openEnded: flag(),
    validMonths: count('month'),
    lockMonths: count('month'),
    coversMedical: flag(),
    coversRehabilitation: flag(),
    coversDevice: flag(),
  },
  decide(facts, values) {
    if (facts.applicant === 'colleague') return refuse('applicant_not_entitled', 'A3.11')
    if (facts.filingClass === 'referral' && facts.applicant === 'employer_officer') {
      return refuse('applicant_not_entitled', 'A3.11')
    }
    if (facts.applicant !== 'self' && !facts.authorityRecorded) return refuse('authority_missing', 'A3.11')
    if (!facts.treatmentOutsidePrefecture) return refuse('referral_not_needed_inside_prefecture', 'A3.10')
    if (facts.relationTerminated) return refuse('insurance_relation_terminated', 'A3.03')
    if (facts.filingClass === 'referral') {
      if (facts.opinionLevel === null) return refuse('referral_opinion_missing', 'A3.11')
      if (facts.opinionLevel < values.referralOpinionLevelMin) {
        return refuse('referral_opinion_level_too_low', 'A3.11')
      }
    } else {
      if (facts.offsiteMonths < values.offsiteMonthsMin) return refuse('offsite_months_below_minimum', 'A3.02')
      const excepted = facts.disabilityGrade !== null && facts.disabilityGrade <= values.exceptedGradeMax
      const working = facts.contributing && facts.labourRelationExists
      if (!working && !facts.retiredFromInjuryEmployer && !excepted) {
        return refuse('relation_not_continued', 'A3.03')
      }
    }
    const coversMedical = facts.determinationDone || facts.recurrenceConfirmed
    if (!coversMedical && !facts.rehabilitationConfirmed && !facts.deviceConfirmed) {
      return refuse('no_confirmation', 'A1.10')
    }
    const openEnded = facts.filingClass !== 'referral' && values.longTermOpenEnded
    return grant(
      {
        openEnded,
        validMonths: openEnded ? 0 : values.filingValidMonths[facts.filingClass],
        lockMonths: values.filingChangeLockMonths,
        coversMedical,
        coversRehabilitation: facts.rehabilitationConfirmed,
        coversDevice: facts.deviceConfirmed,
      },
      facts.filingClass === 'referral' ? 'A3.12' : 'A3.06',
    )
  },
})
