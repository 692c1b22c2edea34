import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { productFolder, productPaths, roomOf } from './source.ts'

const paths = productPaths()
const rooms = [...new Set(paths.map(roomOf))].filter((room) => room !== '' && !room.startsWith('.'))
const services = [...new Set(paths.flatMap((path) => /^services\/([^/]+)\//.exec(path)?.[1] ?? []))]

/** Rooms that others import, and so have a door. */
const roomsWithDoor = [
  'ground',
  'policy',
  'law',
  'people',
  'registers',
  'cases',
  'ledger',
  'exchange',
  'benefits',
  'certificates',
  'kit',
]

describe('folders', () => {
  it.each(rooms.filter((room) => !['docs', 'bin'].includes(room)))('%s says in a README what it is for', (room) => {
    const readme = `${productFolder}${room}/README.md`
    expect(existsSync(readme), readme).toBe(true)
    // A page: what is longer is not read. That of the library is also what somebody reads who installs it, with the files they write.
    const isPackage = existsSync(`${productFolder}${room}/package.json`)
    expect(readFileSync(readme, 'utf8').split('\n').length).toBeLessThanOrEqual(isPackage ? 150 : 90)
  })

  it.each(roomsWithDoor)('%s has a door', (room) => {
    expect(paths).toContain(`${room}/door.ts`)
  })

  it.each(services)('the service %s is whole', (service) => {
    const needed = [
      'README.md',
      'service.ts',
      'policy.ts',
      'values.yaml',
      'cases.yaml',
      'clauses.yaml',
      'messages.zh.yaml',
      'messages.en.yaml',
    ]
    expect(needed.filter((name) => !paths.includes(`services/${service}/${name}`))).toEqual([])
  })

  it('every value says where it comes from; an assumed one also why, and when to look at it again', () => {
    expect(valueFiles().flatMap(({ path, text }) => unsourced(path, text))).toEqual([])
  })

  it('catches a value without source, and an assumed one without reason or review', () => {
    const text =
      'feeFen: { unit: fen, dates: [{ value: 1, from: 2024-01-01 }, { value: 2, from: 2025-01-01, source: S1, assumed: true }] }'
    expect(unsourced('values.yaml', text)).toEqual([
      'values.yaml feeFen 2024-01-01 source',
      'values.yaml feeFen 2025-01-01 note',
      'values.yaml feeFen 2025-01-01 reviewBy',
    ])
  })
})

function valueFiles(): Array<{ path: string; text: string }> {
  return paths
    .filter((path) => /^services\/.*\/values\.yaml$/.test(path))
    .map((path) => ({ path, text: readFileSync(`${productFolder}${path}`, 'utf8') }))
}

const datedValues = z.record(
  z.string(),
  z.object({
    dates: z.array(
      z.object({
        from: z.string(),
        source: z.string().optional(),
        assumed: z.boolean().optional(),
        note: z.string().optional(),
        reviewBy: z.string().optional(),
      }),
    ),
  }),
)

function unsourced(path: string, text: string): string[] {
  return Object.entries(datedValues.parse(parse(text) ?? {})).flatMap(([name, { dates }]) =>
    dates.flatMap((dated) => {
      const needed = dated.assumed ? (['source', 'note', 'reviewBy'] as const) : (['source'] as const)
      return needed.filter((part) => !dated[part]).map((part) => `${path} ${name} ${dated.from} ${part}`)
    }),
  )
}
