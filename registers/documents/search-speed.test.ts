import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, randomBelow, seededRandom, systemActor } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { syntheticBulletin } from './bulletin.testing.ts'
import { importDocument } from './import-document.ts'
import { searchDocuments } from './search.ts'

// Made only when it is asked for: so many synthetic bulletins of ten articles with six paragraphs of sixty words (2000 take some minutes).
const documentCount = Number(process.env.TONGBAN_SEARCH_DOCUMENTS ?? 0)
const millisecondsMax = 100
const random = seededRandom('search speed')

describe.skipIf(documentCount === 0)(`a search among ${documentCount} synthetic bulletins`, () => {
  let node: TestNode
  beforeAll(async () => {
    node = await testNode({ migrations: [await registersMigrations()] })
    for (let number = 0; number < documentCount; number += 1) {
      const bytes = new TextEncoder().encode(syntheticIssue(number))
      await inTransaction(node, systemActor, (work) => importDocument(work, bytes, {}))
    }
  }, 1_200_000)
  afterAll(() => node.close())

  it.each([
    ['a rare word', '工伤'],
    ['two words', '工伤 结算'],
    ['a phrase', '“工伤保险”'],
    ['a word that stands in most paragraphs', '人员'],
    ['one character', '员'],
  ])('%s: %s', async (label, text) => {
    const times: number[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      const before = performance.now()
      await inTransaction(node, systemActor, (work) => searchDocuments(work, { text }))
      times.push(performance.now() - before)
    }
    const median = must(times.sort((one, other) => one - other)[2], 'the third of five')
    console.log(`${label}: ${median.toFixed(0)} ms`)
    expect(median).toBeLessThan(millisecondsMax)
  })
})

const letters = [
  ...'办保补参场单登地调定发访费服付复改给管规核护缴结介金居据康科联录目批期企勤请认申审生失收算条统团退位险协养业医银用诊证执指中住资',
]

function syntheticIssue(number: number): string {
  const pick = () => must(letters[randomBelow(random, letters.length)], 'a letter')
  const word = () => {
    const draw = randomBelow(random, 2000)
    if (draw === 0) return '工伤保险'
    if (draw === 1) return '结算'
    return draw < 40 ? '人员' : pick() + pick()
  }
  const paragraph = () => `${Array.from({ length: 60 }, word).join('')}。`
  const articles = Array.from({ length: 10 }, (_, index) => ({
    title: `合成${number}之${index}${word()}`,
    body: Array.from({ length: 6 }, paragraph),
    source: '合成社',
  }))
  return syntheticBulletin({ issue: String(300_000 + number), articles })
}
