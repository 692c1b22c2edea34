import { asActor, attemptApart, type Id, type PartResult, systemActor, type Work } from '../ground/door.ts'

/** Which lines of a list to read, in their order; `open`: those that nothing has become of yet. */
export type LinePage = { after?: number; limit?: number; open?: boolean }

/** What became of the next lines of a list: how many were done, the others by the code of what stood against them, and whether more wait. */
export type CarriedLines = { done: number; notDone: Record<string, number>; more: boolean }

/** A list that was approved: its lines, what is done for each, and how it is kept what became of one. */
export type LineList<Line, Done> = {
  lines(work: Work, listId: Id, page: LinePage): Promise<Line[]>
  carryOut(work: Work, line: Line): Promise<Done>
  keep(work: Work, listId: Id, no: number, result: PartResult<Done>): Promise<void>
  /** The named point after each line. */
  point: string
}

const linesAtOnce = 500

/** Carries out the next lines of a list as the node itself. A line that is refused is undone alone and told by its code; the others stand. */
export function carryOutLines<Line extends { no: number }, Done>(
  work: Work,
  listId: Id,
  { lines, carryOut, keep, point }: LineList<Line, Done>,
): Promise<CarriedLines> {
  return asActor(work, systemActor, async (part) => {
    const next = await lines(part, listId, { open: true, limit: linesAtOnce })
    const carried: CarriedLines = { done: 0, notDone: {}, more: next.length === linesAtOnce }
    for (const line of next) {
      const result = await attemptApart(part, (apart) => carryOut(apart, line))
      if ('done' in result) carried.done += 1
      else carried.notDone = addCounts(carried.notDone, { [result.code]: 1 })
      await keep(part, listId, line.no, result)
      await part.reach(point)
    }
    return carried
  })
}

/** Two counts by code together. */
export function addCounts(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = { ...one }
  for (const [code, number] of Object.entries(other)) sum[code] = (sum[code] ?? 0) + number
  return sum
}
