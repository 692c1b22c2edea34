import { describe, expect, it } from 'vitest'
import {
  isNode,
  isTestFile,
  nodesOf,
  parseSource,
  placeOf,
  productSources,
  roomOf,
  type SourceFile,
  type SyntaxNode,
} from './source.ts'

/** What nobody may ask the machine: whoever needs the moment or a random number is given a clock or a source of randomness. */
const ambient = new Set([
  ...['Date.now', 'performance.now', 'process.hrtime', 'Temporal.Now'],
  ...['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues', 'crypto.randomBytes', 'crypto.randomInt'],
])

/** Where one of them may stand all the same. */
const allowed = new Map<string, ReadonlyMap<string, string>>([
  ['kit/random-key.ts', new Map([['crypto.getRandomValues', 'a browser has no node that could pass randomness in']])],
  [
    'kit/offline/device-clock.ts',
    new Map([['Date.now', 'how old what is kept on a device is; the node decides nothing by it']]),
  ],
  [
    'kit/offline/sealing.ts',
    new Map([['crypto.getRandomValues', 'a browser has no node that could pass randomness in']]),
  ],
  ['portals/workbench/live-pricing.ts', new Map([['performance.now', 'how long a run took, shown and forgotten']])],
  ['server/command/start.ts', new Map([['performance.now', 'how long the start took, printed and forgotten']])],
])

const measures = new Set(['bench', 'simulation', 'bin'])

describe('clock and randomness are passed in', () => {
  const sources = productSources().filter(({ path }) => !isTestFile(path))

  it('nobody but ground asks the machine for the moment or for a random number', () => {
    expect(sources.flatMap(ambientReads)).toEqual([])
  })

  it('the machine’s clock and randomness enter where the program starts, and nowhere else', () => {
    expect(sources.flatMap(machineImports)).toEqual([])
  })

  it.each([
    ['people/x.ts', 'const at = Date.now()', 'Date.now'],
    ['people/x.ts', 'const at = new Date()', 'new Date'],
    ['people/x.ts', 'const born = new Date(text)', 'new Date'],
    ['portals/x.tsx', 'const at = new Date()', 'new Date'],
    ['cases/x.ts', 'const id = crypto.randomUUID()', 'crypto.randomUUID'],
    ['cases/x.ts', 'const id = globalThis.crypto.randomUUID()', 'crypto.randomUUID'],
    ['law/x.ts', "import { randomUUID } from 'node:crypto'", 'crypto.randomUUID'],
  ])('catches in %s: %s', (path, text, found) => {
    expect(ambientReads(parseSource({ path, text }))).toEqual([`${path}:1 ${found}`])
  })

  it('a page may turn a date it was given into words', () => {
    expect(ambientReads(parseSource({ path: 'portals/x.tsx', text: 'const on = new Date(instant)' }))).toEqual([])
  })

  it('catches the machine’s clock in a room', () => {
    const source = parseSource({ path: 'cases/x.ts', text: "import { systemClock } from '../ground/door.ts'" })
    expect(machineImports(source)).toEqual(['cases/x.ts:1 systemClock'])
  })
})

function ambientReads(source: SourceFile): string[] {
  const room = roomOf(source.path)
  // A service's own bench measures too.
  if (room === 'ground' || measures.has(room) || /^services\/[^/]+\/bench\//.test(source.path)) return []
  return [...namedReads(source), ...madeDates(source)]
    .filter(({ name }) => !allowed.get(source.path)?.has(name))
    .map(({ node, name }) => `${placeOf(source, node.start)} ${name}`)
}

type Read = { node: SyntaxNode; name: string }

/** `Date.now`, `globalThis.crypto.randomUUID`, and what is imported of node:crypto by name. */
function namedReads(source: SourceFile): Read[] {
  const members = nodesOf(source, 'MemberExpression').flatMap((node) => {
    const { object, property } = node
    if (!isNode(object) || !isNode(property)) return []
    const owner = object.type === 'MemberExpression' ? object.property : object
    return isNode(owner) ? [{ node, name: `${String(owner.name)}.${String(property.name)}` }] : []
  })
  const imported = nodesOf(source, 'ImportSpecifier').flatMap((node) =>
    isNode(node.imported) ? [{ node, name: `crypto.${String(node.imported.name)}` }] : [],
  )
  return [...members, ...imported].filter(({ name }) => ambient.has(name))
}

/** `new Date`; a page may turn an instant that it was given into one, to show it. */
function madeDates(source: SourceFile): Read[] {
  return nodesOf(source, 'NewExpression')
    .filter(({ callee }) => isNode(callee) && callee.name === 'Date')
    .filter(({ arguments: given }) => !(Array.isArray(given) && given.length > 0 && isScreen(source.path)))
    .map((node) => ({ node, name: 'new Date' }))
}

function isScreen(path: string): boolean {
  return /^(kit|portals)\/|^services\/[^/]+\/pages\//.test(path)
}

function machineImports(source: SourceFile): string[] {
  const startsTheProgram = /^(server\/command\/|server\/(api-types|generate-api-types)\.ts$|ground\/|bench\/)/
  if (startsTheProgram.test(source.path)) return []
  return nodesOf(source, 'ImportSpecifier').flatMap((node) => {
    const name = isNode(node.imported) ? String(node.imported.name) : ''
    return ['systemClock', 'systemRandom'].includes(name) ? [`${placeOf(source, node.start)} ${name}`] : []
  })
}
