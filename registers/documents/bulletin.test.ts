import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadInput } from '../../ground/door.ts'
import { type SyntheticArticle, syntheticBulletin } from './bulletin.testing.ts'
import { readBulletin } from './bulletin.ts'
import { writeDocument } from './parts.ts'

const long = '合成的一段话，'.repeat(8)
const article = (title: string, change: Partial<SyntheticArticle> = {}): SyntheticArticle => ({
  title,
  body: [`${title}的第一段。`, `${title}的第二段。`],
  source: '合成社',
  ...change,
})
const read = (...articles: SyntheticArticle[]) => readBulletin(syntheticBulletin({ articles }))
const bodyOf = (...body: string[]) =>
  read(article('标题', { body }))
    .parts.filter(({ paragraph }) => paragraph !== null)
    .map(({ kind, text }) => `${kind}: ${text}`)

describe('a bulletin is read', () => {
  it('masthead, sections, articles, sources and numbered paragraphs', () => {
    const document = read(article('甲'), article('乙', { section: '他山之石', source: '合成报' }))
    expect(document.masthead).toEqual({
      name: '南京人力资源和社会保障学会信息快报',
      issue: '209901',
      organiser: '合成学会',
      publishedOn: '2099-01-05',
    })
    expect(document.articles).toEqual([
      { no: 1, section: '最新关注', title: '甲', byline: null, source: '合成社' },
      { no: 2, section: '他山之石', title: '乙', byline: null, source: '合成报' },
    ])
    expect(document.parts.filter((part) => part.article === 2).map(({ kind, paragraph }) => [kind, paragraph])).toEqual(
      [
        ['title', null],
        ['paragraph', 1],
        ['paragraph', 2],
        ['source', null],
      ],
    )
    expect(document.differences).toEqual([])
  })

  it.each([
    [
      'a paragraph that a page breaks is one',
      ['首段。', `${long}没有说完`, '下一页接着说完。'],
      ['paragraph: 首段。', `paragraph: ${long}没有说完下一页接着说完。`],
    ],
    [
      'a short line without a full stop is a heading',
      ['小标题', '一段话。'],
      ['heading: 小标题', 'paragraph: 一段话。'],
    ],
    [
      'a quotation that ends a heading is no full stop',
      ['背后的“三靠”', '话。'],
      ['heading: 背后的“三靠”', 'paragraph: 话。'],
    ],
    [
      'marked-up headings and emphasis',
      ['### **小标题**', '**一是**要说。'],
      ['heading: 小标题', 'paragraph: 一是要说。'],
    ],
    [
      'the words under a title',
      [`${long.slice(0, 45)}体现`, '一段话。'],
      [`standfirst: ${long.slice(0, 45)}体现`, 'paragraph: 一段话。'],
    ],
    [
      'a table stays as it is',
      ['| 甲 | 乙 |', '| 1 | 2 |', '一段话。'],
      ['table: | 甲 | 乙 |\n| 1 | 2 |', 'paragraph: 一段话。'],
    ],
    ['a rule is no paragraph', ['一段话。', '---', '又一段。'], ['paragraph: 一段话。', 'paragraph: 又一段。']],
  ])('%s', (_, body, parts) => {
    expect(bodyOf(...body)).toEqual(parts)
  })

  it('an issue that does not repeat its sections: an article stands where the list says', () => {
    const articles = [article('甲'), article('乙', { section: '一家之言' })]
    const document = readBulletin(syntheticBulletin({ articles, hasSections: false, isMarkedUp: true }))
    expect(document.articles.map(({ section }) => section)).toEqual(['最新关注', '一家之言'])
  })
})

describe('where contents and text do not agree, it says so', () => {
  const differencesOf = (articles: SyntheticArticle[], contents: string[]) =>
    readBulletin(syntheticBulletin({ articles, contents })).differences.map(({ kind, text }) => `${kind} ${text}`)

  it.each([
    ['a title spelled with other spaces', [article('甲 10 条')], ['甲10条'], ['spelled_otherwise 甲 10 条']],
    ['an entry without an article', [article('甲')], ['甲', '丙'], ['not_in_text 丙']],
    [
      'an article without an entry',
      [article('甲'), article('丁')],
      ['甲', '甲的别名'],
      ['not_in_contents 丁', 'not_in_text 甲的别名'],
    ],
    [
      'an article without a source',
      [{ title: '甲', body: ['话。'] }, article('乙')],
      ['甲', '乙'],
      ['source_missing 甲'],
    ],
  ])('%s', (_, articles, contents, differences) => {
    expect(differencesOf(articles, contents)).toEqual(differences)
  })
})

describe('what cannot be understood is told with line and column', () => {
  const whole = syntheticBulletin({ articles: [article('甲'), article('乙')] })
  const problemsOf = (text: string) => {
    try {
      readBulletin(text)
      return []
    } catch (error) {
      return error instanceof BadInput ? error.problems : [String(error)]
    }
  }

  it.each([
    ['no masthead', '随便一段话。\n', 'line 1, column 1'],
    ['an empty file', '\n', 'end of the file'],
    ['a day that there is not', whole.replace('1 月 5 日', '2 月 30 日'), 'line 11, column 1'],
    ['an entry before any section', whole.replace('最新关注\n\n甲', '甲'), 'line 15, column 1'],
    ['no articles', whole.slice(0, whole.indexOf('最新关注', whole.indexOf('最新关注') + 1)), 'line 19, column 1'],
    [
      'text between two articles',
      whole.replace('来源：合成社\n\n乙', '来源：合成社\n\n  话，没有标题，就这样开始了。\n\n乙'),
      'line 31, column 3',
    ],
  ])('%s', (_, text, path) => {
    expect(problemsOf(text)).toMatchObject([{ path }])
  })
})

describe('every character of the file is in exactly one part', () => {
  const words = fc.stringMatching(/^[一-十a-z0-9 ，。“”#*|\u00a0\u3000\t-]{1,60}$/)
  const space = fc.stringMatching(/^[ \u3000]{0,2}\n[ \t\r]{0,2}\n?$/)
  const articles = fc.uniqueArray(
    fc.record({
      title: fc.stringMatching(/^[甲-百]{2,12}$/),
      body: fc.array(words, { minLength: 1, maxLength: 6 }),
      source: fc.constant('合成社'),
      section: fc.constantFrom('最新关注', '各地动态', '一家之言', '他山之石'),
    }),
    { minLength: 1, maxLength: 4, selector: ({ title }) => title },
  )

  it('written back it is the same, whatever its lines and its white space', () => {
    fc.assert(
      fc.property(
        articles,
        fc.array(space, { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        (made, spaces, isMarkedUp) => {
          let turn = 0
          const plain = syntheticBulletin({ articles: made, isMarkedUp })
          const text = plain.replaceAll('\n\n', () => spaces[turn++ % spaces.length] ?? '\n')
          const document = readBulletin(text)
          expect(writeDocument(document)).toBe(text)
          expect(document.parts.every(({ raw }) => raw.trim() !== '')).toBe(true)
        },
      ),
    )
  })
})
