import { CompiledQuery, type DatabaseConnection } from 'kysely'
import { actorSettings } from './actor.ts'
import { type Answer, askingBy, connectionOf } from './asking.ts'
import type { DatabaseTransaction } from './database.ts'
import { BrokenInvariant } from './errors.ts'
import { mergeAlike, mergedMax } from './merging.ts'
import { aheadText, isAhead, isSettings, type Statement } from './sparing-pool.ts'
import type { Work } from './work.ts'

/**
 * Goes through a part of a transaction for each item, all side by side: what they ask the database for at the same moment goes out together, and the
 * same statement with other values as one. So the parts must bear any order among them, and all act as whoever `work` acts as; each asks by the work
 * that it is given, and by that alone. Where one fails, the transaction is of no use any more:
 * the others come to their end in it, and what failed first is thrown.
 */
export async function sideBySide<Item>(
  work: Work,
  items: readonly Item[],
  part: (work: Work, item: Item) => Promise<void>,
): Promise<void> {
  const [first] = items
  if (first === undefined) return
  if (items.length === 1) return part(work, first)
  const connection = await connectionOf(work.db)
  const settings = Object.entries(actorSettings(work.actor)).flat()
  const conductor = createConductor({ connection, settings })
  await connection.executeQuery(planOnce)
  try {
    await goThrough(conductor, items, (db, item) => part({ ...work, db }, item))
  } catch (error) {
    conductor.drop()
    throw error
  }
  conductor.conduct()
  await connection.executeQuery(planAsBefore)
}

/** What is asked as one has many parts, each to be planned; the same plan serves whatever is looked up. */
const planOnce = CompiledQuery.raw(aheadText('SET LOCAL plan_cache_mode = force_generic_plan'))
const planAsBefore = CompiledQuery.raw(aheadText('SET LOCAL plan_cache_mode TO DEFAULT'))

/** All parts to their end, group by group: while PostgreSQL answers one group, the next goes on. */
async function goThrough<Item>(
  conductor: Conductor,
  items: readonly Item[],
  part: (db: DatabaseTransaction, item: Item) => Promise<void>,
): Promise<void> {
  let failed: { error: unknown } | undefined
  const ends: Promise<void>[] = []
  for (let at = 0; at < items.length && !failed; at += mergedMax) {
    const group = conductor.openGroup()
    const begun = items.slice(at, at + mergedMax).map((item) =>
      part(group.openLane(), item).catch((error: unknown) => {
        failed ??= { error }
      }),
    )
    ends.push(...begun)
    await Promise.race([group.hasAsked, Promise.all(begun)])
  }
  await Promise.all(ends)
  if (failed) throw failed.error
}

/** A statement that a lane has asked for; `no` counts over all lanes. `answer` is left out where nobody needs it. */
type Asked = Statement & { no: number; answer?: PromiseWithResolvers<Answer> }

/** Parts that began together. What they ask at the same moment goes out as one; what two groups ask never does, so that they do not wait for each other. */
type Group = {
  /** A database for one part, whose statements keep their order. */
  openLane(): DatabaseTransaction
  /** Once something that they asked for has gone out. */
  readonly hasAsked: Promise<void>
}

type Conductor = {
  openGroup(): Group
  /** Sends what has been asked for. */
  conduct(): void
  /** Forgets what has been asked for: the transaction has failed, and what goes out after it would stand outside. */
  drop(): void
}

/** The transaction that parts share. `settings`: whom they all act as, names and values by turns. */
type Shared = { connection: DatabaseConnection; settings: readonly unknown[] }

function createConductor({ connection, settings }: Shared): Conductor {
  const groups: { lanes: Asked[][]; conduct(): void }[] = []
  let asked = 0
  /** Once everything that has gone out is answered. */
  let told: Promise<unknown> = Promise.resolve()
  let failed: { error: unknown } | undefined

  function send(alike: readonly Asked[]): void {
    for (const { of, text, values, partsOf } of mergeAlike(alike)) {
      const before = told
      const heard = connection.executeQuery<object>(CompiledQuery.raw(text, [...values])).then(
        (result) => {
          const parts = partsOf(result.rows)
          for (const [place, { answer }] of of.entries())
            answer?.resolve({ ...result, rows: [...(parts[place] ?? [])] })
        },
        async (error: unknown) => {
          // What comes after a failure fails too, for another reason: everybody hears of the first.
          await before
          failed ??= { error }
          for (const { answer } of of) answer?.reject(failed.error)
        },
      )
      told = Promise.all([before, heard])
    }
  }

  function openGroup(): Group {
    const lanes: Asked[][] = []
    const begun = Promise.withResolvers<void>()
    let isPlanned = false

    /** Sends what all have asked for, and then not before everything is answered, or some would hurry ahead and ask for each thing alone. */
    function conduct(): void {
      const toldBefore = told
      for (let alike = takeAlike(lanes); alike.length > 0; alike = takeAlike(lanes)) send(alike)
      isPlanned = told !== toldBefore
      if (isPlanned) void told.then(() => process.nextTick(conduct))
      begun.resolve()
    }

    async function ask(lane: Asked[], { text, values }: Statement): Promise<Answer> {
      if (isSettings(text)) {
        const isSame = values.every((value, place) => value === settings[place])
        if (!isSame) throw new BrokenInvariant('parts that go on side by side all act as one')
        return { rows: [] }
      }
      const answer = isAhead(text) ? undefined : Promise.withResolvers<Answer>()
      lane.push({ text, values, no: ++asked, ...(answer && { answer }) })
      // Once nobody can go on without an answer.
      if (!isPlanned) process.nextTick(conduct)
      isPlanned = true
      return answer ? answer.promise : { rows: [] }
    }

    function openLane(): DatabaseTransaction {
      const lane: Asked[] = []
      lanes.push(lane)
      return askingBy((statement) => ask(lane, statement))
    }

    groups.push({ lanes, conduct })
    return { openLane, hasAsked: begun.promise }
  }

  return {
    openGroup,
    conduct() {
      for (const group of groups) group.conduct()
    },
    drop() {
      for (const lane of groups.flatMap(({ lanes }) => lanes)) lane.length = 0
    },
  }
}

/** Takes from the front of the lanes what was asked first, and whatever else stands there in the same words. */
function takeAlike(lanes: readonly Asked[][]): Asked[] {
  const next = Math.min(...lanes.map(([front]) => front?.no ?? Number.POSITIVE_INFINITY))
  const text = lanes.find(([front]) => front?.no === next)?.[0]?.text
  return lanes.flatMap((lane) => (lane[0] && lane[0].text === text ? lane.splice(0, 1) : []))
}
