import { describe, expect, it } from 'vitest'
import { filesOf } from '../server/new-service/made-service.ts'
import { productPaths, readProductFile } from './source.ts'

const kinds = ['rule', 'figures', 'cases', 'words', 'flow', 'pages', 'tests', 'generated', 'documents'] as const
type Kind = (typeof kinds)[number]

const files = productPaths().filter((path) => /^services\/[^/]+\/.*\.(tsx?|yaml|sql|md)$/.test(path))
const services = [...new Set(files.map(serviceOf))].sort()

describe('the size of a service', () => {
  it.each(services)('%s', (service) => {
    const lines: Record<Kind, number> = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>
    for (const path of files.filter((file) => serviceOf(file) === service)) {
      lines[kindOf(path)] += readProductFile(path).text.split('\n').length - 1
    }
    console.log(`${service}: ${kinds.map((kind) => `${kind} ${lines[kind]}`).join(', ')}`)
    expect(lines.rule).toBeGreaterThan(0)
  })
})

describe('what services share', () => {
  const runLength = 8
  const made = new Set(
    (['person', 'employer'] as const)
      .flatMap((applicant) => filesOf({ ...sample, applicant }))
      .flatMap(([, text]) => runsOf(text, runLength)),
  )

  it('nothing of eight lines stands in three services, but what the generator made', () => {
    const holders = new Map<string, Set<string>>()
    for (const path of files.filter(
      (file) => /\.tsx?$/.test(file) && !/\.(test|testing|generated)\.tsx?$/.test(file),
    )) {
      for (const run of runsOf(readProductFile(path).text, runLength)) {
        holders.set(run, (holders.get(run) ?? new Set()).add(serviceOf(path)))
      }
    }
    const shared = [...holders].filter(([run, by]) => by.size >= 3 && !made.has(run))
    expect(shared.map(([run, by]) => `${[...by].join(', ')}:\n${run}`)).toEqual([])
  })

  it('finds a run of lines wherever it stands, and not one that is broken', () => {
    const block = Array.from({ length: runLength }, (_, index) => `  line ${index}`).join('\n')
    expect(runsOf(`a\n${block}\nb`, runLength)).toContain(runsOf(block, runLength)[0])
    expect(runsOf(block.replace('line 3', 'line x'), runLength)).not.toContain(runsOf(block, runLength)[0])
  })
})

const sample = {
  id: 'some-subsidy',
  titleZh: '示例补贴',
  titleEn: 'Some subsidy',
  region: '430000',
  clause: 'P1.01',
  document: '示例办法',
  from: '2024-02-01',
  prefix: 'YC',
}

function serviceOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function kindOf(path: string): Kind {
  if (path.includes('.generated.')) return 'generated'
  if (/\.test\.tsx?$|\.testing\.tsx?$|\/simulation\//.test(path)) return 'tests'
  if (/\/pages\//.test(path)) return 'pages'
  if (path.endsWith('policy.ts')) return 'rule'
  if (path.endsWith('values.yaml')) return 'figures'
  if (path.endsWith('cases.yaml') || path.endsWith('population.yaml')) return 'cases'
  if (/messages\.(zh|en)\.yaml$/.test(path)) return 'words'
  return /\.(md|yaml)$/.test(path) ? 'documents' : 'flow'
}

/** Every run of so many lines of a text that say something, without their indentation; imports and closing brackets say nothing. */
function runsOf(text: string, length: number): string[] {
  const lines = text
    .replace(/^import [^;]*?from '[^']*'$/gms, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line))
  return lines.slice(length - 1).map((_, index) => lines.slice(index, index + length).join('\n'))
}
