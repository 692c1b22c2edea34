import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMilliseconds } from '../../ground/door.ts'
import { cardsOf, reportCardLost } from '../../people/door.ts'
import {
  admission,
  caseOf,
  longTermInUrumqi,
  look,
  nanjingInUrumqi,
  open,
  referralToNanjing,
  reviewedFiling,
  scan,
  type Treatment,
  take,
} from './journey.testing.ts'
import type { RulingSummary } from './messages-between.ts'
import { officer, type TestNation, testHospital, testNation, testPerson } from './nation.testing.ts'

// Journey 3: refused, each with its clause and what the person can do.

let nation: TestNation
beforeAll(async () => {
  nation = await testNation({ regions: ['320000', '620000', '650000'] })
})
afterAll(() => nation.close())

const sentences = { zh: expect.stringMatching(/\p{Script=Han}{4}/u), en: expect.stringMatching(/\w+ \w+/) }

/** Refused for a reason on a clause, and told in both languages what that means and what can be done. */
function refusedFor(reason: string, because: string): Partial<Record<keyof RulingSummary, unknown>> {
  return { outcome: 'refused', reason, because, meaning: sentences, advice: sentences }
}

describe('a filing', () => {
  const levelOne = { ...referralToNanjing, opinion: { ...referralToNanjing.opinion, institutionLevel: 1 } }
  const fiveMonths = { ...longTermInUrumqi, residenceSince: '2025-12-01' }
  const terminated = { relation_terminated_on: '2026-05-01' }
  it.each([
    ['A1-t2: five months instead of eight', '320100', fiveMonths, {}, 'offsite_months_below_minimum', 'A1.09'],
    [
      'A1-t3: no determination or confirmation',
      '320100',
      longTermInUrumqi,
      { determined_on: null },
      'no_confirmation',
      'A1.10',
    ],
    ['A3-t5: opinion of level 1 in Xinjiang', '650100', levelOne, {}, 'referral_opinion_level_too_low', 'A3.11'],
    ['A3.03: relation terminated', '650100', referralToNanjing, terminated, 'insurance_relation_terminated', 'A3.03'],
  ])('%s: refused at the review, and nobody can approve it', async (_, agency, form, injury, reason, clause) => {
    const home = nation.region(`${agency.slice(0, 2)}0000`)
    const person = await testPerson(home, agency, injury)
    const { caseId } = await open(home, person.actor, 'filing', form, { agency })
    await take(home, await officer(home, 'accept', agency), caseId, 'accept', { outcome: 'accepted' })
    const review = async (outcome: string) =>
      take(home, await officer(home, 'review', agency), caseId, 'review', { outcome, opinion: '按规定办理' })
    await expect(review('approved')).rejects.toMatchObject({ code: 'review_against_rule', clause, params: { reason } })
    expect((await review('refused')).status).toBe('refused')
    const view = await home.run((work) => home.cases.get(work, caseId))
    const { meaning, advice } = refusedFor(reason, clause)
    expect(view.decision?.decision).toMatchObject({ decision: { reason, because: clause }, meaning, advice })
    // 60 days for reconsideration, 6 months for litigation.
    expect(view.decision?.objection).toMatchObject({
      reconsideration: { date: '2026-07-10' },
      litigation: { date: '2026-11-11' },
    })
  })

  it('A1.13: a change inside the lock is refused, with its clause', async () => {
    const { home, person } = await nanjingInUrumqi(nation)
    const filing = await caseOf(home, person, 'filing')
    const change = { treatmentRegion: '620100', note: '搬家' }
    await expect(take(home, person.actor, filing?.caseId ?? '', 'requestChange', change)).rejects.toMatchObject({
      code: 'change_inside_lock',
      clause: 'A1.13',
    })
  })
})

describe('an admission', () => {
  let treatment: Treatment
  beforeAll(async () => {
    treatment = await nanjingInUrumqi(nation)
  })

  /** What home answers to an admission. */
  async function answer({ home, host, hospital }: Treatment, shown: object, change: object = {}) {
    const stay = await open(host, hospital.office, 'stay', admission(home.region, shown, change))
    await nation.settleMessages()
    return look(host, host.flows.stay, stay.caseId)
  }

  it('A1.07: at a hospital that is not live yet; a claim is opened', async () => {
    const { home, host, person } = treatment
    const hospital = await testHospital(host, '650100', 'agreed')
    const { status, state } = await answer({ ...treatment, hospital }, await scan(home, person, host))
    expect(status).toBe('redirected')
    expect(state.eligibility?.ruling).toMatchObject(refusedFor('institution_not_live', 'A1.07'))
    expect(await caseOf(home, person, 'claim')).toMatchObject({
      number: state.eligibility?.manualClaim,
      status: 'opened',
    })
  })

  it('A1.04, A1-o10: outpatient; a claim is opened', async () => {
    const { home, host, person } = treatment
    const { state } = await answer(treatment, await scan(home, person, host), { careKind: 'outpatient' })
    expect(state.eligibility?.ruling).toMatchObject(refusedFor('outpatient_not_direct', 'A1.04'))
    expect(state.eligibility?.manualClaim).toMatch(/^BX/)
  })

  it('A1.07: at a hospital whose agreement has ended', async () => {
    const { home, host, person } = treatment
    const hospital = await testHospital(host, '650100', 'ended')
    const { state } = await answer({ ...treatment, hospital }, await scan(home, person, host))
    expect(state.eligibility?.ruling).toMatchObject(refusedFor('institution_not_live', 'A1.07'))
  })

  it.each([
    ['on the last day of the referral: settled there', '2025-11-11', null],
    ['A3-t6, A3.12: the day after the referral ended: refused, and a claim is opened', '2025-11-10', 'filing_expired'],
  ])('%s', async (_, effectiveOn, reason) => {
    const [home, host] = [nation.region('620000'), nation.region('320000')]
    const person = await testPerson(home, '620100')
    const hospital = await testHospital(host, '320100')
    await reviewedFiling(nation, home, '620100', person, referralToNanjing, { effectiveOn })
    const { status, state } = await answer({ home, host, person, hospital }, await scan(home, person, host))
    expect(status).toBe(reason ? 'redirected' : 'in_hospital')
    if (reason) expect(state.eligibility?.ruling).toMatchObject(refusedFor(reason, 'A3.12'))
    expect(state.eligibility?.manualClaim).toEqual(reason ? expect.stringMatching(/^BX/) : null)
  })

  it('A1.05, B1.01: a code scanned within its minute works, one scanned after it does not, and it works once', async () => {
    const { home, host, person } = treatment
    const shown = await scan(home, person, host)
    const scannedAt = (milliseconds: number) => ({
      ...shown,
      scannedAt: addMilliseconds(host.clock.now(), milliseconds),
    })
    const late = await answer(treatment, scannedAt(60_000))
    expect(late.state.eligibility?.ruling).toMatchObject(refusedFor('card_not_usable', 'A1.05'))
    expect((await answer(treatment, scannedAt(59_999))).status).toBe('in_hospital')
    const twice = await answer(treatment, scannedAt(59_999))
    expect(twice.state.eligibility?.ruling).toMatchObject(refusedFor('card_not_usable', 'A1.05'))
    // Holding a used code says nothing about whose it is.
    expect(twice.state.eligibility?.patientId).toBeNull()
  })

  it('A1.05: a card reported lost, by its number or by the code of its e-card', async () => {
    const lost = await nanjingInUrumqi(nation)
    const { home, host, person } = lost
    const shown = await scan(home, person, host)
    await home.run(async (work) => {
      const [card] = await cardsOf(work, person.personId, 'test')
      await reportCardLost(work, card?.cardId ?? '')
    })
    for (const way of [shown, { kind: 'card', cardNumber: person.cardNumber }]) {
      const { status, state } = await answer(lost, way)
      expect(status).toBe('redirected')
      expect(state.eligibility?.ruling).toMatchObject(refusedFor('card_not_usable', 'A1.05'))
    }
  })

  it('A1.05, S-04: a card number that nobody has', async () => {
    const { state } = await answer(treatment, { kind: 'card', cardNumber: 'NOBODY01' })
    expect(state.eligibility?.ruling).toMatchObject(refusedFor('card_not_usable', 'A1.05'))
  })
})
