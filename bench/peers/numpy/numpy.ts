import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type PopulationJob, type PopulationRun, populationRun } from '../../measure.ts'
import { getRule } from '../../rules.ts'
import { regionalValues } from '../values.ts'

const probe = 'import numpy, platform; print(f"numpy {numpy.__version__}, Python {platform.python_version()}")'

/** The versions of numpy and Python; undefined where one of them is missing. */
export function findNumpy(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', probe], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** Rows at a time that stay in the cache. */
export const NUMPY_PART_ROWS = 65_536

/**
 * Runs the formula of a rule over whole columns, or over `rowsAtATime`, which spares the memory. numpy uses one thread for it, whatever the
 * job says.
 */
export function runNumpy({ rule, folder, rows, runs, keepIn }: PopulationJob, rowsAtATime = rows): PopulationRun {
  writeFileSync(join(folder, 'values.json'), JSON.stringify(regionalValues(getRule(rule).sets)))
  const program = fileURLToPath(new URL('run.py', import.meta.url))
  const parameters = [program, folder, rule, rows, rowsAtATime, runs, ...(keepIn ? [keepIn] : [])]
  return populationRun.parse(JSON.parse(execFileSync('python3', parameters.map(String), { encoding: 'utf8' })))
}
