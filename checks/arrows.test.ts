import { describe, expect, it } from 'vitest'
import { type Import, importsOf } from './imports.ts'
import { isTestFile, parseSource, productSources, roomOf } from './source.ts'

const floor = ['ground', 'policy']
const middle = ['people', 'registers', 'cases', 'ledger', 'exchange']
const belowPages = ['kit', 'policy']

/** Which rooms each may import. `pages` are those of a service; the rooms of checks and measurements may import every other. */
const roomsBelow = new Map<string, readonly string[]>([
  ['policy', []],
  ['ground', []],
  ['law', floor],
  ['people', ['law', ...floor]],
  ['registers', ['law', ...floor]],
  ['ledger', ['law', ...floor]],
  ['exchange', ['law', ...floor]],
  // Roles that exclude each other and assignments are asked of people.
  ['cases', ['people', 'law', ...floor]],
  ['benefits', ['cases', 'people', 'registers', 'ledger', 'law', ...floor]],
  ['certificates', floor],
  ['reviews', ['certificates', 'cases', 'people', 'law', ...floor]],
  ['services', ['benefits', 'reviews', 'certificates', ...middle, 'law', ...floor]],
  ['server', ['services', 'benefits', 'reviews', 'certificates', ...middle, 'law', ...floor]],
  ['kit', ['policy']],
  ['portals', belowPages],
  ['pages', belowPages],
  // What a service gives the simulator; nothing else imports either.
  ['plays', ['simulation', ...middle, 'law', ...floor]],
])
const seesEverything = new Set(['checks', 'journeys', 'bench', 'simulation', ''])

/** What stands for a whole room to others where it is not its `door.ts`. */
const otherDoors: ReadonlyArray<{ file: string; isFor: (importer: string) => boolean }> = [
  { file: 'policy/browser.ts', isFor: isOfPages },
  { file: 'kit/staff/door.ts', isFor: isOfPages },
  { file: 'services/contract.ts', isFor: (importer) => ['server', 'services'].includes(roomOf(importer)) },
  { file: 'ground/testing.ts', isFor: isTestFile },
  { file: 'benefits/testing.ts', isFor: isTestFile },
  { file: 'registers/testing.ts', isFor: isTestFile },
  { file: 'reviews/testing.ts', isFor: isTestFile },
]

describe('arrows between rooms', () => {
  const imports = productSources().flatMap(importsOf)

  it('every room that there is has its arrows written down', () => {
    const rooms = new Set(imports.map(({ from }) => areaOf(from)))
    expect([...rooms].filter((room) => !roomsBelow.has(room) && !seesEverything.has(room))).toEqual([])
  })

  it('a room imports only rooms below it, each through its door', () => {
    expect(imports.flatMap(arrowProblems)).toEqual([])
  })

  it.each([
    ['ground/x.ts', '../people/door.ts', 'ground must not import people'],
    ['policy/x.ts', '../ground/door.ts', 'policy must not import ground'],
    ['people/x.ts', '../ledger/door.ts', 'people must not import ledger'],
    ['cases/x.ts', '../services/club/service.ts', 'cases must not import services'],
    ['services/club/x.ts', '../pool/service.ts', 'services must not import each other'],
    ['services/club/x.ts', '../../server/node.ts', 'services must not import server'],
    ['services/club/x.ts', '../../people/card.ts', 'people is entered by people/door.ts'],
    ['people/x.ts', '../ground/testing.ts', 'ground is entered by ground/door.ts'],
    ['services/club/pages/x.tsx', '../policy.ts', 'pages must not import services'],
    ['services/club/pages/x.tsx', '../../pool/pages/y.tsx', 'services must not import each other'],
    ['portals/staff/x.tsx', '../../server/routes/shapes.ts', 'portals must not import server'],
    ['portals/staff/x.tsx', '../../kit/router.tsx', 'kit is entered by kit/door.ts'],
    ['portals/staff/x.tsx', '../../policy/door.ts', 'policy is entered by policy/browser.ts'],
    ['services/club/x.ts', './simulation/play.ts', 'services must not import services'],
    ['services/club/simulation/x.ts', '../../../simulation/story.ts', 'simulation is entered by simulation/door.ts'],
    ['services/club/simulation/x.ts', '../../pool/policy.ts', 'services must not import each other'],
    ['server/x.ts', '../simulation/door.ts', 'server must not import simulation'],
    ['cases/x.ts', '../certificates/door.ts', 'cases must not import certificates'],
    ['certificates/x.ts', '../people/door.ts', 'certificates must not import people'],
  ])('catches %s importing %s', (path, specifier, problem) => {
    const source = parseSource({ path, text: `import { x } from '${specifier}'` })
    expect(importsOf(source).flatMap(arrowProblems)).toEqual([`${path}:1 ${problem}`])
  })

  it.each([
    ['cases/x.ts', '../people/door.ts'],
    ['people/x.test.ts', '../ground/testing.ts'],
    ['services/club/x.ts', '../contract.ts'],
    ['services/club/pages/x.tsx', './y.tsx'],
    ['services/club/simulation/x.ts', '../../../simulation/door.ts'],
    ['services/club/simulation/x.ts', '../postings.ts'],
    ['services/club/pages/x.tsx', '../../../kit/staff/door.ts'],
    ['portals/staff/x.tsx', '../../policy/browser.ts'],
  ])('allows %s importing %s', (path, specifier) => {
    const source = parseSource({ path, text: `export type { x } from '${specifier}'` })
    expect(importsOf(source).flatMap(arrowProblems)).toEqual([])
  })
})

function arrowProblems({ from, to, isRelative, place }: Import): string[] {
  const [above, below] = [areaOf(from), areaOf(to)]
  if (!isRelative || seesEverything.has(above)) return []
  const [ownService, otherService] = [serviceOf(from), serviceOf(to)]
  if (ownService && otherService && ownService !== otherService) return [`${place} services must not import each other`]
  if (above === below || (above === 'plays' && ownService === otherService && ownService)) return []
  const room = roomOf(to)
  if (otherDoors.some(({ file, isFor }) => file === to && isFor(from))) return []
  if (!roomsBelow.get(above)?.includes(below)) return [`${place} ${above} must not import ${room}`]
  const door = room === 'policy' && isOfPages(from) ? 'policy/browser.ts' : `${room}/door.ts`
  return to === door ? [] : [`${place} ${room} is entered by ${door}`]
}

/** The room, with the pages of services, and what they give the simulator, as rooms of their own. */
function areaOf(path: string): string {
  if (/^services\/[^/]+\/simulation\//.test(path)) return 'plays'
  return /^services\/[^/]+\/pages\//.test(path) ? 'pages' : roomOf(path)
}

function serviceOf(path: string): string | undefined {
  return /^services\/([^/]+)\//.exec(path)?.[1]
}

function isOfPages(path: string): boolean {
  return ['kit', 'portals', 'pages'].includes(areaOf(path))
}
