import { addDays, type Id, randomBelow, seededRandom, type Work } from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import { enrolmentsOf, findPeople } from '../../people/door.ts'
import { upsertControlRule, upsertServiceItem } from '../../registers/door.ts'
import type { DemoWorld } from '../contract.ts'
import { savedProofs } from './form.ts'
import { type InjuryReport, recordInjury } from './injury.ts'
import { move } from './postings.ts'

/** The people of the stories and what is known of their injuries; the rest follows `recordInjury`. All invented. */
const characters: Record<string, Record<string, Partial<InjuryReport>>> = {
  '320000': {
    'li-na': { body_part: '左股骨干骨折', determination: 'done', determined_on: '2025-07-18' },
    'five-months': { body_part: '右手挤压伤', determination: 'done', determined_on: '2025-10-09' },
    'no-confirmation': { body_part: '腰部扭伤', determination: 'none' },
    'lost-card': { body_part: '右踝骨折', determination: 'done', determined_on: '2025-08-26' },
  },
  '620000': {
    'ma-jun': { body_part: '脊柱骨折', determination: 'done', determined_on: '2025-11-14' },
    'lanzhou-tianshui': { body_part: '左腕骨折', determination: 'done', determined_on: '2025-12-05' },
  },
  '650000': {
    'xinjiang-referral': {
      body_part: '颅脑损伤',
      determination: 'done',
      determined_on: '2025-06-30',
      disability_grade: 4,
      appraised_in: '650100',
    },
  },
}

const bodyParts = ['左手指骨骨折', '右膝半月板损伤', '腰椎压缩性骨折', '右前臂烧伤', '左肩袖损伤', '跟骨骨折']

/** This service's part of the demo world: injuries, control rules, the service item and the money that the fund begins with. */
export async function seed(world: DemoWorld): Promise<void> {
  const { region } = world.node
  await world.run(async (work) => {
    await seedRegisters(work)
    if (region === nationCode) return
    await seedFund(work)
    const named = Object.entries(characters[region] ?? {})
    for (const [name, injury] of named) await seedInjury(work, world.idOf(`person:${name}`), injury)
    await seedResidentsInjuries(work, new Set(named.map(([name]) => world.idOf(`person:${name}`))))
  })
}

async function seedInjury(work: Work, personId: Id, injury: Partial<InjuryReport>): Promise<void> {
  const [enrolment] = await enrolmentsOf(work, personId, { insurance: 'work_injury', on: work.today }, 'demo')
  if (!enrolment) return
  await recordInjury(work, {
    person_id: personId,
    agency: enrolment.agency,
    employer_id: enrolment.employerId ?? null,
    occurred_on: '2025-05-20',
    body_part: '右手挫伤',
    ...injury,
  })
}

/** Some of the other residents were injured too, so that lists and figures have something to show. */
async function seedResidentsInjuries(work: Work, others: ReadonlySet<Id>): Promise<void> {
  const random = seededRandom(`injuries ${work.node.region}`)
  const people = await findPeople(work, { text: '', limit: 100 }, 'demo')
  for (const { personId } of people) {
    const occurredOn = addDays('2025-01-06', randomBelow(random, 300))
    if (!others.has(personId) && randomBelow(random, 3) === 0) {
      await seedInjury(work, personId, {
        occurred_on: occurredOn,
        body_part: bodyParts[randomBelow(random, bodyParts.length)] ?? '挫伤',
        determination: 'done',
        determined_on: addDays(occurredOn, 45),
      })
    }
  }
}

/** Contributions received so far: the fiscal special account cannot go below zero. */
async function seedFund(work: Work): Promise<void> {
  await move(work, {
    key: 'demo-opening',
    kind: 'opening',
    on: '2026-01-01',
    from: 'contribution_income',
    to: 'fiscal_special_account',
    amountFen: 5_000_000_000,
    reference: 'demo',
  })
}

const assumedFrom = { from: '2024-04-01', source: 'B3.09', assumed: true, service: 'work-injury-settlement' }

const controlRules = [
  { code: 'wi_third_party', level: 'high', name: { zh: '工伤涉及第三人责任', en: 'A third party may be liable' } },
  { code: 'wi_recent_filing', level: 'medium', name: { zh: '已有生效的备案', en: 'Another filing is effective' } },
  { code: 'wi_by_another', level: 'low', name: { zh: '由他人代办', en: 'Filed by somebody else' } },
  {
    code: 'wi_written_promise',
    level: 'low',
    name: { zh: '以书面承诺代替居住证明', en: 'A written promise instead of a proof of residence' },
  },
  { code: 'wi_large_receipts', level: 'medium', name: { zh: '票据金额较大', en: 'Receipts of a large amount' } },
  { code: 'wi_many_receipts', level: 'high', name: { zh: '同一人票据过多', en: 'Very many receipts of one person' } },
] as const

async function seedRegisters(work: Work): Promise<void> {
  for (const rule of controlRules) await upsertControlRule(work, { ...rule, ...assumedFrom })
  await upsertServiceItem(work, {
    itemCode: 'TB-GS-0001',
    service: 'work-injury-settlement',
    level: 'national',
    name: {
      zh: '工伤保险异地就医备案与直接结算',
      en: 'Filing and direct settlement of work-injury treatment elsewhere',
    },
    maturity: 'efficiently_done',
    proofsAsked: [
      { zh: '居住或工作证明（或书面承诺）', en: 'proof of residence or work (or a written promise)' },
      { zh: '转诊意见（仅转诊）', en: 'referral opinion (referral only)' },
    ],
    proofsSaved: savedProofs,
    assumed: true,
    from: '2024-04-01',
    source: 'A1.12',
  })
}
