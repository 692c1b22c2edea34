import { describe, expect, it } from 'vitest'
import { exampleIr } from '../examples/ir.ts'
import { exampleLabels } from '../examples/labels.ts'
import { exampleValues } from '../examples/values.ts'
import { policyMessagesNeeded } from '../messages.ts'
import { MissingLabels } from '../sentences.ts'
import { describePolicy, descriptionLines } from './description.ts'

const files = ['club-membership', 'court-booking', 'training-grant'] as const
const languages = ['zh', 'en'] as const

describe.each(files.flatMap((file) => languages.map((language) => ({ file, language }))))(
  '$file in $language',
  ({ file, language }) => {
    const ir = exampleIr(`${file}.ts`)
    const labels = exampleLabels[language]
    const described = describePolicy(ir, labels, language, { values: exampleValues })

    it('reads as it has been read and approved', async () => {
      const text = `${described.map((body) => descriptionLines(body).join('\n')).join('\n\n')}\n`
      await expect(text).toMatchFileSnapshot(`golden/${file}.${language}.txt`)
    })

    it('leaves nothing out: every refusal, every clause of an outcome, every fact and result has its words', () => {
      const text = described.flatMap(descriptionLines).join('\n').toLowerCase()
      const told = policyMessagesNeeded(ir).filter((key) => /^(reasons|clauses|facts|values|results|items)\./.test(key))
      expect(told.filter((key) => !text.includes(labels.get(key)?.toLowerCase() ?? key))).toEqual([])
      expect(text).not.toMatch(/undefined|\{\w\}|facts\.|values\./)
    })

    it('says which labels it lacks', () => {
      const needed = policyMessagesNeeded(ir).find((key) => key.startsWith('reasons.')) ?? ''
      const fewer = new Map([...labels].filter(([key]) => key !== needed))
      expect(() => describePolicy(ir, fewer, language)).toThrow(MissingLabels)
      expect(() => describePolicy(ir, fewer, language)).toThrow(needed)
    })
  },
)

describe('a description', () => {
  const ir = exampleIr('club-membership.ts')
  const linesOn = (on: string, values = {}) =>
    describePolicy(ir, exampleLabels.en, 'en', { on, values }).flatMap(descriptionLines)

  it.each([
    ['2019-12-31', 0],
    ['2020-01-01', 1],
    ['2023-12-31', 1],
    ['2024-01-01', 1],
  ])('of %s has %i bodies', (on, bodies) => {
    expect(describePolicy(ir, exampleLabels.en, 'en', { on })).toHaveLength(bodies)
  })

  it('has figures only when they are given, and says which are assumed', () => {
    const without = linesOn('2024-01-01').join('\n')
    const withValues = linesOn('2024-01-01', exampleValues).join('\n')
    expect(without).not.toMatch(/\(now|assumed/)
    expect(withValues).toMatch(/reduction for loyal members \(now 12\.5%, assumed\)/)
    expect(withValues).toMatch(
      /Reduction for loyal members: 12\.5% \(statutes, article 13, since 1 January 2020, assumed\)/,
    )
  })

  it('numbers its sentences in the order of the text', () => {
    const rule = describePolicy(exampleIr('court-booking.ts'), exampleLabels.en, 'en')[0]?.sections.at(-1)
    expect(rule?.lines.map(({ number }) => number).slice(0, 7)).toEqual(['1', '1.1', '2', '2.1', '3', '4', '5'])
  })
})
