import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { balances, trialBalance } from '../../ledger/door.ts'
import { effectiveFiling, open, settledStay, take } from './journey.testing.ts'
import { fundRegion, type TestNation, type TestRegion, testHospital, testNation, testOfficer, testPerson } from './nation.testing.ts'
import { findSettlement } from './settlements.ts'

let nation: TestNation
beforeEach(async () => {
  nation = await testNation()
})
afterEach(() => nation.close())

/** What stands on a region's accounts, by name and party; accounts at zero are left out. */
export async function books(region: TestRegion): Promise<Record<string, number>> {
  const rows = await region.run((work) => balances(work))
  const { totals } = await region.run((work) => trialBalance(work, {}))
  expect(totals.closingDebitFen).toBe(totals.closingCreditFen)
  return Object.fromEntries(
    rows.filter(({ balanceFen }) => balanceFen !== 0).map(({ name, party, balanceFen }) => [party ? `${name}:${short(party)}` : name, balanceFen]),
  )
}

function short(party: string): string {
  return /^\d{6}$/.test(party) ? party : 'body'
}

const longTerm = { filingClass: 'long_term_residence', treatmentRegion: '650100', residenceSince: '2025-09-01', residenceProof: 'document' }

async function liNaInUrumqi() {
  const [home, host] = [nation.region('320000'), nation.region('650000')]
  const person = await testPerson(home, '320100')
  const hospital = await testHospital(host, '650100')
  await effectiveFiling(nation, home, '320100', person, longTerm)
  return { home, host, person, hospital, office: hospital.office }
}

describe('journey 1: insured in Nanjing, treated in Urumqi', () => {
  it('pays only what is outside the catalogue, over the limit or not for the injury; the rest lands in both books; 600 meal allowance opens a claim', async () => {
    const { home, host, person, hospital, office } = await liNaInUrumqi()
    const stay = await settledStay(nation, { host, office }, { home, person })
    await nation.settleMessages()

    const { file } = await host.run((work) => host.cases.get(work, stay.caseId), office)
    expect(file.status).toBe('settled')
    expect(file.state).toMatchObject({
      preview: { totalFen: 4_000_000, fundFen: 3_600_000, personFen: 400_000, outsideCatalogueFen: 300_000, overLimitFen: 40_000, notForInjuryFen: 60_000 },
      settlement: { home: 'booked' },
    })
    expect(await books(host)).toEqual({ 'receivable_from_region:320000': 3_600_000, 'payable_to_hospital:body': 3_600_000 })
    expect(await books(home)).toEqual({ benefit_expense: 3_600_000, 'payable_to_region:650000': 3_600_000 })
    const [claim] = await home.run((work) => home.cases.find(work, { flow: 'claim', personId: person.personId }))
    expect(claim).toMatchObject({ status: 'opened', summary: { totalFen: 60_000 } })
    void hospital
  })
})
void open
void take
void fundRegion
void testOfficer
void findSettlement
