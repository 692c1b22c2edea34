import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleIr } from '../examples/ir.ts'
import { exampleValues } from '../examples/values.ts'
import { populate } from '../population.ts'
import { batch, planOf } from './batch.ts'
import { fromArrow, fromCsv, fromParquet, toArrow, toCsv, toParquet } from './formats.ts'
import { type BatchInput, fromTables } from './input.ts'

const plan = planOf(exampleIr('club-membership.ts'), [exampleValues], '2024-06-01')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('files that fail', () => {
  const table = populate(plan.body, { rows: 100_000, seed: 1 })

  it.each([
    ['csv', toCsv],
    ['arrow', toArrow],
    ['parquet', toParquet],
  ])('%s: what cannot be written ends the run', async (kind, to) => {
    const output = to(join(folder, 'no such folder', `out.${kind}`))
    await expect(batch({ plan, input: fromTables([table]), output, threads: 1 })).rejects.toThrow('ENOENT')
  })

  it.each([
    ['csv', fromCsv],
    ['arrow', fromArrow],
    ['parquet', fromParquet],
  ])('%s: a file that is not there is no population of nobody', async (kind, from) => {
    await expect(batch({ plan, input: from(join(folder, `none.${kind}`)) })).rejects.toThrow('ENOENT')
  })

  it.each([
    ['csv', toCsv, fromCsv],
    ['arrow', toArrow, fromArrow],
  ])('%s: a stream that breaks off is not taken for a whole one', async (kind, to, from) => {
    const path = join(folder, `whole.${kind}`)
    await batch({ plan, input: fromTables([table]), output: to(path), threads: 1 })
    const bytes = await readFile(path)
    for (const given of [0, bytes.length >> 1]) {
      const broken = async function* () {
        yield bytes.subarray(0, given)
        throw new Error('the line is dead')
      }
      await expect(readToItsEnd(from(Readable.from(broken())))).rejects.toThrow('the line is dead')
    }
  })

  it('arrow: nothing at all is refused', async () => {
    await expect(readToItsEnd(fromArrow(new Uint8Array()))).rejects.toThrow('there is nothing to be read as Arrow')
  })
})

async function readToItsEnd(input: BatchInput): Promise<void> {
  if (input.is === 'tables') throw new TypeError('not cells')
  for await (const { rows } of input.chunks) expect(rows).toBeGreaterThanOrEqual(0)
}
