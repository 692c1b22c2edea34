import type { StoryEnd, StoryPlan } from './story.ts'

/** Tells a story by its plan. */
export type Tell = (plan: StoryPlan) => Promise<StoryEnd>

/** A failing story made as short as it goes, and how it ends. */
export type Shrunk = { plan: StoryPlan; end: StoryEnd }

/**
 * Shrinks a failing story: leaves out moves, in halves, quarters and so on, as long as one of the same judges finds something; then takes the faults
 * from the moves that are left. A move stays the same whatever else is left out, since each throws its own dice. `tries` bounds the work.
 */
export async function shrinkStory(tell: Tell, plan: StoryPlan, end: StoryEnd, tries = 200): Promise<Shrunk> {
  const judges = new Set(end.findings.map(({ judge }) => judge))
  let best: Shrunk = { plan, end }
  let left = tries

  async function isStillFailing(candidate: StoryPlan): Promise<boolean> {
    if (left <= 0) return false
    left -= 1
    const told = await tell(candidate)
    if (!told.findings.some(({ judge }) => judges.has(judge))) return false
    best = { plan: candidate, end: told }
    return true
  }

  const all = Array.from({ length: plan.moves }, (_, index) => index + 1)
  const kept = await shrinkList(
    all.filter((move) => !plan.without?.has(move)),
    (some) => isStillFailing({ ...plan, without: new Set(all.filter((move) => !some.includes(move))) }),
  )
  const without = new Set(all.filter((move) => !kept.includes(move)))
  const faulty = await shrinkList(kept, (some) =>
    isStillFailing({ ...plan, without, calm: new Set(kept.filter((move) => !some.includes(move))) }),
  )
  const calm = new Set(kept.filter((move) => !faulty.includes(move)))
  if (left > 0 && calm.size > 0) await isStillFailing({ ...plan, without, calm })
  return best
}

/** The shortest list found of which `holds`, by leaving out ever smaller parts (delta debugging). */
async function shrinkList(
  list: readonly number[],
  holds: (some: readonly number[]) => Promise<boolean>,
): Promise<number[]> {
  let current = [...list]
  for (let size = Math.ceil(current.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < current.length; ) {
      const some = current.toSpliced(from, size)
      if (await holds(some)) current = some
      else from += size
    }
  }
  return current
}
