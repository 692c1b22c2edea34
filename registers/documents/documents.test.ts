import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, BadInput, inTransaction, systemActor, type Work } from '../../ground/door.ts'
import { type TestNode, testNode } from '../../ground/testing.ts'
import { registersMigrations } from '../tables.ts'
import { type SyntheticBulletin, syntheticBulletin } from './bulletin.testing.ts'
import { importDocument } from './import-document.ts'
import type { StatedDocument } from './read-document.ts'
import { searchDocuments } from './search.ts'
import { getDocument, getDocumentFile, listDocuments } from './stored-documents.ts'

let node: TestNode
beforeAll(async () => {
  node = await testNode({ migrations: [await registersMigrations()] })
})
afterAll(() => node.close())

const as = <T>(actor: Actor, action: (work: Work) => Promise<T>) => inTransaction(node, actor, action)
const officer = (role: string): Actor => ({
  kind: 'staff',
  userId: '00000000-0000-4000-8000-000000000001',
  assignmentId: '00000000-0000-4000-9000-000000000001',
  role,
  agency: '320000',
})
const bytesOf = (bulletin: SyntheticBulletin) => new TextEncoder().encode(syntheticBulletin(bulletin))
const importAs = (actor: Actor, bytes: Uint8Array, stated: StatedDocument = {}) =>
  as(actor, (work) => importDocument(work, bytes, stated))
const importOf = (bulletin: SyntheticBulletin) => importAs(systemActor, bytesOf(bulletin))
const search = (text: string, rest: object = {}) =>
  as({ kind: 'public' }, (work) => searchDocuments(work, { text, ...rest }))
const titlesFor = async (text: string, rest: object = {}) =>
  (await search(text, rest)).articles.map(({ title }) => title)
const issue = (number: string, ...articles: SyntheticBulletin['articles']): SyntheticBulletin => ({
  issue: number,
  articles,
})
const article = (title: string, ...body: string[]) => ({ title, body, source: '合成社' })

describe('importing', () => {
  const first = issue('209901', article('合成甲', '第一段。', '第二段。'))

  it('keeps the file character for character, and its paragraphs under ids that stay', async () => {
    const { documentId, ...told } = await importOf(first)
    expect(told).toMatchObject({
      series: 'nanjing-hrss-express',
      issue: '209901',
      version: 1,
      isNew: true,
      articleCount: 1,
      paragraphCount: 2,
      differences: [],
    })
    const { file, document } = await as(officer('accept'), async (work) => ({
      file: await getDocumentFile(work, documentId),
      document: await getDocument(work, documentId),
    }))
    expect(file).toBe(syntheticBulletin(first))
    expect(document).toMatchObject({ publishedOn: '2099-01-05', isCurrent: true })
    expect(document.articles[0]?.parts.map(({ paragraph }) => paragraph?.id ?? null)).toEqual([
      null,
      'nanjing-hrss-express-209901/1/p1',
      'nanjing-hrss-express-209901/1/p2',
      null,
    ])
  })

  it('the same file again changes nothing', async () => {
    expect(await importOf(first)).toMatchObject({ version: 1, isNew: false })
    expect(await as(systemActor, listDocuments)).toHaveLength(1)
  })

  it('a corrected file is another version beside the old one; what changed is noticed by its digest', async () => {
    const corrected = issue('209901', article('合成甲', '第一段。', '第二段，更正。'))
    const { documentId, version } = await importOf(corrected)
    expect(version).toBe(2)
    const versions = await as(systemActor, listDocuments)
    expect(versions.map((each) => [each.version, each.isCurrent])).toEqual([
      [2, true],
      [1, false],
    ])
    const digestsOf = async (id: string) =>
      (await as(systemActor, (work) => getDocument(work, id))).articles.flatMap(({ parts }) =>
        parts.flatMap(({ paragraph }) => (paragraph ? [paragraph.digest] : [])),
      )
    const [now, before] = [await digestsOf(documentId), await digestsOf(versions[1]?.id ?? '')]
    expect(now[0]).toBe(before[0])
    expect(now[1]).not.toBe(before[1])
    expect(await titlesFor('更正')).toEqual(['合成甲'])
  })

  it('what cannot be understood leaves nothing behind', async () => {
    const broken = bytesOf(issue('209907', article('合成甲', '第一段。')))
    for (const bytes of [broken.slice(0, -60), Uint8Array.from([...broken.slice(0, 60), 0xff, ...broken.slice(60)])]) {
      const error = await importAs(systemActor, bytes).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'document_not_understood' })
      expect(error instanceof BadInput && error.problems[0]?.path).toMatch(/^line \d+, column \d+$/)
    }
    expect((await as(systemActor, listDocuments)).map((each) => each.issue)).not.toContain('209907')
  })

  it('a bulletin of another name needs the id of its series; what is said must not contradict the masthead', async () => {
    const other = bytesOf({ ...first, name: '合成市人社学会信息' })
    await expect(importAs(systemActor, other)).rejects.toThrow('an id for the series 合成市人社学会信息快报')
    expect(await importAs(systemActor, other, { series: 'synthetic-city' })).toMatchObject({ series: 'synthetic-city' })
    await expect(importAs(systemActor, other, { series: 'synthetic-city', issue: '1' })).rejects.toThrow('issue')
    await expect(importAs(systemActor, other, { series: 'Synthetic City' })).rejects.toThrow('series')
  })

  it('is for those who keep the rules, and nobody changes what was printed', async () => {
    const next = bytesOf(issue('209908', article('合成乙', '一段。')))
    await expect(importAs(officer('accept'), next)).rejects.toMatchObject({ code: 'register_writer_needed' })
    await expect(importAs({ kind: 'public' }, next)).rejects.toMatchObject({ code: 'register_writer_needed' })
    expect(await importAs(officer('values_admin'), next)).toMatchObject({ isNew: true })
    const change = sql`UPDATE registers.document_part SET text = '别的'`
    await expect(as(systemActor, (work) => change.execute(work.db))).rejects.toThrow('permission denied')
  })
})

describe('searching', () => {
  beforeAll(async () => {
    await importOf({
      issue: '209911',
      articles: [
        article('新疆：合成的院端结算', '工伤职工持卡结算２０２４年的费用。', '另有规定的，从其规定。'),
        { ...article('河北石家庄：合成的返还', '稳岗返还比例为 30%，按月发放。'), section: '各地动态' },
        { ...article('合成的评论', '谈谈工伤和别的事。职工都关心结算。'), section: '一家之言' },
      ],
    })
  })

  it.each([
    ['all words of a query, in whatever order', '结算 工伤', ['新疆：合成的院端结算', '合成的评论']],
    ['a phrase letter by letter', '“职工持卡”', ['新疆：合成的院端结算']],
    ['not what only looks like it', '“持卡职工”', []],
    ['a word of the title with one of the text', '新疆 从其规定', ['新疆：合成的院端结算']],
    ['traditional characters', '工傷職工持卡', ['新疆：合成的院端结算']],
    ['digits of full width', '2024', ['新疆：合成的院端结算']],
    ['a number, not another that begins with it', '3', []],
    ['a number and its sign', '“30%”', ['河北石家庄：合成的返还']],
    ['one character', '卡', ['新疆：合成的院端结算']],
    ['the last character of a sentence', '“的事”', ['合成的评论']],
  ])('%s: %s', async (_, query, titles) => {
    expect(await titlesFor(query, { issue: '209911' })).toEqual(titles)
  })

  it.each([
    ['a section', { section: '一家之言' }, ['合成的评论']],
    ['a region', { region: '650000' }, ['新疆：合成的院端结算']],
    ['a region and those inside it', { region: '130000' }, ['河北石家庄：合成的返还']],
    ['a prefecture', { region: '130100' }, ['河北石家庄：合成的返还']],
    ['an issue', { issue: '209999' }, []],
    ['a series', { series: 'synthetic-city' }, []],
  ])('only in %s', async (_, filter, titles) => {
    expect(await titlesFor('合成', { issue: '209911', ...filter })).toEqual(titles)
  })

  it('shows the paragraph with the words marked, under the id by which it can be cited', async () => {
    const { articles, articleCount } = await search('持卡', { issue: '209911' })
    expect(articleCount).toBe(1)
    expect(articles[0]?.paragraphs).toEqual([
      {
        id: 'nanjing-hrss-express-209911/1/p1',
        excerpt: [
          { text: '工伤职工', isHit: false },
          { text: '持卡', isHit: true },
          { text: '结算２０２４年的费用。', isHit: false },
        ],
      },
    ])
  })

  it('page by page', async () => {
    const all = await search('合成', { issue: '209911' })
    const pages = [0, 1, 2].map(
      async (offset) => (await search('合成', { issue: '209911', offset, limit: 1 })).articles,
    )
    expect((await Promise.all(pages)).flat()).toEqual(all.articles)
    expect(all.articleCount).toBe(3)
  })

  it('refuses a search for nothing', async () => {
    await expect(search('，。')).rejects.toMatchObject({ code: 'search_text_needed' })
  })

  it('any piece of any paragraph is found, in whatever way it is cut', async () => {
    const letters = fc.stringMatching(/^[一-七工伤保险卡年a-c0-9，。 ]{4,30}$/)
    let number = 100
    await fc.assert(
      fc.asyncProperty(letters, fc.nat(), fc.nat(), async (text, from, size) => {
        const paragraph = `合成${text.trim()}。`
        const start = from % (paragraph.length - 1)
        const piece = paragraph.slice(start, start + 1 + (size % 8))
        // A cut through a word of Latin letters or through a number leaves another word; spaces are no part of either.
        fc.pre(!/^\s*[a-z0-9]/.test(piece) && !/[a-z0-9]\s*$/.test(piece) && /[\p{L}\p{N}]/u.test(piece))
        number += 1
        await importOf(issue(`209${number}`, article('题', '首段。', paragraph)))
        expect(await titlesFor(`“${piece}”`, { issue: `209${number}` })).toEqual(['题'])
      }),
      { numRuns: 40 },
    )
  })
})
