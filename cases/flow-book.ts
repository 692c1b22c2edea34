import { BadInput, BrokenInvariant, must } from '../ground/door.ts'
import type { CaseFlow, CaseStep } from './flow.ts'

/** The flow that takes a matter in, and the step by which it does. */
export type Taker = { flow: CaseFlow; step: string }

/** The flows of a node: every version that some case may still run on. */
export type FlowBook = {
  readonly flows: readonly CaseFlow[]
  /** The newest version of a flow, on which new cases open; `BadInput` for an unknown id. */
  getNewest(id: string): CaseFlow
  /** The version a case was opened on; its absence is a broken invariant. */
  getVersion(id: string, version: number): CaseFlow
  /** The newest version of the flow that takes a matter in. */
  findTaker(matter: string): Taker | undefined
}

/** Two flows of the same id and version, a number prefix or a matter taken in that two flows share, are a broken invariant. */
export function flowBook(flows: readonly CaseFlow[]): FlowBook {
  const newest = new Map<string, CaseFlow>()
  const versions = new Map<string, CaseFlow>()
  const owners = new Map<string, string>()
  for (const flow of flows) {
    const key = `${flow.id}@${flow.version}`
    if (versions.has(key)) throw new BrokenInvariant(`flow ${key} is registered twice`)
    if ((owners.get(flow.numberPrefix) ?? flow.id) !== flow.id) {
      throw new BrokenInvariant(`number prefix ${flow.numberPrefix} belongs to two flows`)
    }
    versions.set(key, flow)
    owners.set(flow.numberPrefix, flow.id)
    if (flow.version > (newest.get(flow.id)?.version ?? 0)) newest.set(flow.id, flow)
  }
  const takers = new Map<string, Taker>()
  for (const flow of newest.values()) {
    for (const { matter, step } of flow.takesIn ?? []) {
      if (takers.has(matter)) throw new BrokenInvariant(`matter ${matter} is taken in by two flows`)
      takers.set(matter, { flow, step })
    }
  }
  return {
    flows,
    getNewest(id) {
      const flow = newest.get(id)
      if (!flow) throw new BadInput([{ path: 'flow', expected: [...newest.keys()].join(' | '), found: id }])
      return flow
    },
    findTaker: (matter) => takers.get(matter),
    getVersion: (id, version) => must(versions.get(`${id}@${version}`), `flow ${id} version ${version}`),
  }
}

/** A step of a flow by name; `BadInput` for an unknown one. */
export function getStep(flow: CaseFlow, name: string): CaseStep {
  const step = Object.hasOwn(flow.steps, name) ? flow.steps[name] : undefined
  if (!step) throw new BadInput([{ path: 'step', expected: Object.keys(flow.steps).join(' | '), found: name }])
  return step
}

/** The name of the step that opens a case: the one asked for, or the flow's only one. */
export function openingStep(flow: CaseFlow, asked?: string): string {
  const openings = Object.keys(flow.steps).filter((name) => flow.steps[name]?.opens)
  const name = asked ?? (openings.length === 1 ? openings[0] : undefined)
  if (name === undefined || !openings.includes(name)) {
    throw new BadInput([{ path: 'step', expected: openings.join(' | '), found: asked ?? 'nothing' }])
  }
  return name
}
