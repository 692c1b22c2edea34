/** How a process is to die: at the n-th point it reaches from now (a statement, or a named point of the code), before or after it. */
export type CrashPlan = { point: number; place: 'before' | 'after' }

/** The process died: nobody gets an answer, and what it had not committed is gone. */
export class Crash extends Error {
  constructor() {
    super('the process died')
    this.name = 'Crash'
  }
}

/** The process of one region: it can die at any point, and comes back with nothing but its database. */
export type Machine = {
  readonly isDown: boolean
  /** How many points it has reached since it was last armed. */
  readonly reached: number
  /** It is to die as planned; null: it is not. */
  arm(plan: CrashPlan | null): void
  /** PostgreSQL is to end the transaction at the n-th statement from now that takes a lock, for the sake of another one (a deadlock). */
  cross(statement: number): void
  /** Asked at each statement that takes a lock: is this the one? */
  isCrossed(): boolean
  /** Dies, or not, at a named point of the code. */
  reach(): void
  /** A statement to the database; dies before it, or after it with the answer lost. */
  execute<T>(run: () => Promise<T>): Promise<T>
  /** Starts again. */
  restart(): void
}

/** A process that is up. */
export function createMachine(): Machine {
  let isDown = false
  let plan: CrashPlan | null = null
  let reached = 0
  let crossing = 0

  function die(): never {
    isDown = true
    plan = null
    throw new Crash()
  }

  function isDue(place: CrashPlan['place']): boolean {
    return plan !== null && plan.place === place && reached >= plan.point
  }

  return {
    get isDown() {
      return isDown
    },
    get reached() {
      return reached
    },
    arm(next) {
      plan = next
      reached = 0
      crossing = 0
    },
    cross(statement) {
      crossing = statement
    },
    reach() {
      reached += 1
      if (isDown || isDue('before') || isDue('after')) die()
    },
    isCrossed() {
      crossing -= 1
      return crossing === 0
    },
    async execute(run) {
      reached += 1
      if (isDown || isDue('before')) die()
      const answer = await run()
      if (isDue('after')) die()
      return answer
    },
    restart() {
      isDown = false
      plan = null
      crossing = 0
    },
  }
}
