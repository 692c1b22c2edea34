import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Messages, readMessages } from '../ground/door.ts'
import { accessPurposes } from '../kit/access-purposes.ts'
import {
  isNode,
  isTestFile,
  nodesOf,
  parseSource,
  placeOf,
  productFolder,
  productPaths,
  productSources,
  type SourceFile,
  type SyntaxNode,
} from './source.ts'

const languages = ['zh', 'en'] as const
const folders = productPaths()
  .filter((path) => /(^|\/)messages\.(zh|en)\.yaml$/.test(path))
  .map((path) => path.slice(0, path.lastIndexOf('/') + 1))
const messagesOf = new Map([...new Set(folders)].map((folder) => [folder, readMessages(urlOf(folder))]))

describe('sentences', () => {
  it.each([...messagesOf.keys()])('%s has the same sentences in both languages', (folder) => {
    expect(unequalKeys(getMessages(folder))).toEqual([])
  })

  it.each([...messagesOf.keys()])('%s names the same parameters in both languages', (folder) => {
    expect(unequalParams(getMessages(folder))).toEqual([])
  })

  it('every purpose that the access log tells a person has its words', () => {
    const sources = productSources().filter(
      ({ path }) => !isTestFile(path) && !/^(kit|portals|journeys|bench)\//.test(path),
    )
    expect(sources.flatMap(purposesOf).filter((purpose) => !(purpose in accessPurposes))).toEqual([])
  })

  it('catches a purpose without words', () => {
    const text = "const purpose = 'made up'\nawait getPerson(work, idOf(file), 'made up too')"
    expect(purposesOf({ text })).toEqual(['made up', 'made up too'])
  })

  it.each([...messagesOf.keys()])('%s says of every unit how many', (folder) => {
    expect(unitsWithoutNumber(getMessages(folder))).toEqual([])
  })

  it('every code that is thrown has a sentence, and every refusal an advice, in both languages', () => {
    const sources = productSources().filter(({ path }) => !isTestFile(path) && !/^(kit|portals)\//.test(path))
    expect(sources.flatMap(unsaidCodes)).toEqual([])
  })

  it('catches a sentence that only one language has, and a parameter that only one names', () => {
    const zh = new Map([['late', '晚了 {lateDays} 天']])
    const en = new Map([
      ['late', 'too late'],
      ['late.advice', 'Come earlier.'],
    ])
    expect(unequalKeys({ zh, en })).toEqual(['late.advice'])
    expect(unequalParams({ zh, en })).toEqual(['late'])
  })

  it('catches a unit that leaves its number out', () => {
    const sentences = new Map([
      ['units.card', '张'],
      ['units.place', '{n} place|places'],
    ])
    expect(unitsWithoutNumber({ zh: sentences, en: new Map() })).toEqual(['zh units.card', 'zh units.place'])
  })

  it('catches a code without a sentence, plain, chosen or given to a step', () => {
    const text = "throw new Refusal(late ? 'made_up_one' : 'made_up_two')\nconst step = { onceOr: 'made_up_three' }"
    const found = unsaidCodes(parseSource({ path: 'cases/x.ts', text }))
    expect(found.map((line) => line.split(' ')[1])).toEqual(
      ['made_up_one', 'made_up_two', 'made_up_three'].flatMap((code) => [code, `${code}.advice`]),
    )
  })
})

function unitsWithoutNumber(messages: Messages): string[] {
  return languages.flatMap((language) =>
    [...messages[language]].flatMap(([code, sentence]) =>
      code.startsWith('units.') && !sentence.split('|').every((form) => form.includes('{n}'))
        ? [`${language} ${code}`]
        : [],
    ),
  )
}

/** The purposes of reads that are written as code and not in the reader's language. */
function purposesOf({ text }: Pick<SourceFile, 'text'>): string[] {
  const named = text.matchAll(/const purpose = '([a-z][a-z _-]*)'/g)
  const given = text.matchAll(
    /\b(?:getPerson|cardsOf|certificatesOf|employmentsOf|enrolmentsOf)\(.*, '([a-z][a-z _-]*)'\)/g,
  )
  return [...named, ...given].flatMap(([, purpose]) => purpose ?? [])
}

function unequalKeys({ zh, en }: Messages): string[] {
  return [...new Set([...zh.keys(), ...en.keys()])].filter((key) => !(zh.has(key) && en.has(key)))
}

function unequalParams({ zh, en }: Messages): string[] {
  return [...zh]
    .filter(([key, sentence]) => paramsOf(sentence) !== paramsOf(en.get(key) ?? sentence))
    .map(([key]) => key)
}

function paramsOf(sentence: string): string {
  return [...new Set(sentence.match(/\{\w+\}/g))].sort().join()
}

/** The codes of a file that its own folder's messages, or those of the rooms below it, do not say. */
function unsaidCodes(source: SourceFile): string[] {
  const known = knownSentences(source.path)
  return thrownCodes(source)
    .flatMap(({ code, needsAdvice, at }) =>
      [code, ...(needsAdvice ? [`${code}.advice`] : [])].map((key) => ({ key, at })),
    )
    .filter(({ key }) => !languages.every((language) => known.some((messages) => messages[language].has(key))))
    .map(({ key, at }) => `${placeOf(source, at)} ${key}`)
}

/** Of a service: its own and those of rooms; of a room: those of rooms. */
function knownSentences(path: string): Messages[] {
  return [...messagesOf]
    .filter(([folder]) => !folder.startsWith('services/') || path.startsWith(folder))
    .map(([, messages]) => messages)
}

type ThrownCode = { code: string; needsAdvice: boolean; at: number }

/** Codes written out in `new Refusal(...)`, `new OperatingFailure(...)`, `new BadInput(problems, code)` and `onceOr`. */
function thrownCodes(source: SourceFile): ThrownCode[] {
  const codePlace = new Map([
    ['Refusal', 0],
    ['OperatingFailure', 0],
    ['BadInput', 1],
  ])
  const thrown = nodesOf(source, 'NewExpression').flatMap((node) => {
    const kind = isNode(node.callee) ? String(node.callee.name) : ''
    const place = codePlace.get(kind)
    const code = place !== undefined && Array.isArray(node.arguments) ? node.arguments[place] : undefined
    return wordsOf(code).map((word) => ({ code: word, needsAdvice: kind === 'Refusal', at: node.start }))
  })
  const once = nodesOf(source, 'Property').flatMap((node) =>
    isNode(node.key) && node.key.name === 'onceOr'
      ? wordsOf(node.value).map((word) => ({ code: word, needsAdvice: true, at: node.start }))
      : [],
  )
  return [...thrown, ...once]
}

function wordsOf(part: unknown): string[] {
  if (!isNode(part)) return []
  const node: SyntaxNode = part
  if (node.type === 'ConditionalExpression') return [...wordsOf(node.consequent), ...wordsOf(node.alternate)]
  return node.type === 'Literal' && typeof node.value === 'string' ? [node.value] : []
}

function getMessages(folder: string): Messages {
  const messages = messagesOf.get(folder)
  if (!messages) throw new Error(`no messages in ${folder}`)
  return messages
}

function urlOf(folder: string): URL {
  return pathToFileURL(`${productFolder}${folder}`)
}
