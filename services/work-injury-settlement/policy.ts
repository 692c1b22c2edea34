import {
  addMonths,
  choice,
  count,
  date,
  flag,
  grant,
  keyed,
  min,
  money,
  optional,
  policy,
  refer,
  refuse,
} from '../../policy/door.ts'

/** A1.09-A1.13: may this person's treatment outside the insured province be filed, and what does the filing cover? */
export const filingEligibility = policy({
  id: 'filing-eligibility',
  title: { zh: '工伤保险跨省异地就医备案', en: 'Filing of work-injury treatment in another province' },
  from: '2024-04-01',
  clause: 'A1.02',
  facts: {
    filingClass: choice('long_term_residence', 'posted_work', 'referral'),
    treatmentOutsideProvince: flag(),
    insuredAreaPilot: flag(),
    treatmentAreaPilot: flag(),
    offsiteMonths: count('month'),
    opinionLevel: optional(count('level')),
    determinationDone: flag(),
    recurrenceConfirmed: flag(),
    rehabilitationConfirmed: flag(),
    deviceConfirmed: flag(),
    relationTerminated: flag(),
    applicant: choice('self', 'relative', 'employer_officer', 'colleague'),
    authorityRecorded: flag(),
  },
  values: {
    pilotRegisterApplies: flag(),
    offsiteMonthsMin: count('month'),
    referralOpinionLevelMin: count('level'),
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
    if (values.pilotRegisterApplies && !(facts.insuredAreaPilot && facts.treatmentAreaPilot)) {
      return refuse('outside_pilot_area', 'A1.03')
    }
    if (facts.applicant === 'colleague') return refuse('applicant_not_entitled', 'A1.12')
    if (facts.applicant !== 'self' && !facts.authorityRecorded) return refuse('authority_missing', 'A1.12')
    if (!facts.treatmentOutsideProvince) return refuse('filing_not_needed_inside_province', 'A1.09')
    if (facts.relationTerminated) return refuse('insurance_relation_terminated', 'A1.09')
    if (facts.filingClass === 'referral') {
      if (facts.opinionLevel === null) return refuse('referral_opinion_missing', 'A1.09')
      if (facts.opinionLevel < values.referralOpinionLevelMin) {
        return refuse('referral_opinion_level_too_low', 'A3.11')
      }
    } else if (facts.offsiteMonths < values.offsiteMonthsMin) {
      return refuse('offsite_months_below_minimum', 'A1.09')
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
      'A1.11',
    )
  },
})

/** A1.13: the insured province may lock a filing against too frequent change; a new referral overrides the lock (A1-o5, assumed). */
export const filingChange = policy({
  id: 'filing-change',
  title: { zh: '变更或取消异地就医备案', en: 'Change or cancellation of a filing' },
  from: '2024-04-01',
  clause: 'A1.13',
  facts: { effectiveFrom: date(), requestedOn: date(), byNewReferral: flag() },
  values: { filingChangeLockMonths: count('month'), referralOverridesLock: flag() },
  results: {},
  decide(facts, values) {
    if (facts.byNewReferral && values.referralOverridesLock) return grant({}, 'A1.13')
    if (facts.requestedOn < addMonths(facts.effectiveFrom, values.filingChangeLockMonths)) {
      return refuse('change_inside_lock', 'A1.13')
    }
    return grant({}, 'A1.13')
  },
})

/** A1.13: a province's own lock is in principle not longer than six months; a longer one is put before people. */
export const filingLockSetting = policy({
  id: 'filing-lock-setting',
  title: { zh: '设定备案变更锁定期', en: 'Setting the lock of filings' },
  from: '2024-04-01',
  clause: 'A1.13',
  facts: { proposedLockMonths: count('month') },
  values: { filingChangeLockMonthsMax: count('month') },
  results: { lockMonths: count('month') },
  decide(facts, values) {
    if (facts.proposedLockMonths > values.filingChangeLockMonthsMax) {
      return refer('lock_above_principle', 'A1.13')
    }
    return grant({ lockMonths: facts.proposedLockMonths }, 'A1.13')
  },
})

/** A3.07: an extension is applied for a number of working days before the validity ends; a later one is a new filing (A3-o3, assumed). */
export const filingExtension = policy({
  id: 'filing-extension',
  title: { zh: '异地就医备案延期', en: 'Extension of a filing' },
  from: '2024-04-01',
  clause: 'A1.02',
  facts: {
    openEnded: flag(),
    workingDaysBeforeEnd: count('working_day'),
    filingClass: choice('long_term_residence', 'posted_work', 'referral'),
  },
  values: {
    extensionNoticeWorkingDays: count('working_day'),
    filingValidMonths: keyed(choice('long_term_residence', 'posted_work', 'referral'), count('month')),
  },
  results: { extensionMonths: count('month') },
  decide(facts, values) {
    if (facts.openEnded) return refuse('extension_not_needed', 'A1.16')
    if (facts.filingClass === 'referral') return refuse('referral_not_extended', 'A3.12')
    if (facts.workingDaysBeforeEnd < values.extensionNoticeWorkingDays) return refuse('extension_late', 'A3.07')
    return grant({ extensionMonths: values.filingValidMonths[facts.filingClass] }, 'A3.06')
  },
})

/**
 * A1.02-A1.17, A2.12, A3.10: may this stay be settled at the institution, and by whose catalogue? Decided by the insured region when the
 * institution asks; `on` is the day of admission.
 */
export const directSettlement = policy({
  id: 'direct-settlement',
  title: { zh: '工伤医疗费用直接结算资格', en: 'Direct settlement of a work-injury stay' },
  from: '2024-04-01',
  clause: 'A1.02',
  facts: {
    careKind: choice('inpatient', 'emergency', 'outpatient'),
    costType: choice('medical', 'rehabilitation', 'device'),
    treatmentPlace: choice('insured_area', 'insured_province', 'other_province'),
    treatmentOutsidePrefecture: flag(),
    institutionState: choice('live', 'connected', 'agreed', 'none'),
    cardUsable: flag(),
    entitled: flag(),
    employerInsured: flag(),
    thirdPartyLiable: flag(),
    otherInsuranceOpen: flag(),
    determinationPending: flag(),
    filingState: choice('effective', 'pending', 'ended', 'none'),
    filingValidFrom: optional(date()),
    filingValidTo: optional(date()),
    admittedOn: date(),
    coversMedical: flag(),
    coversRehabilitation: flag(),
    coversDevice: flag(),
  },
  values: { provinceWideSettlement: flag(), filingOutsidePrefecture: flag() },
  results: { catalogueOf: choice('treatment', 'insured') },
  decide(facts, values) {
    if (facts.careKind === 'outpatient') return refuse('outpatient_not_direct', 'A1.04')
    if (!facts.cardUsable) return refuse('card_not_usable', 'A1.05')
    if (facts.otherInsuranceOpen) return refuse('other_insurance_open', 'SIL.30')
    if (facts.thirdPartyLiable) return refuse('third_party_liable', 'SIL.42')
    if (!facts.employerInsured) return refer('employer_not_insured', 'SIL.41')
    if (!facts.entitled) return refuse('not_entitled', 'A1.09')
    if (facts.determinationPending) return refuse('determination_pending', 'A1.10')
    if (facts.institutionState !== 'live') return refuse('institution_not_live', 'A1.07')
    const covered =
      facts.costType === 'medical'
        ? facts.coversMedical
        : facts.costType === 'rehabilitation'
          ? facts.coversRehabilitation
          : facts.coversDevice
    if (!covered) return refuse('confirmation_missing_for_cost_type', 'A1.10')
    if (facts.treatmentPlace === 'insured_province' && !values.provinceWideSettlement) {
      return refuse('province_not_connected', 'A1.06')
    }
    const filingNeeded =
      facts.treatmentPlace === 'other_province' || (facts.treatmentOutsidePrefecture && values.filingOutsidePrefecture)
    if (!filingNeeded) {
      return grant({ catalogueOf: 'insured' }, facts.treatmentPlace === 'insured_area' ? 'A1.17' : 'A2.12')
    }
    if (facts.filingState !== 'effective' || facts.filingValidFrom === null) {
      if (facts.careKind === 'emergency') return refuse('emergency_without_filing', 'WIR.30')
      return refuse('no_effective_filing', 'A1.11')
    }
    if (facts.admittedOn < facts.filingValidFrom) return refuse('admitted_before_filing', 'A1.11')
    if (facts.filingValidTo !== null && facts.admittedOn > facts.filingValidTo) {
      return refuse('filing_expired', 'A3.12')
    }
    if (facts.treatmentPlace !== 'other_province') return grant({ catalogueOf: 'insured' }, 'A3.11')
    if (facts.costType === 'device') return grant({ catalogueOf: 'insured' }, 'A1.15')
    return grant({ catalogueOf: 'treatment' }, 'A1.14')
  },
})

/** A1.14-A1.15: one line of the fee list. Work injury knows no deductible and no co-payment: in scope is paid in full. */
export const linePricing = policy({
  id: 'line-pricing',
  title: { zh: '费用明细审核', en: 'Pricing of a bill line' },
  from: '2024-04-01',
  clause: 'A1.02',
  facts: {
    injuryRelated: flag(),
    inCatalogue: flag(),
    amountFen: money({ max: 100_000_000_000 }),
    limitFen: optional(money({ max: 100_000_000_000 })),
  },
  values: {},
  results: {
    fundFen: money({ max: 100_000_000_000 }),
    personFen: money({ max: 100_000_000_000 }),
    finding: choice('in_scope', 'not_for_injury', 'outside_catalogue', 'over_limit'),
  },
  total: 'fundFen',
  decide(facts) {
    if (!facts.injuryRelated) {
      return grant({ fundFen: 0, personFen: facts.amountFen, finding: 'not_for_injury' }, 'WIR.30')
    }
    if (!facts.inCatalogue) {
      return grant({ fundFen: 0, personFen: facts.amountFen, finding: 'outside_catalogue' }, 'A1.14')
    }
    if (facts.limitFen !== null && facts.amountFen > facts.limitFen) {
      return grant(
        { fundFen: facts.limitFen, personFen: facts.amountFen - facts.limitFen, finding: 'over_limit' },
        'A1.14',
      )
    }
    return grant({ fundFen: facts.amountFen, personFen: 0, finding: 'in_scope' }, 'A1.14')
  },
})

/** A1.18: what is not settled at the institution is reimbursed at home: meal allowance; travel and lodging of a referral with prior consent. */
export const manualClaim = policy({
  id: 'manual-claim',
  title: { zh: '工伤医疗手工报销', en: 'Manual reimbursement of work-injury costs' },
  from: '2024-04-01',
  clause: 'A1.02',
  facts: {
    stayDays: count('day', { max: 3_660 }),
    daysClaimedBefore: count('day', { max: 3_660 }),
    referredWithConsent: flag(),
    outsidePoolingArea: flag(),
    travelFen: money({ max: 10_000_000 }),
    lodgingFen: money({ max: 10_000_000 }),
    billInScopeFen: money({ max: 100_000_000_000 }),
    thirdPartyLiable: flag(),
    determinationDone: flag(),
    recurrenceConfirmed: flag(),
    rehabilitationConfirmed: flag(),
    deviceConfirmed: flag(),
  },
  values: { mealAllowancePerDayFen: money({ max: 100_000 }), referralTravelMaxFen: money({ max: 10_000_000 }) },
  results: {
    mealFen: money({ max: 1_000_000_000 }),
    travelFen: money({ max: 20_000_000 }),
    billFen: money({ max: 100_000_000_000 }),
    totalFen: money({ max: 200_000_000_000 }),
  },
  total: 'totalFen',
  decide(facts, values) {
    if (facts.thirdPartyLiable) return refuse('third_party_liable', 'SIL.42')
    const confirmed =
      facts.determinationDone || facts.recurrenceConfirmed || facts.rehabilitationConfirmed || facts.deviceConfirmed
    if (!confirmed) return refuse('no_confirmation', 'A1.10')
    const mealDays = facts.stayDays > facts.daysClaimedBefore ? facts.stayDays - facts.daysClaimedBefore : 0
    const mealFen = values.mealAllowancePerDayFen * mealDays
    const travelFen =
      facts.referredWithConsent && facts.outsidePoolingArea
        ? min(facts.travelFen + facts.lodgingFen, values.referralTravelMaxFen)
        : 0
    const totalFen = mealFen + travelFen + facts.billInScopeFen
    if (totalFen === 0) return refuse('nothing_to_reimburse', 'A1.18')
    return grant({ mealFen, travelFen, billFen: facts.billInScopeFen, totalFen }, 'A1.18')
  },
})
