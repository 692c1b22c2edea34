import { parseArgs } from 'node:util'
import { allMutants, caughtLine, runMutant } from './mutant-runs.ts'
import type { Finding, Mutant } from './play.ts'
import { openPlays } from './plays.ts'
import { findingLines, storyLines } from './report.ts'
import { openTheatre, startServer, type Theatre } from './server.ts'
import { shrinkStory } from './shrink.ts'
import { PastFailed, type StoryPlan, tellStory } from './story.ts'

const usage = `usage: npm run simulate -- [--seed N] [--seeds COUNT] [--minutes M] [--moves COUNT] [--story] | --mutants

  --seed N      the first seed (1); one seed and one commit replay one story exactly
  --seeds N     so many seeds and no more; without --minutes one seed where --seed is given, else 100
  --minutes M   goes on for so long
  --moves N     how many moves a story has (4, every tenth 24; 16 against mutants)
  --story       tells every story, not only those that fail
  --mutants     breaks the product on purpose, one promise at a time, and shows which judge catches it within so many seeds (60); with --minutes,
                as many mutants as fit, from the N-th on by --seed
  --jobs N      how many mutants run side by side (2)
  --only NAME   one mutant
A story that fails is shrunk and told. Ends with 1 when one failed.`

const options = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  minutes: { type: 'string' },
  moves: { type: 'string' },
  story: { type: 'boolean' },
  mutants: { type: 'boolean' },
  jobs: { type: 'string' },
  only: { type: 'string' },
  'until-caught': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** Asked for by a signal. */
const stop = { isWanted: false }

type Run = {
  firstSeed: number
  seeds: number
  minutes: number
  /** Null: as `movesOf` says. */
  moves: number | null
  isTold: boolean
  jobs: number
  only: string | null
  /** What is run: stories, the table of mutants, or one mutant within its own process. */
  what: 'stories' | 'mutants' | 'mutant'
}

/** Reads the command line; undefined where it asks for help or does not parse. */
function readRun(parameters: string[]): Run | undefined {
  const { values } = parseArgs({ args: parameters, options })
  if (values.help) return undefined
  const seeds = values.mutants ? 60 : values.minutes ? Number.POSITIVE_INFINITY : values.seed ? 1 : 100
  const run = {
    firstSeed: Number(values.seed ?? 1),
    seeds: Number(values.seeds ?? seeds),
    minutes: Number(values.minutes ?? Number.POSITIVE_INFINITY),
    moves: values.moves === undefined ? null : Number(values.moves),
    isTold: values.story ?? false,
    jobs: Number(values.jobs ?? 2),
    only: values.only ?? null,
    what: values.mutants ? ('mutants' as const) : values['until-caught'] ? ('mutant' as const) : ('stories' as const),
  }
  return [run.firstSeed, run.seeds, run.minutes, run.moves ?? 0, run.jobs].some(Number.isNaN) ? undefined : run
}

/** How many moves a story has that is to catch a mutant. */
const mutantMoves = 16

/**
 * Most stories are short and end with their day, so that many are told; every tenth is long, for what takes many moves to go wrong, and every
 * fifth goes on to the last day. Ten in a row begin with the same chapter, to which it is quicker to go back.
 */
function planOf(seed: number, { moves }: Run): StoryPlan {
  return {
    seed: String(seed),
    chapter: Math.floor(seed / 10),
    moves: moves ?? (seed % 10 === 0 ? 24 : 4),
    isWhole: seed % 5 === 0,
  }
}

/** Tells stories one after the other; returns how many failed. */
async function tellStories({ nation, play }: Theatre, run: Run): Promise<Count> {
  const tell = (plan: StoryPlan) => tellStory(nation, play, plan)
  const until = performance.now() + run.minutes * 60_000
  const times: number[] = []
  let failed = 0
  while (!stop.isWanted && times.length < run.seeds && performance.now() < until) {
    const began = performance.now()
    const plan = planOf(run.firstSeed + times.length, run)
    const end = await tell(plan)
    times.push(performance.now() - began)
    if (end.findings.length > 0) {
      failed += 1
      console.log(`seed ${plan.seed} fails: ${findingLines(end).join('; ')}`)
      const shrunk = await shrinkStory(tell, plan, end)
      console.log(storyLines(shrunk.plan, shrunk.end).join('\n'))
    } else if (run.isTold) {
      console.log(`${storyLines(plan, end).join('\n')}\n     nothing\n  hash ${end.hash}`)
    }
    if (times.length % 100 === 0) console.log(summary(times, failed))
  }
  console.log(summary(times, failed))
  return { passed: times.length - failed, failed }
}

function summary(times: readonly number[], failed: number): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0)
  return `${times.length} seeds, ${failed} failed; ${at(0.5)} ms a seed (median), ${at(0.95)} ms (95 of 100)`
}

/** The product as it is: what is found in the same seeds without any mutant is no catch. */
const control: Mutant = { name: 'control', breaks: 'nothing', edits: [] }

/** Runs every mutant, or as many as fit into the minutes, and prints which judge caught it; returns how many were caught and how many were not. */
async function runMutants(adminUrl: string, { firstSeed, seeds, minutes, jobs, only }: Run): Promise<Count> {
  const count = { passed: 0, failed: 0 }
  const until = performance.now() + minutes * 60_000
  const all = [control, ...(await allMutants())]
  const first = (firstSeed - 1) % all.length
  const waiting = [...all.slice(first), ...all.slice(0, first)].filter(({ name }) => only === null || name === only)
  if (waiting.length === 0) throw new Error(`there is no mutant ${only}`)
  const work = async () => {
    for (
      let mutant = waiting.shift();
      mutant && !stop.isWanted && performance.now() < until;
      mutant = waiting.shift()
    ) {
      const caught = await runMutant(mutant, adminUrl, seeds)
      const place = caught?.seed ? `seed ${caught.seed}` : 'the past'
      const by = caught ? `${caught.judges.join(', ')} (${place}): ${caught.what}` : 'nobody'
      console.log(`${mutant.name}: ${mutant.breaks}: caught by ${by}`)
      count[(caught !== undefined) === (mutant !== control) ? 'passed' : 'failed'] += 1
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return count
}

/** Tells stories until a judge finds something, and says which. */
async function runUntilCaught(theatres: Theatres, run: Run): Promise<Count> {
  const caught = (seed: string | null, found: readonly Finding[]) => {
    console.log(caughtLine({ seed, judges: [...new Set(found.map(({ judge }) => judge))], what: found[0]?.what ?? '' }))
    return { passed: 0, failed: 1 }
  }
  try {
    return await theatres(async ({ nation, play }) => {
      for (let seed = run.firstSeed; seed < run.firstSeed + run.seeds; seed++) {
        const plan = { seed: String(seed), chapter: seed, moves: run.moves ?? mutantMoves, isWhole: seed % 2 === 0 }
        const { findings } = await tellStory(nation, play, plan)
        if (findings.length > 0) return caught(String(seed), findings)
      }
      return { passed: run.seeds, failed: 0 }
    })
  } catch (error) {
    // Not even the past could be made.
    return caught(null, error instanceof PastFailed ? error.findings : [{ judge: 'defect', what: String(error) }])
  }
}

type Count = { passed: number; failed: number }

/** Plays on every stage, one after the other, and counts. */
type Theatres = (act: (theatre: Theatre) => Promise<Count>) => Promise<Count>

function theatresOn(adminUrl: string): Theatres {
  return async (act) => {
    const sum = { passed: 0, failed: 0 }
    for (const [index, opened] of (await openPlays()).entries()) {
      const theatre = await openTheatre(adminUrl, `simulation_${process.pid}_${index}`, opened)
      const { passed, failed } = await act(theatre).finally(theatre.close)
      sum.passed += passed
      sum.failed += failed
    }
    return sum
  }
}

async function main(parameters: string[]): Promise<number> {
  const run = readRun(parameters)
  if (!run) {
    console.error(usage)
    return 2
  }
  const server = await startServer(process.env.DATABASE_URL)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // The story under way is told to its end; a second signal does not wait for it.
      stop.isWanted = true
      process.once(signal, () => void server.stop().finally(() => process.exit(130)))
    })
  }
  const theatres = theatresOn(server.adminUrl)
  const runs = {
    stories: () => theatres((theatre) => tellStories(theatre, run)),
    mutants: () => runMutants(server.adminUrl, run),
    mutant: () => runUntilCaught(theatres, run),
  }
  const { passed, failed } = await runs[run.what]().finally(server.stop)
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
