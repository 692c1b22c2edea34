import { parseArgs } from 'node:util'
import { openPlays } from './plays.ts'
import { findingLines, storyLines } from './report.ts'
import { openTheatre, startServer, type Theatre } from './server.ts'
import { shrinkStory } from './shrink.ts'
import { type StoryPlan, tellStory } from './story.ts'

const usage = `usage: npm run simulate -- [--seed N] [--seeds COUNT] [--minutes M] [--moves COUNT] [--story]

  --seed N      the first seed (1); one seed and one commit replay one story exactly
  --seeds N     so many seeds and no more; without --minutes one seed where --seed is given, else 100
  --minutes M   goes on for so long
  --moves N     how many moves a story has (16)
  --story       tells every story, not only those that fail
A story that fails is shrunk and told. Ends with 1 when one failed.`

const options = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  minutes: { type: 'string' },
  moves: { type: 'string' },
  story: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

type Run = { firstSeed: number; seeds: number; minutes: number; moves: number; isTold: boolean }

/** Reads the command line; undefined where it asks for help or does not parse. */
function readRun(parameters: string[]): Run | undefined {
  const { values } = parseArgs({ args: parameters, options })
  if (values.help) return undefined
  const seeds = values.minutes ? Number.POSITIVE_INFINITY : values.seed ? 1 : 100
  const run = {
    firstSeed: Number(values.seed ?? 1),
    seeds: Number(values.seeds ?? seeds),
    minutes: Number(values.minutes ?? Number.POSITIVE_INFINITY),
    moves: Number(values.moves ?? 16),
    isTold: values.story ?? false,
  }
  return Object.values(run).some(Number.isNaN) ? undefined : run
}

/** Tells stories one after the other; returns how many failed. */
async function tellStories({ nation, play }: Theatre, run: Run): Promise<{ told: number; failed: number }> {
  const tell = (plan: StoryPlan) => tellStory(nation, play, plan)
  const until = performance.now() + run.minutes * 60_000
  const times: number[] = []
  let failed = 0
  while (times.length < run.seeds && performance.now() < until) {
    const began = performance.now()
    const plan = { seed: String(run.firstSeed + times.length), moves: run.moves }
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
    if (times.length % 500 === 0) console.log(summary(times, failed))
  }
  console.log(summary(times, failed))
  return { told: times.length, failed }
}

function summary(times: readonly number[], failed: number): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (part: number) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0)
  return `${times.length} seeds, ${failed} failed; ${at(0.5)} ms a seed (median), ${at(0.95)} ms (95 of 100)`
}

async function main(parameters: string[]): Promise<number> {
  const run = readRun(parameters)
  if (!run) {
    console.error(usage)
    return 2
  }
  const server = await startServer(process.env.DATABASE_URL)
  let [passed, failed] = [0, 0]
  try {
    for (const [index, opened] of (await openPlays()).entries()) {
      const theatre = await openTheatre(server.adminUrl, `simulation_${process.pid}_${index}`, opened)
      const stories = await tellStories(theatre, run).finally(theatre.close)
      passed += stories.told - stories.failed
      failed += stories.failed
    }
  } finally {
    await server.stop()
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
