import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProductFile, productFolder, productPaths, readProductFile } from './source.ts'

const paths = productPaths()
const services = [...new Set(paths.flatMap((path) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))]

describe('a service is one folder', () => {
  // What is measured is the rule of a service, written once for each engine: bench/ must say which. So must journeys/, which walk through them.
  it('nothing outside its folder names it', () => {
    const outside = paths.filter((path) => isReadByMachines(path) && !/^(services|bench|journeys)\//.test(path))
    expect(services.flatMap((id) => outside.map(readProductFile).flatMap((file) => namings(file, id)))).toEqual([])
  })

  it('no other service names it either', () => {
    const files = paths.filter((path) => isReadByMachines(path) && path.startsWith('services/')).map(readProductFile)
    const foreign = services.flatMap((id) =>
      files.filter(({ path }) => !path.startsWith(`services/${id}/`)).flatMap((file) => namings(file, id)),
    )
    expect(foreign).toEqual([])
  })

  it('catches its id, its schema and its folder', () => {
    const text =
      "open('swimming-pool')\nselect * from svc_swimming_pool.ticket\nimport '../services/swimming-pool/service.ts'"
    expect(namings({ path: 'server/x.ts', text }, 'swimming-pool')).toEqual([
      'server/x.ts:1',
      'server/x.ts:2',
      'server/x.ts:3',
    ])
  })

  it('catches an id of one word where it stands as a name, not where it stands in a sentence', () => {
    const text =
      "// Where swimming is taught.\nopen('swimming')\nread(`../swimming/policy.ts`)\nselect * from svc_swimming.ticket"
    expect(namings({ path: 'server/x.ts', text }, 'swimming')).toEqual([
      'server/x.ts:2',
      'server/x.ts:3',
      'server/x.ts:4',
    ])
  })
})

describe('without any service, and with a new one', () => {
  const copy = mkdtempSync(join(tmpdir(), 'tongban-without-services-'))

  // Services do not import each other (arrows.test.ts): what stands without all of them stands without any one.
  beforeAll(() => {
    for (const path of paths) {
      if (!/^services\/[^/]+\//.test(path)) cpSync(`${productFolder}${path}`, join(copy, path))
    }
    symlinkSync(`${productFolder}node_modules`, join(copy, 'node_modules'))
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  const run = (...parameters: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: copy, encoding: 'utf8' })
    return { status, out: stdout, err: stderr }
  }

  it('the product still holds its types', () => {
    expect(run('node_modules/typescript/bin/tsc', '--noEmit')).toEqual({ status: 0, out: '', err: '' })
  }, 120_000)

  it('the command line still runs, and finds no policies', () => {
    expect(run('bin/tongban.js', 'policies', '--json')).toEqual({ status: 0, out: '[]\n', err: '' })
  })

  it('a new folder is found, checked and decided by without a change outside it', () => {
    const folder = join(copy, 'services', 'swimming-pool')
    mkdirSync(folder)
    for (const [name, text] of Object.entries(swimmingPool)) writeFileSync(join(folder, name), text)
    expect(run('bin/tongban.js', 'check')).toEqual({
      status: 0,
      out: '1 services, 1 policies, 2 cases, 0 problems, 2 notes\n',
      err: '',
    })
    const decided = run(
      'bin/tongban.js',
      'decide',
      'pool-ticket',
      '--on',
      '2026-05-11',
      '--facts',
      '{"age":30}',
      '--json',
    )
    expect(JSON.parse(decided.out)).toMatchObject({ outcome: 'granted', amountFen: 2_000, because: 'P2' })
  })

  // Both stand in the folder one after the other, and no two flows share the letters of their case numbers.
  it.each([
    ['person', 'YRA'],
    ['employer', 'YRB'],
  ])(
    'what the generator makes for a %s runs: types, findings, and its test from form to cash',
    (applicant, prefix) => {
      const id = `pool-${applicant}`
      const told = [
        '--title-zh',
        '泳池补贴',
        '--title-en',
        'Pool subsidy',
        '--document',
        '示例办法',
        '--clause',
        'P1.01',
      ]
      const where = ['--applicant', applicant, '--region', '430000', '--from', '2024-02-01', '--prefix', prefix]
      expect(run('bin/tongban.js', 'new-service', id, ...told, ...where)).toMatchObject({ status: 0, err: '' })
      expect(run('bin/tongban.js', 'new-service', id, ...told, ...where).status).toBe(2)
      expect(run('bin/tongban.js', 'check').out).toMatch(/, 0 problems, /)
      expect(run('node_modules/typescript/bin/tsc', '--noEmit').out).toBe('')
      const tested = run('node_modules/vitest/vitest.mjs', 'run', `services/${id}`)
      expect(tested.status, tested.out + tested.err).toBe(0)
    },
    300_000,
  )
})

/** Code, values, SQL and styles: what a machine reads. Documents may name services; what a generator writes follows from the folder. */
function isReadByMachines(path: string): boolean {
  return !/\.md$|\.generated\.|^checks\/requirements\.yaml$/.test(path)
}

/**
 * The lines of a file that name a service by its id or by the schema of its tables. An id that is an ordinary word names the service only
 * in quotes or as a folder.
 */
function namings({ path, text }: ProductFile, id: string): string[] {
  const word = id.includes('-') ? `\\b${id}\\b` : `['"\`/]${id}['"\`/]`
  const name = new RegExp(`${word}|\\bsvc_${id.replaceAll('-', '_')}\\b`)
  return text.split('\n').flatMap((line, index) => (name.test(line) ? [`${path}:${index + 1}`] : []))
}

/** A whole made-up service, as small as one can be. */
const swimmingPool = {
  'README.md': '# swimming-pool\n',
  'policy.ts': `import { count, grant, money, policy, refuse } from '../../policy/door.ts'

/** Tickets of a made-up pool. */
export const poolTicket = policy({
  id: 'pool-ticket',
  title: { zh: '泳池门票', en: 'Pool ticket' },
  from: '2024-01-01',
  clause: 'P1',
  facts: { age: count('year') },
  values: { ageMin: count('year'), ticketFen: money() },
  results: { ticketFen: money() },
  total: 'ticketFen',
  decide(facts, values) {
    if (facts.age < values.ageMin) return refuse('too_young', 'P1')
    return grant({ ticketFen: values.ticketFen }, 'P2')
  },
})
`,
  'values.yaml': `ageMin: { unit: year, dates: [{ value: 6, from: 2024-01-01, source: P1 }] }
ticketFen: { unit: fen, dates: [{ value: 2000, from: 2024-01-01, source: P2 }] }
`,
  'clauses.yaml': `P1: { outside: the pool's own rules }
P2: { outside: the pool's own rules }
`,
  'cases.yaml': `base:
  pool-ticket: { age: 6 }
cases:
  - { id: P2, says: 六岁可以入场, policy: pool-ticket, region: '000000', on: 2026-05-11, facts: {}, outcome: granted, amountFen: 2000 }
  - { id: P1, says: 五岁不能入场, policy: pool-ticket, region: '000000', on: 2026-05-11, facts: { age: 5 }, outcome: refused, reason: too_young }
`,
  'messages.zh.yaml': messagesOf('年龄', '最低年龄', '票价', '年龄太小', '请长大后再来'),
  'messages.en.yaml': messagesOf('age', 'least age', 'price of a ticket', 'too young', 'Come again when older.'),
  'service.ts': `import { defineService } from '../contract.ts'

/** A made-up pool. */
export const service = defineService({
  id: 'swimming-pool',
  title: { zh: '泳池', en: 'Pool' },
  summary: { zh: '买票入场。', en: 'Buy a ticket.' },
  itemCode: 'TB-XX-0000',
  folder: new URL('./', import.meta.url),
  create: () => ({ flows: [], messages: [], routes: [] }),
})
`,
}

function messagesOf(age: string, ageMin: string, ticket: string, tooYoung: string, advice: string): string {
  return `facts: { age: ${age} }
values: { ageMin: ${ageMin}, ticketFen: ${ticket} }
results: { ticketFen: ${ticket} }
reasons: { too_young: ${tooYoung} }
advice: { too_young: ${advice} }
clauses: { P1: P1, P2: P2 }
`
}
