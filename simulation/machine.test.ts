import { describe, expect, it } from 'vitest'
import { Crash, createMachine } from './machine.ts'

/** Reaches points until the process dies; returns the statements that the database has seen. */
async function runUntilCrash(point: number, place: 'before' | 'after'): Promise<string[]> {
  const machine = createMachine()
  const seen: string[] = []
  const execute = (statement: string) => machine.execute(async () => void seen.push(statement))
  machine.arm({ point, place })
  await expect(
    (async () => {
      for (const statement of ['one', 'two', 'three']) await execute(statement)
    })(),
  ).rejects.toThrow(Crash)
  await expect(execute('later')).rejects.toThrow(Crash)
  machine.restart()
  await execute('again')
  return seen
}

describe('a process', () => {
  it.each([
    [1, 'before', ['again']],
    [1, 'after', ['one', 'again']],
    [2, 'before', ['one', 'again']],
    [2, 'after', ['one', 'two', 'again']],
    [3, 'after', ['one', 'two', 'three', 'again']],
  ] as const)('that dies at point %i, %s it, says nothing more until it starts again', async (point, place, seen) => {
    expect(await runUntilCrash(point, place)).toEqual(seen)
  })

  it('dies at a named point of the code too', () => {
    const machine = createMachine()
    machine.arm({ point: 2, place: 'before' })
    machine.reach()
    expect(() => machine.reach()).toThrow(Crash)
    expect(machine.isDown).toBe(true)
  })

  it('meets a deadlock at the statement said, once', () => {
    const machine = createMachine()
    machine.cross(2)
    expect([machine.isCrossed(), machine.isCrossed(), machine.isCrossed()]).toEqual([false, true, false])
  })
})
