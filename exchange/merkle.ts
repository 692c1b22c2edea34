import { sm3 } from '../ground/door.ts'

/**
 * A hash tree over SM3 in the shape of RFC 9162, section 2.1: leaves and inner nodes are hashed under different prefixes, so no inner node can pass
 * for a leaf, and a node without a partner moves up as it is, so no leaf is ever counted twice. Hashes are hex.
 */
export type MerkleTree = {
  readonly root: string
  /** The hashes beside the way from a leaf to the root, lowest first: with the leaf, its index and the count, all that the root needs. */
  path(index: number): string[]
}

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)

/** The hash of a leaf's bytes. */
export function merkleLeaf(data: Uint8Array | string): string {
  return sm3(Buffer.concat([leafPrefix, Buffer.from(data)]))
}

/** The tree over leaf hashes, in their order. Throws `RangeError` without a leaf. */
export function merkleTree(leaves: readonly string[]): MerkleTree {
  const levels = [leaves]
  let level = leaves
  while (level.length > 1) {
    level = levelAbove(level)
    levels.push(level)
  }
  const [root] = level
  if (root === undefined) throw new RangeError('a hash tree needs a leaf')
  return {
    root,
    path: (index) =>
      levels.flatMap((nodes, height) => {
        const sibling = nodes[siblingOf(index >> height)]
        return height < levels.length - 1 && sibling !== undefined ? [sibling] : []
      }),
  }
}

/** The root to which a leaf's path leads, or undefined where the path does not fit a tree of `count` leaves. */
export function merkleRoot(
  leaf: string,
  { index, count, path }: { index: number; count: number; path: readonly string[] },
): string | undefined {
  if (index < 0 || index >= count) return undefined
  const left = [...path]
  let hash = leaf
  for (let place = index, nodes = count; nodes > 1; place >>= 1, nodes = (nodes + 1) >> 1) {
    if (siblingOf(place) >= nodes) continue
    const sibling = left.shift()
    if (sibling === undefined) return undefined
    hash = place % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }
  return left.length === 0 ? hash : undefined
}

function levelAbove(nodes: readonly string[]): string[] {
  const above: string[] = []
  for (let place = 0; place < nodes.length; place += 2) {
    const [left = '', right] = nodes.slice(place, place + 2)
    above.push(right === undefined ? left : nodeHash(left, right))
  }
  return above
}

function siblingOf(place: number): number {
  return place ^ 1
}

function nodeHash(left: string, right: string): string {
  return sm3(Buffer.concat([nodePrefix, Buffer.from(left, 'hex'), Buffer.from(right, 'hex')]))
}
