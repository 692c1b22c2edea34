import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, parseInput, systemActor } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { syntheticBulletin } from './bulletin.testing.ts'
import { clauseTies, findTiedParagraph } from './clause-ties.ts'
import { importDocument } from './import-document.ts'
import { namedDocuments } from './named-documents.ts'
import { digestOf } from './parts.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const issue = '209901'
const tie = { series: 'nanjing-hrss-express', issue, article: 1, paragraph: 2, digest: digestOf('合成的第二段。') }
const importBody = (...body: string[]) => {
  const text = syntheticBulletin({ issue, articles: [{ title: '合成甲', body, source: '合成社' }] })
  return inTransaction(node, systemActor, (work) => importDocument(work, new TextEncoder().encode(text), {}))
}
const find = () => inTransaction(node, { kind: 'public' }, (work) => findTiedParagraph(work, tie))

describe('what is printed where a clause is tied to', () => {
  it('is not there before its issue is', async () => {
    expect(await find()).toBeUndefined()
  })

  it('is the paragraph, with the article, the issue and whom it is taken from', async () => {
    await importBody('合成的第一段。', '合成的第二段。')
    expect(await find()).toMatchObject({
      id: `nanjing-hrss-express-${issue}/1/p2`,
      state: 'as_tied',
      text: '合成的第二段。',
      articleTitle: '合成甲',
      publishedOn: '2099-01-05',
      source: '合成社',
    })
  })

  it('spaces and the width of digits make no other words', () => {
    expect(digestOf('满 １２ 个月')).toBe(digestOf('满12个月'))
    expect(digestOf('满12个月')).not.toBe(digestOf('满13个月'))
  })

  it('is found by its words where a corrected issue has it in another place', async () => {
    await importBody('合成的第一段。', '补上的一段。', '合成的第二段。')
    expect(await find()).toMatchObject({ id: `nanjing-hrss-express-${issue}/1/p3`, state: 'as_tied' })
  })

  it('is said to be changed where the place has other words', async () => {
    await importBody('合成的第一段。', '合成的第二段，更正。')
    expect(await find()).toMatchObject({ state: 'changed', text: '合成的第二段，更正。' })
  })

  it('is not there where the issue no longer has such a place', async () => {
    await importBody('合成的第一段。')
    expect(await find()).toBeUndefined()
  })
})

describe('the file of ties', () => {
  it('reads paragraphs, laws and what is derived', () => {
    const text = 'nanjing-hrss-express-202403/1/p2#0123456789ab'
    const read = parseInput(clauseTies, {
      'A1.03': { paragraphs: [text, 'caijing-2023-11/30/p10#0123456789ab'], under: namedDocuments()[0]?.id },
      'X.1': { outside: 'a made-up law' },
      'X.2': { derived: 'follows from A1.03' },
    })
    expect(read['A1.03']).toMatchObject({
      paragraphs: [
        { series: 'nanjing-hrss-express', issue: '202403', article: 1, paragraph: 2, digest: '0123456789ab' },
        { series: 'caijing', issue: '2023-11', article: 30, paragraph: 10 },
      ],
    })
  })
})
