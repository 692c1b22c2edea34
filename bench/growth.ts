import { join } from 'node:path'
import { medianOf, populationRun } from './measure.ts'
import { populationOf, writePopulation } from './population.ts'
import { getRule } from './rules.ts'
import { type LengthReport, lengthReport, type NationReport, nationReport, runTask, type Task } from './tasks.ts'

/** What one person takes in populations of growing size. */
export interface PersonsLine {
  readonly rows: number
  readonly milliseconds: number
}

/** What rules of growing length take. */
export interface LengthLine extends LengthReport {
  readonly statements: number
}

/** A whole nation. */
export interface NationLine extends NationReport {
  readonly task: Extract<Task, { is: 'nation' }>
}

/** P1 with one thread, from ten thousand persons to ten million. */
export async function measurePersons(folder: string, rowsMax: number, runs: number): Promise<PersonsLine[]> {
  const lines: PersonsLine[] = []
  for (let rows = rowsMax / 1_000; rows <= rowsMax; rows *= 10) {
    const rule = 'stability-refund'
    const place = join(folder, `growth-${rows}`)
    writePopulation(place, populationOf(getRule(rule), rows))
    const job = { rule, folder: place, rows, threads: 1, runs } as const
    const { milliseconds } = await runTask({ is: 'population', engine: 'wasm', job }, populationRun)
    lines.push({ rows, milliseconds: medianOf(milliseconds) })
  }
  return lines
}

/** Made-up rules of ten to a thousand statements. */
export async function measureLengths(runs: number): Promise<LengthLine[]> {
  const lines: LengthLine[] = []
  for (const statements of [10, 30, 100, 300, 1_000]) {
    lines.push({ statements, ...(await runTask({ is: 'length of a rule', statements, runs }, lengthReport)) })
  }
  return lines
}

/** As many people as the insurances of the nation have, or as have ever been counted: with P3 every outcome is stored. */
export async function measureNations(threads: number): Promise<NationLine[]> {
  const nations = [
    { rule: 'contributions', rows: 302_000_000, stored: true },
    { rule: 'stability-refund', rows: 302_000_000, stored: false },
    { rule: 'skill-subsidy-flat', rows: 1_030_000_000, stored: false },
  ] as const
  const lines: NationLine[] = []
  for (const nation of nations) {
    const task = { is: 'nation', ...nation, threads, runs: 5 } as const
    lines.push({ task, ...(await runTask(task, nationReport)) })
  }
  return lines
}
