import type { Node, Work } from './work.ts'

/** What a node remembers of what its database never changes any more, so that it need not be written or read again. */
export type Remembered<Value> = {
  find(work: Work, key: string): Value | undefined
  /** From the commit of the work on, since what is rolled back was never there. */
  keep(work: Work, key: string, value: Value): void
}

/**
 * A memory of at most `max` things, those that were asked for last, for each node its own. It begins anew when a connection breaks: behind the next one
 * may be a database that was restored, or a stand-by that lacks what this process saw committed.
 */
export function remembering<Value>(max: number): Remembered<Value> {
  type Memory = { brokenConnections: number; values: Map<string, Value> }
  const memories = new WeakMap<Node, Memory>()

  function valuesOf({ node }: Work): Map<string, Value> {
    const brokenConnections = node.database.brokenConnections()
    const known = memories.get(node)
    if (known?.brokenConnections === brokenConnections) return known.values
    const values = new Map<string, Value>()
    memories.set(node, { brokenConnections, values })
    return values
  }

  /** A map keeps its keys in the order in which they came: the first was not asked for the longest. */
  function putLast(values: Map<string, Value>, key: string, value: Value): void {
    values.delete(key)
    values.set(key, value)
    const [first] = values.size > max ? values.keys() : []
    if (first !== undefined) values.delete(first)
  }

  return {
    find(work, key) {
      const values = valuesOf(work)
      const value = values.get(key)
      if (value !== undefined) putLast(values, key, value)
      return value
    },
    keep(work, key, value) {
      const values = valuesOf(work)
      work.afterCommit(() => putLast(values, key, value))
    },
  }
}
