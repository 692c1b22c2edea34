import { describe, expect, it } from 'vitest'
import { findingLines, storyLines } from './report.ts'
import { shrinkStory } from './shrink.ts'
import type { StoryEnd, StoryPlan } from './story.ts'

/** A made-up story that fails when moves 3 and 17 are told and 17 meets a fault. */
async function tell({ moves, without = new Set(), calm = new Set() }: StoryPlan): Promise<StoryEnd> {
  const told = Array.from({ length: moves }, (_, index) => index + 1).filter((move) => !without.has(move))
  const fails = told.includes(3) && told.includes(17) && !calm.has(17)
  return {
    findings: fails ? [{ judge: 'books', what: 'a fen is missing' }] : [],
    trace: told.map((move) => ({ move, text: `move ${move}${calm.has(move) ? ' in peace' : ''}` })),
    hash: '',
  }
}

describe('shrinking', () => {
  it('leaves the moves that a failure needs, and the faults that it needs', async () => {
    const plan = { seed: '1', chapter: 0, moves: 40, isWhole: true }
    const { plan: short, end } = await shrinkStory(tell, plan, await tell(plan))
    expect(end.trace.map(({ text }) => text)).toEqual(['move 3 in peace', 'move 17'])
    expect(short).toMatchObject({ seed: '1', chapter: 0, moves: 40, isWhole: true })
    expect(storyLines(short, end)).toEqual([
      ...['The story of seed 1', '  3.', '     move 3 in peace', '  17.', '     move 17'],
      ...['  What the judges found:', '     books: a fen is missing'],
    ])
  })

  it('stops after so many tries with the shortest failure so far', async () => {
    const plan = { seed: '1', chapter: 0, moves: 40, isWhole: true }
    const { end } = await shrinkStory(tell, plan, await tell(plan), 3)
    expect(findingLines(end)).toEqual(['books: a fen is missing'])
  })

  it('does not take another failure for this one', async () => {
    const other = async (plan: StoryPlan): Promise<StoryEnd> => {
      const end = await tell(plan)
      return end.findings.length > 0 ? end : { ...end, findings: [{ judge: 'files', what: 'another' }] }
    }
    const plan = { seed: '1', chapter: 0, moves: 40, isWhole: true }
    const { end } = await shrinkStory(other, plan, await other(plan))
    expect(findingLines(end)).toEqual(['books: a fen is missing'])
  })
})
