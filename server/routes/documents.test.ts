import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, must, systemActor } from '../../ground/door.ts'
import { importDocument } from '../../registers/door.ts'
import { realBulletins, syntheticBulletin } from '../../registers/testing.ts'
import { clauseTiesOf } from '../clauses.ts'
import { openServices } from '../services.ts'
import { type Browser, browserOf, type TestSite, testSite } from '../testing.ts'

const services = await openServices()

let site: TestSite
beforeAll(async () => {
  site = await testSite({ regions: ['320000'], services })
})
afterAll(() => site.close())

const as = (login: string): Promise<Browser> => browserOf(site.app, '320000', login)

/** Sends one file as a browser's form does. */
async function upload(login: string, key: string, content: string) {
  const head = '--edge\r\ncontent-disposition: form-data; name="file"; filename="bulletin.txt"\r\n\r\n'
  return (await as(login)).send({
    method: 'POST',
    url: '/documents',
    payload: Buffer.from(`${head}${content}\r\n--edge--\r\n`),
    headers: { 'content-type': 'multipart/form-data; boundary=edge', 'idempotency-key': `upload-${key}` },
  })
}

const bulletin = syntheticBulletin({
  articles: [{ title: '江苏：合成的办法', body: ['合成的第一段。', '合成的第二段，说到工伤。'], source: '合成社' }],
})

describe('documents', () => {
  it('are imported by those who keep the rules, listed, read and searched by officers', async () => {
    expect((await upload('jiangsu-values-admin', 'first', bulletin)).json()).toMatchObject({
      issue: '209901',
      version: 1,
      isNew: true,
      articleCount: 1,
      differences: [],
    })
    expect((await upload('jiangsu-values-admin', 'again', bulletin)).json()).toMatchObject({ version: 1, isNew: false })
    const officer = await as('nanjing-accept')
    const [listed] = (await officer.get('/documents')).json().items
    expect(listed).toMatchObject({ issue: '209901', articleCount: 1 })
    const read = (await officer.get(`/documents/${listed.id}`)).json()
    expect(read.articles[0].parts[1]).toMatchObject({
      text: '合成的第一段。',
      paragraph: { id: 'nanjing-hrss-express-209901/1/p1' },
    })
    const found = (await officer.get(`/documents/search?text=${encodeURIComponent('工傷')}`)).json()
    expect(found).toMatchObject({ articleCount: 1, isComplete: true, items: [{ title: '江苏：合成的办法' }] })
    expect((await upload('nanjing-accept', 'other', bulletin)).statusCode).toBe(403)
    expect((await (await as('li-na')).get('/documents')).statusCode).toBe(403)
  })

  it('a file that cannot be understood is refused with line and column, in words', async () => {
    const refused = await upload('jiangsu-values-admin', 'broken', '随便一段话。')
    expect(refused.json()).toMatchObject({
      status: 400,
      code: 'document_not_understood',
      detail: '这份文件的版式读不懂，没有导入任何内容。',
      advice: expect.stringContaining('行和列'),
      problems: [{ path: 'line 1, column 1' }],
    })
  })
})

describe('the paragraph of a clause', () => {
  const tied = services.flatMap((service) =>
    Object.entries(clauseTiesOf(service)).map(([clause, tie]) => ({ service: service.id, clause, tie })),
  )
  const get = async (service: string, clause: string) =>
    (await as('li-na')).get(`/law/clauses/${service}/${encodeURIComponent(clause)}`)

  it('is told to everybody once its bulletin is there; until then, which issue is needed', async () => {
    const some = tied.find(({ tie }) => 'paragraphs' in tie && tie.paragraphs[0]?.paragraph === 1)
    const [paragraph] = some && 'paragraphs' in some.tie ? some.tie.paragraphs : []
    if (!some || !paragraph) throw new Error('no clause is tied to the first paragraph of an article')
    const { article, issue } = paragraph
    expect((await get(some.service, some.clause)).json()).toMatchObject({
      paragraphs: [
        { state: 'not_imported', name: '南京人力资源和社会保障学会信息快报', issue, article, printed: null },
      ],
    })
    const articles = Array.from({ length: article }, (_, index) => ({
      title: `合成${index}`,
      body: [`合成文章${index}的原文。`],
      source: '合成社',
    }))
    await upload('jiangsu-values-admin', 'tied', syntheticBulletin({ issue, articles }))
    expect((await get(some.service, some.clause)).json()).toMatchObject({
      paragraphs: [{ state: 'changed', issue, printed: { text: `合成文章${article - 1}的原文。`, source: '合成社' } }],
    })
  })

  it('or the law that no bulletin prints', async () => {
    const some = tied.find(({ tie }) => 'outside' in tie)
    if (!some || !('outside' in some.tie)) throw new Error('no clause stands outside')
    expect((await get(some.service, some.clause)).json()).toMatchObject({ paragraphs: [], outside: some.tie.outside })
  })

  it('G5.01: the named documents say which clauses and rules stand on them', async () => {
    const { items } = (await (await as('li-na')).get('/documents/named')).json()
    const used = items.filter(({ clauses }: { clauses: unknown[] }) => clauses.length > 0)
    expect(used.length).toBeGreaterThan(4)
    expect(used[0].clauses[0]).toMatchObject({ clause: expect.any(String), rules: expect.any(Array) })
  })

  it.each([
    ['no-such-service', 'A1.01'],
    [services[0]?.id ?? '', 'Z9.99'],
  ])('there is none: %s %s', async (service, clause) => {
    expect((await get(service, clause)).json()).toMatchObject({ status: 400, code: 'bad_input' })
  })
})

const bulletins = realBulletins()

describe.skipIf(bulletins.length === 0)('with the bulletins of TONGBAN_BULLETINS', () => {
  it('every clause that is tied to a paragraph is told in the words with which it was tied', async () => {
    const { node } = must(site.world.find('320000'), 'the node')
    await inTransaction(node, systemActor, async (work) => {
      for (const { bytes, document } of bulletins) {
        const { series, masthead } = document
        await importDocument(work, bytes, { series, issue: masthead.issue, publishedOn: masthead.publishedOn })
      }
    })
    const reader = await as('li-na')
    for (const service of services) {
      for (const [clause, tie] of Object.entries(clauseTiesOf(service))) {
        if (!('paragraphs' in tie)) continue
        const told = (await reader.get(`/law/clauses/${service.id}/${encodeURIComponent(clause)}`)).json()
        const states = told.paragraphs.map(({ state }: { state: string }) => state)
        expect([clause, states]).toEqual([clause, tie.paragraphs.map(() => 'as_tied')])
      }
    }
  })
})
