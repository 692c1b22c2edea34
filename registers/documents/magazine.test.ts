import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SyntheticChapter, syntheticMagazine } from './magazine.testing.ts'
import { readMagazine } from './magazine.ts'
import { writeDocument } from './parts.ts'

const masthead = { name: '合成杂志', issue: '2099-01', organiser: '合成社', publishedOn: '2099-01-05' }
const read = (...chapters: SyntheticChapter[]) => readMagazine(syntheticMagazine(chapters), masthead)
const sentence = (length: number) => `${'合'.repeat(length - 1)}。`
const partsOf = (document: ReturnType<typeof read>, article: number) =>
  document.parts.filter((part) => part.article === article).map(({ kind, text }) => `${kind}: ${text}`)

describe('a magazine is read', () => {
  it('rubrics, titles, the words under them, bylines and paragraphs', () => {
    const document = read(
      {
        rubric: '封面文章',
        title: '甲题',
        under: ['第一行', '第二行'],
        byline: '文/某甲',
        body: [sentence(70), sentence(40)],
      },
      { title: '乙题', body: ['小标题', sentence(33)] },
    )
    expect(document.articles).toEqual([
      { no: 1, section: '封面文章', title: '甲题', byline: '文/某甲', source: null },
      { no: 2, section: null, title: '乙题', byline: null, source: null },
    ])
    expect(partsOf(document, 1)).toEqual([
      'title: 甲题',
      'standfirst: 第一行第二行',
      'byline: 文/某甲',
      `paragraph: ${sentence(70)}`,
      `paragraph: ${sentence(40)}`,
    ])
    expect(partsOf(document, 2)).toEqual(['title: 乙题', 'heading: 小标题', `paragraph: ${sentence(33)}`])
    expect(document.differences.map(({ kind }) => kind)).toEqual(['contents_missing'])
  })

  it('a chapter that begins with its text has no title, and that is told', () => {
    const document = readMagazine(` ${'合'.repeat(30)}\n${sentence(9)}\n\n${sentence(12)}\n`, masthead)
    expect(document.articles).toMatchObject([{ title: `${'合'.repeat(20)}…` }])
    expect(document.differences.map(({ kind, line }) => [kind, line])).toEqual([
      ['contents_missing', 1],
      ['title_missing', 1],
    ])
  })

  it('a caption and its source stand apart from the text around them', () => {
    const document = read({ title: '甲题', body: [sentence(40), '表1：合成的表', '资料来源：合成统计', sentence(35)] })
    expect(partsOf(document, 1).slice(2, 4)).toEqual(['caption: 表1：合成的表', 'caption: 资料来源：合成统计'])
  })

  it('without an indented line at its beginning it is not understood', () => {
    expect(() => readMagazine('合成\n', masthead)).toThrow('line 1, column 1: expected an indented line')
  })
})

describe('every character of the file is in exactly one part', () => {
  const line = fc.stringMatching(/^[一-十a-z0-9，。\u00a0]{1,40}$/)
  const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\n\n', '\n\n\n\n', '\n ', ' \n\n')), { minLength: 1 })

  it('written back it is the same, whatever its lines', () => {
    fc.assert(
      fc.property(text, (lines) => {
        const file = ` 题${lines.map(([words, space]) => space + words).join('')}\n`
        expect(writeDocument(readMagazine(file, masthead))).toBe(file)
      }),
    )
  })
})
