import type { Actor, Instant, PlainDate, Work } from '../ground/door.ts'
import type { Dice } from './dice.ts'
import type { SimulatedNation, SimulatedRegion } from './nation.ts'

/** Something that must not be: which judge found it, and what. */
export type Finding = { judge: string; what: string }

/** How somebody's request ended, as they see it. `unknown`: the process died or was away, so they cannot know. */
export type Outcome<T> =
  | { is: 'done'; answer: T }
  | { is: 'refused'; code: string }
  | { is: 'unknown'; code: string }
  | { is: 'defect' }

/** A request of somebody to a region. `say` tells it in the story: who does what. */
export type Request<T> = {
  region: SimulatedRegion
  actor: Actor
  say: string
  act(work: Work): Promise<T>
}

/** What a play acts on. */
export type Stage = {
  readonly nation: SimulatedNation
  /** The seed of the story, or the name of the chapter. */
  readonly story: string
  /** Sends a request, which may meet a crash; tells what came of it. */
  attempt<T>(request: Request<T>): Promise<Outcome<T>>
  /** Sends several at once; whose transaction comes first is left to the seed. */
  attemptTogether<T>(requests: ReadonlyArray<Request<T>>): Promise<Array<Outcome<T>>>
}

/** One performance of a play: a seed. */
export type Performance = {
  /** Does what begins a chapter of the past; everybody finishes afterwards, but for what the chapter leaves open. */
  open(chapter: Chapter): Promise<void>
  /** Somebody does something: the next right thing, or a wrong one. */
  act(dice: Dice): Promise<void>
  /** Everybody does what is open on their desk, without mistakes; false when nobody has anything to do. */
  finish(): Promise<boolean>
  /** The next day on which something ends by itself or is reported; the story goes there when nobody has anything to do. Null: the end. */
  nextDay(): Promise<string | null>
  /** Looks at what is there at the end: of a day on which everybody is done, or, `isAll`, when no further day brings anything either. */
  judge(isAll: boolean): Promise<Finding[]>
}

/** A part of the past, from a business day on. `leaves` are the flows and statuses (`payment sent`) in which its cases wait for the stories. */
export type Chapter = { name: string; on: PlainDate; leaves?: readonly string[] }

/** A change of one file's text: `find` stands there once, `put` takes its place. The file from the product's folder. */
export type Edit = { file: string; find: string; put: string }

/** A change of the product that breaks a promise, for the judges to catch. */
export type Mutant = { name: string; breaks: string; edits: readonly Edit[] }

/**
 * What a service gives the simulator (`services/<id>/simulation/play.ts`, exported as `play`): who lives in its world and what they do. Found by
 * its folder, as services are.
 */
export type Play = {
  /** The service's id. */
  service: string
  regions: readonly string[]
  begins: Instant
  /** The past, chapter by chapter. A story begins at the end of one of them. */
  chapters: readonly Chapter[]
  /** Makes the people and places of every story on an empty nation; returns what begins a performance. */
  prepare(nation: SimulatedNation): Promise<(stage: Stage) => Performance>
  mutants: readonly Mutant[]
}
