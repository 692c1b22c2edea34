import { describe, expect, it } from 'vitest'
import { fitOf, nearest, search } from './directory-search.ts'
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
    expect(fitOf(service, 'shiye', spelling)).toBe(4.5)
  })
})

describe('everyday words', () => {
  const services = [
    { names: ['个人所得税汇算测算'], keywords: ['报税', '退税', '个税'], summaries: [] },
    { names: ['养老保险关系转移接续'], keywords: ['社保转移', '养老转移'], summaries: [] },
    { names: ['社保权益单和参保证明'], keywords: ['缴费记录'], summaries: ['社保转移时要用'] },
    { names: ['社会保障卡业务'], keywords: ['丢卡', '挂失', '老年卡'], summaries: [] },
    { names: ['工伤保险异地就医直接结算'], keywords: ['报销'], summaries: [] },
    { names: ['失业保险保生活'], keywords: ['失业金', '失业保险'], summaries: [] },
  ]
  const first = (typed: string) => search(services, typed, (service) => service, spelling)[0]?.names[0]

  it.each([
    ['报税', '个人所得税汇算测算'],
    ['社保转移', '养老保险关系转移接续'],
    ['丢卡', '社会保障卡业务'],
    ['老年卡', '社会保障卡业务'],
    ['我要挂失', '社会保障卡业务'],
    ['diuka', '社会保障卡业务'],
    ['gs', '工伤保险异地就医直接结算'],
    ['sybx', '失业保险保生活'],
  ])('%s finds %s first', (typed, name) => {
    expect(first(typed)).toBe(name)
  })

  it('a few letters are initials or begin a word: they are not found within syllables or words', () => {
    const gs = search(services, 'gs', (service) => service, spelling)
    expect(gs.map(({ names }) => names[0])).toEqual([
      '工伤保险异地就医直接结算',
      '个人所得税汇算测算',
      '社会保障卡业务',
    ])
    expect(fitOf({ names: ['证书'], summaries: ['earnings and savings'] }, 'gs', spelling)).toBe(0)
  })

  it('where nothing fits, what comes nearest is told; what is nothing like it is not', () => {
    const near = (typed: string) => nearest(services, typed, (service) => service, { spelling, limit: 3 })
    expect(near('工伤住院结算怎么弄')[0]?.names[0]).toBe('工伤保险异地就医直接结算')
    expect(near('火星签证')).toEqual([])
    expect(near('xyzzy')).toEqual([])
  })
})
