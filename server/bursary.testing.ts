import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type Benefit, benefitParts, booksOf } from '../benefits/door.ts'
import { asActor, systemActor, type Work } from '../ground/door.ts'
import { nationCode, openRulebook } from '../law/door.ts'
import { type Chart, postTransfer } from '../ledger/door.ts'
import { getEmployer, getPerson } from '../people/door.ts'
import { defineService } from '../services/contract.ts'
import type { OpenedService } from './services.ts'

/** The files of a made-up music school that pays for lessons (to persons) and for instruments (to employers with a band). */
const bursaryFiles = {
  'policy.ts': `import { choice, count, date, grant, list, money, policy, record, refer, refuse } from '../policy/door.ts'

export const lessonBursary = policy({
  id: 'lesson-bursary',
  title: { zh: '学琴补助', en: 'Bursary for lessons' },
  from: '2024-01-01',
  clause: 'M1',
  facts: {
    bornOn: date(),
    exams: list(record({ grade: count('grade', { min: 1, max: 10 }), passedOn: date() }), { of: 'exam', max: 9 }),
    lessons: count('lesson', { max: 100 }),
    instrument: choice('piano', 'cello', 'other'),
  },
  values: { bornBefore: date(), lessonFen: money({ max: 100000 }), lessonsMax: count('lesson', { max: 100 }) },
  results: { bursaryFen: money() },
  total: 'bursaryFen',
  decide(facts, values) {
    if (facts.bornOn >= values.bornBefore) return refuse('too_young', 'M1')
    if (facts.lessons > values.lessonsMax) return refuse('too_many_lessons', 'M2')
    if (facts.instrument === 'other') return refer('instrument_to_be_judged', 'M3')
    return grant({ bursaryFen: values.lessonFen * facts.lessons }, 'M2')
  },
})

export const bandGrant = policy({
  id: 'band-grant',
  title: { zh: '乐队补助', en: 'Grant for a band' },
  from: '2024-01-01',
  clause: 'M4',
  facts: { region: choice('known', 'unknown'), players: count('player', { max: 200 }) },
  values: { playerFen: money({ max: 1000000 }) },
  results: { grantFen: money() },
  total: 'grantFen',
  decide(facts, values) {
    if (facts.region === 'unknown') return refuse('band_unknown', 'M4')
    return grant({ grantFen: values.playerFen * facts.players }, 'M4')
  },
})
`,
  'values.yaml': `bornBefore: { unit: date, dates: [{ value: 2020-01-01, from: 2024-01-01, source: M1 }] }
lessonFen: { unit: fen, dates: [{ value: 5000, from: 2024-01-01, source: M2 }] }
lessonsMax: { unit: lesson, dates: [{ value: 20, from: 2024-01-01, source: M2, assumed: true, note: 'made up' }] }
playerFen: { unit: fen, dates: [{ value: 10000, from: 2024-01-01, source: M4 }] }
`,
  'messages.zh.yaml': `facts: { bornOn: 出生日期, exams: 考级, exams.grade: 级别, exams.passedOn: 通过日期, lessons: 课时, instrument: 乐器, region: 所在地, players: 乐手人数 }
values: { bornBefore: 最晚出生日期, lessonFen: 每课时补助, lessonsMax: 最多课时, playerFen: 每名乐手补助 }
results: { bursaryFen: 补助金额, grantFen: 补助金额 }
choices: { piano: 钢琴, cello: 大提琴, other: 其他, known: 已登记, unknown: 未登记 }
clauses: { M1: 年龄, M2: 课时, M3: 其他乐器, M4: 乐队 }
reasons: { too_young: 年龄太小, too_many_lessons: 课时太多, instrument_to_be_judged: 由老师认定, band_unknown: 乐队没有登记 }
advice: { too_young: 明年再来, too_many_lessons: 请减少课时, instrument_to_be_judged: 请等老师认定, band_unknown: 请先登记 }
units: { grade: '{n} 级', lesson: '{n} 课时', exam: '{n} 次', player: '{n} 人' }
risk: { many_lessons: 课时特别多 }
form: { lesson-bursary: { lessons: 上了几节课？, instrument: 学什么乐器？ }, band-grant: { players: 乐队有几名乐手？ } }
register: { persons: 人员登记簿, exams: 考级登记簿, employers: 单位登记簿 }
payment: { benefit: 补助 }
`,
  'messages.en.yaml': `facts: { bornOn: born on, exams: exams, exams.grade: grade, exams.passedOn: passed on, lessons: lessons, instrument: instrument, region: place, players: players }
values: { bornBefore: born before, lessonFen: per lesson, lessonsMax: most lessons, playerFen: per player }
results: { bursaryFen: bursary, grantFen: grant }
choices: { piano: piano, cello: cello, other: another, known: on record, unknown: not on record }
clauses: { M1: age, M2: lessons, M3: other instruments, M4: bands }
reasons: { too_young: too young, too_many_lessons: too many lessons, instrument_to_be_judged: a teacher decides, band_unknown: the band is not on record }
advice: { too_young: Come again next year., too_many_lessons: Take fewer lessons., instrument_to_be_judged: Wait for the teacher., band_unknown: Register the band. }
units: { grade: 'grade {n}', lesson: '{n} lesson|{n} lessons', exam: '{n} exam|{n} exams', player: '{n} player|{n} players' }
risk: { many_lessons: very many lessons }
form: { lesson-bursary: { lessons: How many lessons?, instrument: Which instrument? }, band-grant: { players: How many players? } }
register: { persons: register of persons, exams: register of exams, employers: register of employers }
payment: { benefit: Bursary }
`,
}

/** A made-up service with a benefit for persons and one for employers, for tests of what every benefit goes through. */
export function bursaryService(): OpenedService {
  const benefits = makeBenefits()
  const folder = mkdtempSync(join(tmpdir(), 'tongban-bursary-'))
  mkdirSync(join(folder, 'migrations'))
  for (const [name, text] of Object.entries(bursaryFiles)) writeFileSync(join(folder, name), text)
  const url = pathToFileURL(`${folder}/`)
  const service = defineService({
    id: 'bursary',
    title: { zh: '音乐补助', en: 'Bursaries' },
    summary: { zh: '测试用的虚构补助', en: 'Made-up bursaries for tests' },
    itemCode: 'TEST-BURSARY',
    folder: url,
    create: (tools) => {
      const parts = benefitParts(tools, benefits)
      return { messages: [], routes: [], ...parts, seed: (world) => world.run((work) => endow(work, parts.chart)) }
    },
  })
  return { id: service.id, folder: url, service, rulebook: openRulebook(service.id, url) }
}

/** Puts ten thousand yuan into the fund of a province; the hub has none. */
async function endow(work: Work, chart: Chart): Promise<void> {
  if (work.node.region === nationCode) return
  await postTransfer(work, {
    key: 'bursary:endowment',
    kind: 'endowment',
    on: work.today,
    memo: { code: 'posting.endowment', params: {} },
    books: booksOf('bursary', work.node.region, chart),
    entries: [
      { account: { name: 'fiscal_special_account' }, debitFen: 1_000_000 },
      { account: { name: 'contribution_income' }, creditFen: 1_000_000 },
    ],
  })
}

function makeBenefits(): Benefit[] {
  const common = { service: 'bursary', version: 1 }
  const money = { fund: 'bursary', expense: { name: 'bursary_expense', title: { zh: '补助支出', en: 'Bursaries' } } }
  return [
    {
      ...common,
      id: 'lesson-bursary',
      title: { zh: '学琴补助', en: 'Bursary for lessons' },
      numberPrefix: 'LB',
      policy: 'lesson-bursary',
      applicant: 'person',
      fields: [
        { name: 'lessons', kind: 'count', required: true },
        { name: 'instrument', kind: 'choice', options: ['piano', 'cello', 'other'], required: true },
      ],
      answers: z.strictObject({
        lessons: z.int().min(1).max(100),
        instrument: z.enum(['piano', 'cello', 'other']),
      }),
      async gather(work, { id }) {
        const { birthOn } = await getPerson(work, id, 'lesson bursary')
        return {
          facts: { bornOn: birthOn, exams: [{ grade: 3, passedOn: '2025-06-01' }] },
          sources: { bornOn: 'persons', exams: 'exams' },
        }
      },
      agencyOf: async (work, { id }) => (await getPerson(work, id, 'lesson bursary')).agency,
      assess: async (_work, { answers }) =>
        Number(answers.lessons) > 15 ? [{ rule: 'many_lessons', level: 'medium', params: {} }] : [],
      money,
    },
    {
      ...common,
      id: 'band-grant',
      title: { zh: '乐队补助', en: 'Grant for a band' },
      numberPrefix: 'BG',
      policy: 'band-grant',
      applicant: 'employer',
      fields: [{ name: 'players', kind: 'count', required: true }],
      answers: z.strictObject({ players: z.int().min(1).max(200) }),
      gather: async () => ({ facts: { region: 'known' }, sources: { region: 'employers' } }),
      agencyOf: (work, { id }) => asActor(work, systemActor, async (node) => (await getEmployer(node, id)).agency),
      money,
    },
  ]
}
