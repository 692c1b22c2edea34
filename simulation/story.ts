import { businessDate, type PlainDate, sm3, startOfDate } from '../ground/door.ts'
import { createDice, type Dice } from './dice.ts'
import { failureOf } from './failures.ts'
import { judgeRooms } from './judges/rooms.ts'
import type { SimulatedNation, SimulatedRegion } from './nation.ts'
import type { Fate, Letter } from './network.ts'
import type { Finding, Outcome, Performance, Play, Request, Stage } from './play.ts'

/**
 * A story to tell: a seed, with which chapter it begins (counted round), how many moves, whether it goes on to the last day (`isWhole`) or ends when
 * everybody is done with the day, and, when it was shrunk, which moves are left out and which go without any fault.
 */
export type StoryPlan = {
  seed: string
  chapter: number
  moves: number
  isWhole: boolean
  without?: ReadonlySet<number>
  calm?: ReadonlySet<number>
}

/** One thing that happened, in words; `move` 0 is what everybody did at the end to bring all to an end. */
export type TraceLine = { move: number; text: string }

/** How a story ended. `hash` is over everything that happened and everything that is there at the end. */
export type StoryEnd = { findings: Finding[]; trace: TraceLine[]; hash: string }

/**
 * Makes the past: the people and places of a play, and its chapters one after the other without any fault. Returns how many chapters there are, and
 * what begins a performance.
 */
export async function makePast(nation: SimulatedNation, play: Play): Promise<PreparedPlay> {
  const perform = await play.prepare(nation)
  for (const [index, chapter] of play.chapters.entries()) {
    const teller = createTeller(nation, `chapter ${chapter.name}`)
    const performance = perform(teller.stage)
    await teller.moveTo(chapter.on)
    await performance.open(chapter)
    await teller.heal(performance, false)
    // What is left open is judged with the next chapter.
    const judged = chapter.leaves ? [] : await performance.judge(false)
    const findings = [...teller.findings, ...(await judgeRooms(nation)), ...judged]
    if (findings.length > 0) throw new PastFailed(chapter.name, findings)
    await nation.keepChapter(index)
  }
  return { perform, chapters: play.chapters.length }
}

/** The past, without any fault in it, is not as it should be already. */
export class PastFailed extends Error {
  readonly findings: readonly Finding[]
  constructor(chapter: string, findings: readonly Finding[]) {
    super(`chapter ${chapter}: ${findings.map(({ judge, what }) => `${judge}: ${what}`).join('; ')}`)
    this.name = 'PastFailed'
    this.findings = findings
  }
}

/** A play whose past was made. */
export type PreparedPlay = { perform(stage: Stage): Performance; chapters: number }

/** Tells a story: its moves, then the healing of every fault, then the judges. */
export async function tellStory(
  nation: SimulatedNation,
  { perform, chapters }: PreparedPlay,
  plan: StoryPlan,
): Promise<StoryEnd> {
  await nation.begin(plan.seed, plan.chapter % chapters)
  const teller = createTeller(nation, `story ${plan.seed}`)
  const performance = perform(teller.stage)
  for (let move = 1; move <= plan.moves; move++) {
    if (plan.without?.has(move)) continue
    await teller.move(performance, move, createDice(`${plan.seed} ${move}`), plan.calm?.has(move) ?? false)
  }
  await teller.heal(performance, plan.isWhole)
  teller.findings.push(...(await judgeRooms(nation)), ...(await performance.judge(plan.isWhole)))
  const { findings, trace } = teller
  const found = findings.map(({ judge, what }) => `${judge}: ${what}`)
  const text = [...trace.map((line) => line.text), ...found, ...(await digests(nation))].join('\n')
  return { findings, trace, hash: sm3(text) }
}

const kinds = { act: 60, deliver: 18, clockwork: 4, late: 5, again: 6, cut: 3, skew: 2, wait: 2 }

const fates: Record<Fate, number> = { arrives: 56, lost: 13, answer_lost: 9, twice: 9, kept: 13 }

/** A line on which about every other letter is lost: what was said later comes first. */
const badLine: Record<Fate, number> = { arrives: 50, lost: 42, answer_lost: 0, twice: 0, kept: 8 }

const minute = 60_000

/** How far a clock may be wrong, before or behind. */
const skewMinutesMax = 120

/** So many rounds of healing and no more: what does not end by then does not end. */
const healingRoundsMax = 80

function createTeller(nation: SimulatedNation, story: string) {
  const findings: Finding[] = []
  const trace: TraceLine[] = []
  let now = 0
  let mostAheadMinutes = 0

  function tell(text: string): void {
    trace.push({ move: now, text })
  }

  function meet(what: string, error: unknown): Outcome<never> {
    const { is, code } = failureOf(error)
    tell(`${what}: ${is === 'unknown' ? 'no answer' : is} (${code})`)
    if (is !== 'defect') return { is, code }
    findings.push({ judge: 'defect', what: `${what}: ${code}` })
    return { is }
  }

  async function attempt<T>({ region, actor, say, act }: Request<T>): Promise<Outcome<T>> {
    try {
      const answer = await region.run(act, actor)
      tell(`${say}: done`)
      return { is: 'done', answer }
    } catch (error) {
      return meet(say, error)
    }
  }

  const stage: Stage = {
    nation,
    story,
    attempt,
    attemptTogether: (requests) => Promise.all(requests.map(attempt)),
  }

  nation.network.onLetter((letter, fate, error) => {
    const name = `letter ${letter.no} ${letter.kind} ${letter.from} > ${letter.to}`
    if (error === undefined) tell(`${name}: ${fate}`)
    else meet(name, error)
  })

  async function deliver(region: SimulatedRegion): Promise<number> {
    try {
      return await region.exchange.pump()
    } catch (error) {
      meet(`delivery of ${region.region}`, error)
      return 0
    }
  }

  // A chapter ends with a clockwork that has found nothing to do.
  const lookedAfter = new Map(nation.regions.map((region) => [region, stateOf(region)]))

  async function runClockwork(region: SimulatedRegion): Promise<void> {
    try {
      await region.runDue()
      lookedAfter.set(region, stateOf(region))
    } catch (error) {
      meet(`clockwork of ${region.region}`, error)
    }
  }

  async function arrive(letter: Letter | undefined): Promise<void> {
    if (!letter) return
    tell(`letter ${letter.no} ${letter.kind} ${letter.from} > ${letter.to}: arrives, sent earlier`)
    // Whoever kept it on the way does not hear whether it was taken.
    await nation.network.arrive(letter).catch(() => {})
  }

  async function deliverSome(dice: Dice): Promise<void> {
    const waiting = await Promise.all(nation.regions.map(hasMail))
    const speakers = nation.regions.filter(({ machine }, place) => waiting[place] || machine.isDown)
    const region = pickOf(dice, speakers)
    if (region) await deliver(region)
  }

  const moves: Record<keyof typeof kinds, (dice: Dice, performance: Performance) => Promise<void> | void> = {
    async act(dice, performance) {
      await performance.act(dice)
      // A node that has something to say says it at once, if nothing comes in between.
      if (dice.chance(40)) await deliverSome(dice)
    },
    deliver: deliverSome,
    clockwork: (dice) => runClockwork(dice.pick(nation.regions)),
    late: (dice) => arrive(pickOf(dice, nation.network.kept())),
    again: (dice) => arrive(pickOf(dice, nation.network.sent())),
    cut(dice) {
      const { region } = dice.pick(nation.regions)
      const { network } = nation
      if (network.isCut(region)) network.mend(region)
      else network.cut(region)
      tell(`${region} is ${network.isCut(region) ? 'cut off' : 'connected again'}`)
    },
    skew(dice) {
      const region = dice.pick(nation.regions)
      const minutes = dice.below(2 * skewMinutesMax + 1) - skewMinutesMax
      mostAheadMinutes = Math.max(mostAheadMinutes, minutes)
      region.clock.skew(minutes * minute)
      tell(`the clock of ${region.region} is wrong by ${minutes} minutes`)
    },
    wait(dice) {
      const hours = 1 + dice.below(72)
      nation.clock.advance(hours * 60 * minute)
      tell(`${hours} hours pass`)
    },
  }

  function restart(region: SimulatedRegion): void {
    if (!region.machine.isDown) return
    region.restart()
    tell(`${region.region} starts again`)
  }

  function trouble(dice: Dice): void {
    for (const { machine } of nation.regions) machine.arm(null)
    if (dice.chance(12)) {
      const place = dice.chance(50) ? 'before' : 'after'
      dice.pick(nation.regions).machine.arm({ point: 1 + dice.below(60), place })
    }
    const isCrossing = dice.chance(12)
    for (const { machine } of nation.regions) if (isCrossing) machine.cross(1 + dice.below(12))
    const weather = dice.weigh({ fair: 60, stormy: 25, badLine: 15 })
    const fatesOf = { fair: null, stormy: fates, badLine }[weather]
    nation.network.setWeather(() => (fatesOf ? dice.weigh(fatesOf) : 'arrives'))
  }

  async function deliverAll(): Promise<boolean> {
    let isAny = false
    // Whoever could not be reached is tried again after five minutes at most.
    nation.clock.advance(6 * minute)
    for (let delivered = 1; delivered > 0; ) {
      delivered = 0
      const waiting = await Promise.all(nation.regions.map(hasMail))
      for (const [place, region] of nation.regions.entries()) if (waiting[place]) delivered += await deliver(region)
      isAny ||= delivered > 0
    }
    return isAny
  }

  async function moveTo(day: PlainDate): Promise<void> {
    nation.clock.moveTo(startOfDate(day, '09:00'))
    tell(`it is ${day}`)
    for (const region of nation.regions) await runClockwork(region)
  }

  function endFaults(): void {
    for (const region of nation.regions) {
      region.machine.arm(null)
      region.machine.cross(0)
      restart(region)
      region.clock.skew(0)
      nation.network.mend(region.region)
    }
    nation.network.setWeather(() => 'arrives')
  }

  return {
    stage,
    findings,
    trace,
    moveTo,
    async move(performance: Performance, no: number, dice: Dice, isCalm: boolean): Promise<void> {
      now = no
      const kind = dice.weigh(kinds)
      if (isCalm) endFaults()
      else trouble(dice)
      await moves[kind](dice, performance)
      for (const region of nation.regions) if (isCalm || dice.chance(70)) restart(region)
      nation.clock.advance(1_000 * (1 + dice.below(120)))
    },
    async heal(performance: Performance, isWhole: boolean): Promise<void> {
      now = 0
      endFaults()
      // What was put off by a clock that was ahead is due when the right one has come as far.
      nation.clock.advance(mostAheadMinutes * minute)
      for (const letter of nation.network.kept()) await arrive(letter)
      for (let round = 0; round < healingRoundsMax; round++) {
        let isBusy = false
        while (round < healingRoundsMax && (await performance.finish())) {
          isBusy = true
          round += 1
        }
        if ((await deliverAll()) || isBusy) continue
        const day = isWhole ? await performance.nextDay() : null
        if (day === null) break
        await moveTo(day)
      }
      // What the clockwork says is answered, and what the answers book is sealed.
      for (let turn = 0, isQuiet = false; turn < 2 && !isQuiet; turn++) {
        const before = nation.network.sent().length
        for (const region of nation.regions) if (lookedAfter.get(region) !== stateOf(region)) await runClockwork(region)
        isQuiet = !(await deliverAll()) && nation.network.sent().length === before
      }
    },
  }
}

/** What the clockwork of a region goes by: whatever was written, and the day. */
function stateOf({ database, node }: SimulatedRegion): string {
  return `${database.changes} ${businessDate(node.clock.now())}`
}

/** Has a region anything to say, a message or a receipt? */
async function hasMail({ database }: SimulatedRegion): Promise<boolean> {
  const rows = await database.look(`
    SELECT FROM exchange.delivery WHERE state = 'waiting'
    UNION ALL SELECT FROM exchange.handling WHERE receipt_wanted AND receipt_id IS NULL LIMIT 1`)
  return rows.length > 0
}

function pickOf<T>(dice: Dice, list: readonly T[]): T | undefined {
  return list.length > 0 ? dice.pick(list) : undefined
}

/** What is there at the end, in a form that is the same whenever it is the same. */
async function digests(nation: SimulatedNation): Promise<string[]> {
  return Promise.all(
    nation.regions.map(async ({ region, database }) => {
      const [found] = await database.look<{ digest: string }>(`
        SELECT md5(concat(
          (SELECT string_agg(concat_ws(' ', number, status, seq, summary), E'\\n' ORDER BY number) FROM cases.case_file),
          (SELECT string_agg(concat_ws(' ', t.key, e.no, e.side, e.amount_fen), E'\\n' ORDER BY t.key, e.no)
            FROM ledger.entry e JOIN ledger.transfer t ON t.id = e.transfer_id))) AS digest`)
      return `${region} ${found?.digest}`
    }),
  )
}
