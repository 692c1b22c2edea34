import { describe, expect, it } from 'vitest'
import { fitOf, search } from './directory-search.ts'
import { openSpelling } from './spelling.ts'

const spelling = await openSpelling()
const names = [
  '失业保险稳岗返还',
  '技能提升补贴',
  '工伤保险跨省异地就医',
  '领取失业保险金',
  '企业职工养老保险关系转移接续',
]
const found = (typed: string) => search(names, typed, (name) => ({ names: [name], summaries: [] }), spelling)

describe('a search of the directory', () => {
  it.each([
    ['as it is written', '技能提升', '技能提升补贴'],
    ['with characters left out', '技能补贴', '技能提升补贴'],
    ['by pinyin', 'jinengtisheng', '技能提升补贴'],
    ['by initials', 'jntsbt', '技能提升补贴'],
    ['by initials from the middle', 'wgfh', '失业保险稳岗返还'],
    ['with a character of the same sound', '技能提生补帖', '技能提升补贴'],
    ['with a slip of the finger', 'jinengtishemg', '技能提升补贴'],
    ['with a wrong character', '养老保险关系专移', '企业职工养老保险关系转移接续'],
    ['with spaces and capitals', ' JiNeng TiSheng ', '技能提升补贴'],
    ['in full-width letters', 'ｊｎｔｓｂｔ', '技能提升补贴'],
  ])('finds what is meant, %s', (_, typed, name) => {
    expect(found(typed)[0]).toBe(name)
  })

  it('puts what says it before what only sounds like it, and leaves out what does not fit', () => {
    expect(found('失业')).toEqual(['失业保险稳岗返还', '领取失业保险金'])
    expect(found('公积金')).toEqual([])
    expect(found('xyz')).toEqual([])
  })

  it('lists everything while nothing is typed', () => {
    expect(found('')).toEqual(names)
  })

  it('finds by what explains a service and by its English name, also before pinyin is there', () => {
    const service = { names: ['失业保险金', 'Unemployment benefit'], summaries: ['没有工作时按月领取'] }
    expect(fitOf(service, '没有工作')).toBe(3)
    expect(fitOf(service, 'unemployment')).toBe(5)
    expect(fitOf(service, 'shiye')).toBe(0)
    expect(fitOf(service, 'shiye', spelling)).toBe(4)
  })
})
