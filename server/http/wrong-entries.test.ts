import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseInput, schemaDate, schemaFen, schemaId, schemaRegion } from '../../ground/door.ts'
import { houseMessages } from '../house-messages.ts'
import { fieldLabels, meaningOf, tellWrongEntry } from './wrong-entries.ts'

const house = houseMessages()
const service = {
  zh: new Map([
    ['form.rowing.since', '从哪一天起划船？'],
    ['form.rowing.since.help', '记不清就填那个月的第一天'],
    ['form.rowing.boat.lengthMeters', '船有多长？'],
    ['facts.guests', '客人数'],
  ]),
  en: new Map([['form.rowing.since', 'Rowing since']]),
}
const other = { zh: new Map([['summary.guests', '来宾']]), en: new Map<string, string>() }
const labels = fieldLabels([house, service, other])
const zh = (path: string, expected: string, found: string) => {
  const { label, sentence } = tellWrongEntry({ path, expected, found }, 'zh', house, labels)
  return `${label ?? '—'}：${sentence}`
}

describe('an entry that is not right', () => {
  it.each([
    [
      'since',
      '2026-05-11 or later',
      '2026-05-10',
      '从哪一天起划船？：不能早于2026年5月11日。（现在填的是“2026-05-10”）',
    ],
    ['since', 'a day from 2026-05-11 on', 'nothing', '从哪一天起划船？：还没有填写。'],
    [
      'dischargedOn',
      '2026-05-11 .. 2026-05-31',
      '2026-05-01',
      '出院日期：应在2026年5月11日至2026年5月31日之间。（现在填的是“2026-05-01”）',
    ],
    ['amountFen', '1 .. 3600000', '3600001', '金额：应在 0.01 元 到 36,000.00 元 之间。（现在填的是“3600001”）'],
    ['body.answers.boat.lengthMeters', '<= 30', '31', '船有多长？：不能大于 30。（现在填的是“31”）'],
    ['rows[2].reason', 'at least 2 characters', '', '第 3 行的原因：还没有填写。'],
    ['rows[0].guests', 'int', '[1,2]', '—：请填写整数。'],
    ['industry', '小写字母 / small letters', 'A', '行业：应为：小写字母。（现在填的是“A”）'],
    ['nobodyKnows', 'something of its own', 'x', '—：填写的内容不符合要求，请核对后重新填写。（现在填的是“x”）'],
  ])('%s: expected %s, found %s', (path, expected, found, told) => {
    expect(zh(path, expected, found)).toBe(told)
  })

  it('is told in the language of its reader', () => {
    const problem = { path: 'since', expected: '2026-05-11 or earlier', found: '2026-06-01' }
    expect(tellWrongEntry(problem, 'en', house, labels)).toMatchObject({
      label: 'Rowing since',
      sentence: 'It may not be later than 11 May 2026. (now: “2026-06-01”)',
    })
  })

  it('keeps no sentence of a schema for itself: each kind has words', () => {
    const schema = z.strictObject({
      text: z.string().trim().min(2).max(4),
      long: z.string().max(2),
      count: z.int().min(3),
      amountFen: schemaFen.max(10),
      day: schemaDate,
      id: schemaId,
      region: schemaRegion,
      kind: z.enum(['one', 'other']),
      flag: z.boolean(),
      list: z.array(z.string()).min(1),
      part: z.strictObject({}),
      missing: z.string(),
    })
    const wrong = {
      ...{ text: 'a', long: 'abc', count: 2, amountFen: 11, day: '2026-02-30', id: 'x', region: '32', kind: 'third' },
      ...{ flag: 'yes', list: [], part: 3, more: 1 },
    }
    const told = new Map<string, string>()
    try {
      parseInput(schema, wrong)
    } catch (error) {
      const { problems } = z
        .object({ problems: z.array(z.object({ path: z.string(), expected: z.string(), found: z.string() })) })
        .parse(error)
      for (const problem of problems) told.set(problem.path, meaningOf(problem).code)
    }
    expect(Object.fromEntries(told)).toEqual({
      text: 'entry.longer',
      long: 'entry.shorter',
      count: 'entry.at_least',
      amountFen: 'entry.at_most_fen',
      day: 'entry.date',
      id: 'entry.id',
      region: 'entry.region',
      kind: 'entry.choice',
      flag: 'entry.flag',
      list: 'entry.more',
      part: 'entry.parts',
      missing: 'entry.missing',
      '': 'entry.unknown',
    })
  })
})
