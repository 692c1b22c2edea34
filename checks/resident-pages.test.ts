import { describe, expect, it } from 'vitest'
import { findPackageOf, type Import, importsOf } from './imports.ts'
import { productSources } from './source.ts'

const imports = new Map(productSources().map((source) => [source.path, importsOf(source)]))

describe('resident pages', () => {
  it('load nothing of Ant Design, not even by way of something else', () => {
    const entries = [...imports.keys()].filter((path) => /^portals\/(resident|entrance)\//.test(path))
    expect(entries.length).toBeGreaterThan(5)
    expect(reachedPackages(entries, imports).filter(isAntDesign)).toEqual([])
  })

  it('nor does the kit outside its part for staff', () => {
    const entries = [...imports.keys()].filter((path) => path.startsWith('kit/') && !path.startsWith('kit/staff/'))
    expect(reachedPackages(entries, imports).filter(isAntDesign)).toEqual([])
  })

  it('nor do the resident pages of services', () => {
    const entries = [...imports.keys()].filter(isResidentPage)
    expect(reachedPackages(entries, imports).filter(isAntDesign)).toEqual([])
  })

  it('catches it two files away', () => {
    const link = (from: string, to: string): Import => ({
      ...{ from, to, place: from },
      ...{ isRelative: to.includes('/'), isTypeOnly: false },
    })
    const made = new Map([
      ['portals/resident/a.tsx', [link('portals/resident/a.tsx', 'kit/b.tsx')]],
      ['kit/b.tsx', [link('kit/b.tsx', 'antd')]],
    ])
    expect(reachedPackages(['portals/resident/a.tsx'], made)).toEqual(['antd'])
  })
})

/** The packages that some files load, whatever way; types load nothing. */
function reachedPackages(entries: readonly string[], graph: ReadonlyMap<string, readonly Import[]>): string[] {
  const seen = new Set(entries)
  const packages = new Set<string>()
  for (const path of seen) {
    for (const { to, isRelative, isTypeOnly } of graph.get(path) ?? []) {
      if (isTypeOnly) continue
      const name = isRelative ? undefined : findPackageOf(to)
      if (name) packages.add(name)
      else seen.add(to)
    }
  }
  return [...packages].sort()
}

function isAntDesign(name: string): boolean {
  return name === 'antd' || name.startsWith('@ant-design/')
}

/** The name of a service's page begins with its portal. */
function isResidentPage(path: string): boolean {
  return /^services\/[^/]+\/pages\/resident-/.test(path)
}
