import { BrokenInvariant } from '../ground/door.ts'
import { type AutomaticStep, type CaseFlow, type CaseStep, type Destination, type Route, unopened } from './flow.ts'

/** Throws `BrokenInvariant` with everything in a flow that cannot work. */
export function checkFlow(flow: CaseFlow): void {
  const problems = [
    ...nameProblems(flow),
    ...takesInProblems(flow),
    ...Object.keys(flow.statuses).flatMap((status) => statusProblems(flow, status)),
    ...Object.entries(flow.steps).flatMap(([name, step]) =>
      stepProblems(flow, step).map((problem) => `step ${name}: ${problem}`),
    ),
  ]
  if (problems.length > 0) throw new BrokenInvariant(`flow ${flow.id} version ${flow.version}: ${problems.join('; ')}`)
}

function nameProblems(flow: CaseFlow): string[] {
  const problems: string[] = []
  if (!/^[A-Z]{2,4}$/.test(flow.numberPrefix)) problems.push('numberPrefix is not two to four capital letters')
  if (!Number.isSafeInteger(flow.version) || flow.version < 1) problems.push('version is not a whole number from 1')
  if (!Object.values(flow.steps).some((step) => step.opens)) problems.push('no step opens it')
  if (!flow.state.safeParse(flow.initial).success) problems.push('initial is not a state')
  for (const status of Object.keys(flow.statuses)) {
    if (!/^[a-z][a-z_]*$/.test(status) || isRelative(status) || status === unopened) {
      problems.push(`${status} is no name for a status`)
    }
  }
  return problems
}

/** Each is taken in by a step of the node. */
function takesInProblems({ takesIn = [], steps }: CaseFlow): string[] {
  return takesIn.flatMap(({ step }) =>
    steps[step]?.by.includes('system') ? [] : [`takesIn: ${step} is no step that the system takes`],
  )
}

function statusProblems(flow: CaseFlow, name: string): string[] {
  const status = flow.statuses[name]
  const problems: string[] = []
  const wayOut = Object.values(flow.steps).some((step) => step.from?.includes(name))
  if (!status?.final && !wayOut) problems.push(`status ${name}: no step leads out of it and it is not final`)
  for (const deadline of [status?.task?.deadline, deadlineWaitedFor(status?.automatic)]) {
    if (deadline !== undefined && !flow.deadlines?.[deadline]) {
      problems.push(`status ${name}: deadline ${deadline} is not declared`)
    }
  }
  const automatic = status?.automatic && flow.steps[status.automatic.step]
  if (status?.automatic && !isAutomatic(automatic, name)) {
    problems.push(`status ${name}: ${status.automatic.step} is no step that the system can take from it without a body`)
  }
  return problems
}

function deadlineWaitedFor(automatic: AutomaticStep | undefined): string | undefined {
  return automatic && 'afterDeadline' in automatic ? automatic.afterDeadline : undefined
}

function isAutomatic(step: CaseStep | undefined, status: string): boolean {
  return !!step?.from?.includes(status) && step.by.includes('system') && step.body.safeParse({}).success
}

function stepProblems(flow: CaseFlow, step: CaseStep): string[] {
  const problems: string[] = []
  if (step.opens ? step.from !== undefined : !step.from?.length) problems.push('must either open a case or say `from`')
  if (step.by.length === 0) problems.push('nobody may take it')
  for (const status of step.from ?? []) if (!flow.statuses[status]) problems.push(`from unknown status ${status}`)
  for (const other of step.notSameUserAs ?? []) if (!flow.steps[other]) problems.push(`excludes unknown step ${other}`)
  for (const route of [step.to, step.risk?.divert?.high, step.risk?.divert?.medium]) {
    for (const destination of destinationsOf(route)) problems.push(...destinationProblems(flow, step, destination))
  }
  for (let version = 1; version < (step.schemaVersion ?? 1); version++) {
    if (!step.upcast?.[version]) problems.push(`no upcast from schema version ${version}`)
  }
  return problems
}

function destinationsOf(route: Route | undefined): Destination[] {
  if (route === undefined) return []
  return typeof route === 'string' ? [route] : Object.values(route).filter((destination) => destination !== undefined)
}

function destinationProblems(flow: CaseFlow, step: CaseStep, destination: Destination): string[] {
  if (isRelative(destination)) return step.opens ? [`an opening step cannot lead ${destination}`] : []
  return flow.statuses[destination] ? [] : [`leads to unknown status ${destination}`]
}

function isRelative(destination: string): boolean {
  return destination === 'stay' || destination === 'back' || destination === 'back_twice'
}
