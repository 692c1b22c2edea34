import { BadInput, type BothLanguages, must, type PlainDate, Refusal } from '../ground/door.ts'
import { nationCode, type RegionCode } from '../law/door.ts'
import { type Comparison, endsOf, type PolicyBody } from '../policy/door.ts'
import { policiesOf } from './policy-list.ts'
import { populationOf } from './population.ts'
import type { ServiceRules } from './services.ts'
import { type SimulationControl, simulatePolicy } from './simulation.ts'

/** What is asked of every policy that grants money. */
export type MoneyPoliciesQuestion = {
  /** The day whose rules and values decide, but for a policy whose `population.yaml` names one of its own (a tax year). */
  on: PlainDate
  /** Made-up people for each policy. */
  people: number
  seed: number
}

/** A policy's line: how many got what. `cost` is in fen. */
export type MoneyPolicyRun = {
  policy: string
  service: string
  title: BothLanguages
  on: PlainDate
  regions: RegionCode[]
  people: number
  granted: number
  refused: number
  referred: number
  cost: bigint
}

/** A policy that could not be run on the day: no body then, or a value that nobody has set. */
export type MoneyPolicyUnrun = {
  policy: string
  service: string
  title: BothLanguages
  on: PlainDate
  because: Refusal | 'not_in_force'
}

/** What the run over all of them comes to. */
export type MoneyPoliciesRun = { runs: MoneyPolicyRun[]; unrun: MoneyPolicyUnrun[] }

/**
 * Decides every policy whose total is money for so many made-up people, each policy with its own. Throws `BadInput` for a number of people that
 * does not fit, and what `signal` was aborted with.
 */
export async function runMoneyPolicies(
  services: readonly ServiceRules[],
  { on: day, people, seed }: MoneyPoliciesQuestion,
  { onProgress, signal }: SimulationControl = {},
): Promise<MoneyPoliciesRun> {
  const policies = moneyPolicies(services, day)
  const run: MoneyPoliciesRun = { runs: [], unrun: [] }
  for (const [index, { service, policy, title, on }] of policies.entries()) {
    const control: SimulationControl = {
      ...(onProgress && { onProgress: (done: number) => onProgress((index + done) / policies.length) }),
      ...(signal && { signal }),
    }
    const named = { policy, service: service.id, title, on }
    try {
      const answer = await simulatePolicy(service, { policy, on, people, seed, changes: [] }, control)
      const { before } = answer.comparison.all
      run.runs.push({ ...named, regions: answer.regions, people, ...counted(answer.before, before) })
    } catch (error) {
      const because = reasonOf(error)
      if (because === undefined) throw error
      run.unrun.push({ ...named, because })
    }
  }
  return run
}

/** Every policy that has a body whose total is money, once, with its day; the nation's title where it has one. */
function moneyPolicies(services: readonly ServiceRules[], day: PlainDate) {
  return services.flatMap((service) => {
    const paying = service.rulebook.policies.filter(({ ir }) =>
      ir.bodies.some(({ total, results }) => total !== undefined && results[total]?.kind === 'money'),
    )
    const bodies = policiesOf(service)
    return [...new Set(paying.map(({ ir }) => ir.id))].map((policy) => {
      const named = bodies.filter(({ id }) => id === policy)
      const { title } = must(named.find(({ region }) => region === nationCode) ?? named[0], 'a body of the policy')
      return { service, policy, title, on: populationOf(service.folder, policy).on ?? day }
    })
  })
}

function counted(body: PolicyBody, { cost, granted, ends }: Comparison['all']['before']) {
  const rowsOf = (outcome: string) =>
    endsOf(body).reduce((sum, end, index) => (end.do === outcome ? sum + (ends[index] ?? 0) : sum), 0)
  return { granted, refused: rowsOf('refuse'), referred: rowsOf('refer'), cost }
}

/** Why a policy cannot be run on its day; undefined for anything else, people that do not fit above all. */
function reasonOf(error: unknown): Refusal | 'not_in_force' | undefined {
  if (error instanceof Refusal) return error
  return error instanceof BadInput && error.problems.some(({ path }) => path === 'on') ? 'not_in_force' : undefined
}
