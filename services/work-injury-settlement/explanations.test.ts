import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { openRulebook, type Ruling } from '../../law/door.ts'

const folder = new URL('./', import.meta.url)
const facts = z.record(z.string(), z.unknown())
const table = z
  .object({
    base: z.record(z.string(), facts),
    cases: z.array(z.object({ says: z.string(), policy: z.string(), region: z.string(), on: z.string(), facts })),
  })
  .parse(parse(readFileSync(new URL('cases.yaml', folder), 'utf8')))

/** The decisions of the table of cases that people meet most, by their sentences. */
const told = [
  '在外省居住八个月、已认定工伤的人备案获准',
  '只在外省居住五个月且无转诊的不予备案',
  '一级机构的转诊意见不予认可',
  '四级伤残停缴也予以备案',
  '锁定期满前一日不能变更',
  '提前九个工作日申请已晚',
  '有效备案、已联通机构、住院医疗直接结算并执行就医地目录',
  '转诊期满后入院的须重新申请',
  '单位未参保的交由人工办理先行支付',
  '超限价一分的由个人付一分',
  '转诊病人二十天伙食六百元加交通食宿九百元共报一千五百元',
]

const rulebook = openRulebook('work-injury-settlement', folder)

function decide(says: string): Ruling {
  const found = table.cases.find((each) => each.says === says)
  if (!found) throw new Error(`no case says ${says}`)
  const { policy, region, on } = found
  const base = table.base[`${policy}@${region}`] ?? table.base[policy]
  return rulebook.decideAsShipped({ policy, on, insuredRegion: region, facts: { ...base, ...found.facts } })
}

function write(says: string, language: 'zh' | 'en'): string {
  const { title, sentences, meaning, advice } = decide(says)
  const head = language === 'zh' ? `${title.zh}：${says}` : title.en
  return [
    `# ${head}`,
    ...sentences[language],
    ...[meaning, advice].flatMap((text) => (text ? [`> ${text[language]}`] : [])),
  ].join('\n')
}

describe.each(['zh', 'en'] as const)('explanations in %s', (language) => {
  const text = `${told.map((says) => write(says, language)).join('\n\n')}\n`

  it('read as they were written down', async () => {
    await expect(text).toMatchFileSnapshot(`golden/explanations.${language}.txt`)
  })

  it('leave no placeholder, no code, no name of a fact, no number of a clause and nothing in the other language', () => {
    expect(text).not.toMatch(/\b(A\d|SIL|WIR)\.\d+/)
    if (language === 'en') expect(text).not.toMatch(/\p{Script=Han}/u)
    expect(text).not.toMatch(/[{}]|undefined|null/)
    expect(text).not.toMatch(/\b[a-z]+_[a-z_]+\b/)
    expect(text).not.toMatch(/\b[a-z]+[A-Z]\w*\b/)
  })
})
