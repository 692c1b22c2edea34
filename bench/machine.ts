import { spawnSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { findC } from './peers/c/c.ts'
import { duckdbVersion } from './peers/duckdb/duckdb.ts'
import { findNumpy } from './peers/numpy/numpy.ts'

/** On what was measured: one line each; a tool that is missing is said to be. */
export function describeMachine(): string[] {
  const [cpu] = cpus()
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${process.platform} ${process.arch}`,
    `Node ${process.version}, V8 ${process.versions.v8}`,
    duckdbVersion(),
    findC() ?? 'no gcc: nothing is compared with C, and the memory limit is unknown',
    findNumpy() ?? 'no numpy (on Debian: apt-get install python3-numpy): nothing is compared with it',
    `load when the run began: ${(loadavg()[0] ?? 0).toFixed(1)} (on a quiet machine near 0; more makes two threads slow)`,
    `${dayOfRun()}, commit ${commit()}`,
  ]
}

function dayOfRun(): string {
  return new Date().toISOString().slice(0, 10)
}

function commit(): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'unknown'
}
