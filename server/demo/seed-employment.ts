import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { addMonths, monthOf, must, parseInput, randomBelow, randomPick } from '../../ground/door.ts'
import { poolingAreaOf } from '../../law/door.ts'
import {
  assign,
  beginEmployment,
  type EmployerMonth,
  endEmployment,
  enrol,
  entityKinds,
  makeSyntheticCreditCode,
  monthsFromTo,
  type PersonMonth,
  recordCertificate,
  recordEmployerContributions,
  recordEmployerProfile,
  recordOwner,
  recordPersonContributions,
  registerEmployer,
  registerInstitution,
  setEmployerAccount,
  sizeClasses,
} from '../../people/door.ts'
import { importListings, importOccupations, importUrgentOccupations } from '../../registers/door.ts'
import type { DemoBank, DemoBusiness, DemoEmployment, DemoWorker } from './employment-plan.ts'
import { businessOfficer } from './logins.ts'
import { syntheticName } from './names.ts'
import type { DemoAgency } from './plan.ts'
import { seedCardHolder } from './seed-people.ts'
import { demoSource, idOf, longAgo, type Seeding, seedUser } from './seeding.ts'

/** Contributions are known from the first of these months to the last, the one before the demo world begins. */
const firstMonth = '2023-12'
const lastMonth = '2026-04'

/** What an employer and an employee pay together for a month of unemployment insurance, and on what base. */
const duePerHeadFen = 5_000
const baseFen = 500_000

/** Banks, employers with what they paid and whom they laid off, and people with what was paid for them; all invented. */
export async function seedEmployment(seeding: Seeding, employment: DemoEmployment): Promise<void> {
  for (const bank of employment.banks) await seedBank(seeding, bank)
  await seedOccupations(seeding)
  const businesses = [...employment.businesses, ...otherBusinesses(seeding, employment.otherBusinesses)]
  const months: EmployerMonth[] = []
  for (const [index, business] of businesses.entries()) {
    months.push(...(await seedBusiness(seeding, business, index)))
  }
  await recordEmployerContributions(seeding.work, months)
  const paid: PersonMonth[] = []
  for (const [index, worker] of employment.workers.entries()) paid.push(...(await seedWorker(seeding, worker, index)))
  await recordPersonContributions(seeding.work, paid)
  for (const business of employment.businesses) await seedOwner(seeding, business)
  await seedLayoffs(seeding, employment.businesses)
}

async function seedBank(seeding: Seeding, bank: DemoBank): Promise<void> {
  const { work, ids } = seeding
  const { name, title, bankClass, region } = bank
  const code = `DEMO-${name.toUpperCase()}`
  const institutionId = await registerInstitution(work, {
    ...{ code, name: title, kind: 'bank', level: null, bankClass, region },
  })
  ids.set(`institution:${name}`, institutionId)
  await seedOfficer(seeding, businessOfficer(name), title, { role: 'bank_officer', institutionId })
}

async function seedOfficer(
  seeding: Seeding,
  login: string,
  title: string,
  post: { role: string; institutionId: string } | { role: string; employerId: string },
): Promise<void> {
  const userId = await seedUser(seeding, { login, displayName: `示例·${title}经办人` })
  seeding.ids.set(`assignment:${login}`, await assign(seeding.work, { userId, ...post, from: longAgo }))
}

const schemaOccupations = z.strictObject({
  source: z.string(),
  occupations: z.record(z.string(), z.tuple([z.string(), z.string()])),
  urgent: z.record(z.string(), z.record(z.string(), z.array(z.string()))),
})

async function seedOccupations({ work, planned }: Seeding): Promise<void> {
  const { source, occupations, urgent } = parseInput(
    schemaOccupations,
    parse(readFileSync(new URL('occupations.yaml', import.meta.url), 'utf8')),
  )
  const nameOf = (code: string) => must(occupations[code], `occupation ${code}`)[0]
  await importOccupations(
    work,
    Object.entries(occupations).map(([code, [nameZh, nameEn]]) => ({ code, nameZh, nameEn, source, assumed: true })),
  )
  for (const [year, codes] of Object.entries(urgent[planned.region] ?? {})) {
    const rows = codes.map((code) => ({ code, name: nameOf(code) }))
    await importUrgentOccupations(work, { region: planned.region, year: Number(year), source, assumed: true, rows })
  }
}

/** Employers without a story, spread over the agencies below the province. */
function otherBusinesses({ planned, random }: Seeding, count: number): DemoBusiness[] {
  const cities = planned.agencies.slice(1)
  return Array.from({ length: count }, (_, nth) => {
    const agency = must(cities[nth % cities.length], 'an agency').name
    const headcount = 3 + randomBelow(random, 120)
    return {
      name: `${agency}-business-${nth + 1}`,
      title: `示例单位${nth + 1}号（${agency}）`,
      agency,
      entityKind: nth % 4 === 3 ? randomPick(random, entityKinds) : 'enterprise',
      sizeClass: headcount < 20 ? 'micro' : randomPick(random, sizeClasses.slice(1, 3)),
      headcounts: [headcount, headcount + randomBelow(random, 4), headcount + randomBelow(random, 6)],
      story: { zh: '', en: '' },
    }
  })
}

function agencyNamed({ planned }: Seeding, name: string): DemoAgency {
  return must(
    planned.agencies.find((agency) => agency.name === name),
    `agency ${name}`,
  )
}

/** Registers an employer with profile, account and officer; answers what it paid. */
async function seedBusiness(seeding: Seeding, business: DemoBusiness, index: number): Promise<EmployerMonth[]> {
  const { work, ids, planned } = seeding
  const agency = agencyNamed(seeding, business.agency)
  const creditCode = makeSyntheticCreditCode({ region: agency.county, serial: 101 + index })
  const { employerId } = await registerEmployer(work, {
    ...{ creditCode, name: business.title, region: agency.county, agency: agency.region, industry: 'other' },
  })
  ids.set(`employer:${business.name}`, employerId)
  const { entityKind, sizeClass } = business
  await recordEmployerProfile(work, employerId, { entityKind, sizeClass, from: longAgo, source: demoSource })
  await setEmployerAccount(work, employerId, {
    bankName: '示例银行',
    accountName: business.title,
    accountNumber: `7777${planned.region}${String(index + 1).padStart(6, '0')}`,
    from: longAgo,
  })
  if (business.story.zh !== '') {
    await seedOfficer(seeding, businessOfficer(business.name), business.title, { role: 'employer_officer', employerId })
  }
  if (business.list) {
    const listing = { list: business.list, creditCode, name: business.title, from: '2025-03-01', source: demoSource }
    await importListings(work, planned.region, [listing])
  }
  return monthsOf(business, employerId)
}

function monthsOf({ headcounts, monthsPaid, unpaidMonth }: DemoBusiness, employerId: string): EmployerMonth[] {
  const byYear = new Map(['2023', '2024', '2025', '2026'].map((year, nth) => [year, headcounts[Math.min(nth, 2)] ?? 0]))
  return monthsUntilLast(monthsPaid ?? knownMonths).map((month) => {
    const headcount = byYear.get(month.slice(0, 4)) ?? 0
    const dueFen = headcount * duePerHeadFen
    const paidFen = month === unpaidMonth ? 0 : dueFen
    return {
      ...{ employerId, insurance: 'unemployment', month, headcount, dueFen, paidFen },
      paidOn: paidFen === 0 ? null : `${month}-18`,
    }
  })
}

const knownMonths = monthsFromTo(firstMonth, lastMonth) + 1

/** So many months up to a last one, in order. */
function monthsUntilLast(count: number, last = lastMonth): string[] {
  return Array.from({ length: count }, (_, nth) => monthOf(addMonths(`${last}-01`, nth - count + 1)))
}

/** Registers somebody with card, account, job and certificates; answers what was paid for them. */
async function seedWorker(seeding: Seeding, worker: DemoWorker, index: number): Promise<PersonMonth[]> {
  const { work, ids } = seeding
  const agency = agencyNamed(seeding, worker.agency)
  const sequence = 500 + index * 2 + (worker.sex === 'male' ? 1 : 0)
  const personId = await seedCardHolder(seeding, agency, { ...worker, card: 'with_e_card', sequence })
  await seedUser(seeding, { login: worker.name, displayName: worker.title, personId })
  for (const [nth, certificate] of (worker.certificates ?? []).entries()) {
    await recordCertificate(work, {
      ...{ personId, kind: 'skill_level', ...certificate, issuer: '示例职业技能评价机构' },
      number: `DEMO-${agency.region}-${sequence}-${nth + 1}`,
    })
  }
  if (!worker.job) return []
  const { business, from, occupation, ended } = worker.job
  const employerId = idOf(seeding, `employer:${business}`)
  const employmentId = await beginEmployment(work, { personId, employerId, from, occupation })
  if (ended) await endEmployment(work, { employmentId, ...ended })
  await enrol(work, {
    ...{ personId, employerId, insurance: 'unemployment', from, agency: agency.region },
    poolingArea: poolingAreaOf(agency.region, 'unemployment', work.today).id,
    ...(ended && { to: ended.to, relation: 'terminated' }),
  })
  ids.set(`employment:${worker.name}`, employmentId)
  const last = ended ? monthOf(ended.to) : lastMonth
  return monthsUntilLast(worker.monthsPaid ?? 0, last).map((month) => ({
    ...{ personId, insurance: 'unemployment', month, employerId, baseFen, paidOn: `${month}-18` },
  }))
}

/** Whom an employer belongs to, where the story says so. */
async function seedOwner(seeding: Seeding, { name, owner }: DemoBusiness): Promise<void> {
  if (owner === undefined) return
  await recordOwner(seeding.work, {
    employerId: idOf(seeding, `employer:${name}`),
    personId: idOf(seeding, `person:${owner}`),
    from: longAgo,
    source: demoSource,
  })
}

/** Layoffs of the stories. The same few people went from one employer to the next. */
async function seedLayoffs(seeding: Seeding, businesses: readonly DemoBusiness[]): Promise<void> {
  const { work, planned, random } = seeding
  const agency = must(planned.agencies[1], 'an agency below the province')
  const laidOff: string[] = []
  const largest = Math.max(...businesses.flatMap(({ layoffs }) => Object.values(layoffs ?? {})))
  for (let nth = 0; nth < largest; nth++) {
    const resident = { name: `${agency.name}-former-${nth + 1}`, title: syntheticName(random), bornOn: '1984-05-04' }
    laidOff.push(await seedCardHolder(seeding, agency, { ...resident, card: 'no_e_card', sequence: 600 + nth }))
  }
  for (const { name, layoffs } of businesses) {
    for (const [year, count] of Object.entries(layoffs ?? {})) {
      for (const personId of laidOff.slice(0, count)) {
        const employerId = idOf(seeding, `employer:${name}`)
        const employmentId = await beginEmployment(work, { personId, employerId, from: `${year}-01-04` })
        await endEmployment(work, { employmentId, to: `${year}-10-31`, reason: 'economic_layoff' })
      }
    }
  }
}
