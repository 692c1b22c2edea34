/** The door of `simulation`, for the plays that services write. */
export { createDice, type Dice } from './dice.ts'
export type { SimulatedNation, SimulatedRegion } from './nation.ts'
export type { Chapter, Edit, Finding, Mutant, Outcome, Performance, Play, Request, Stage } from './play.ts'
