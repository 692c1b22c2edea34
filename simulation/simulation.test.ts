import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { must } from '../ground/door.ts'
import { openPlays } from './plays.ts'
import { openTheatre, type Theatre } from './server.ts'
import { type StoryPlan, tellStory } from './story.ts'

// Where no service has a play, there is nothing to tell.
const [opened] = await openPlays()

describe.skipIf(!opened)('stories', () => {
  let theatre: Theatre
  beforeAll(async () => {
    theatre = await openTheatre(inject('adminUrl'), `simulation_test_${process.pid}`, must(opened, 'a play'))
  }, 240_000)
  afterAll(() => theatre?.close())

  const tell = (plan: StoryPlan) => tellStory(theatre.nation, theatre.play, plan)

  it('a seed replays a story exactly, whatever was told in between', async () => {
    const plan = { seed: '7', chapter: 0, moves: 20, isWhole: true }
    const first = await tell(plan)
    const other = await tell({ seed: '8', chapter: 1, moves: 20, isWhole: true })
    const again = await tell(plan)
    expect(again.trace).toEqual(first.trace)
    expect(again.hash).toBe(first.hash)
    expect(other.hash).not.toBe(first.hash)
  }, 240_000)

  it('finds nothing in what nobody has broken', async () => {
    for (const chapter of [1, 2, 2]) {
      const plan = { seed: String(chapter), chapter, moves: 16, isWhole: true }
      expect({ plan, findings: (await tell(plan)).findings }).toEqual({ plan, findings: [] })
    }
  }, 240_000)

  it('a story that is told shorter is the same up to there', async () => {
    const plan = { seed: '7', chapter: 0, moves: 20, isWhole: true }
    const whole = await tell(plan)
    const last = must(
      whole.trace.findLast(({ move }) => move > 0),
      'a line of a move',
    ).move
    const cut = await tell({ ...plan, moves: last })
    const upTo = (lines: typeof whole.trace) => lines.filter(({ move }) => move > 0 && move < last)
    expect(upTo(cut.trace)).toEqual(upTo(whole.trace))
  }, 240_000)
})
