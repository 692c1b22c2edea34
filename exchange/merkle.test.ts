import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sm3 } from '../ground/door.ts'
import { merkleLeaf, merkleRoot, merkleTree } from './merkle.ts'

const someLeaves = fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 40 })

/** The root as RFC 9162 defines it: split at the greatest power of two below the count. */
function rootByDefinition(leaves: readonly string[]): string {
  const [only = ''] = leaves
  if (leaves.length === 1) return only
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  const sides = [leaves.slice(0, split), leaves.slice(split)].map((side) => Buffer.from(rootByDefinition(side), 'hex'))
  return sm3(Buffer.concat([Buffer.of(1), ...sides]))
}

describe('the hash tree', () => {
  it('of one leaf is the leaf, with an empty path', () => {
    const leaf = merkleLeaf('one')
    const tree = merkleTree([leaf])
    expect(tree.root).toBe(leaf)
    expect(tree.path(0)).toEqual([])
    expect(merkleRoot(leaf, { index: 0, count: 1, path: [] })).toBe(leaf)
  })

  it('of no leaf is none', () => {
    expect(() => merkleTree([])).toThrow(RangeError)
  })

  it('has the root of RFC 9162, and every leaf’s path leads to it', () => {
    fc.assert(
      fc.property(someLeaves, (data) => {
        const leaves = data.map(merkleLeaf)
        const tree = merkleTree(leaves)
        expect(tree.root).toBe(rootByDefinition(leaves))
        leaves.forEach((leaf, index) => {
          const path = tree.path(index)
          expect(merkleRoot(leaf, { index, count: leaves.length, path })).toBe(tree.root)
          expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(leaves.length)))
        })
      }),
    )
  })

  it('another leaf, place, count or path does not lead to the root', () => {
    fc.assert(
      fc.property(someLeaves, fc.nat(), fc.nat(), (data, at, change) => {
        // Equal leaves may stand for each other; here each is another.
        const leaves = data.map((bytes, index) => merkleLeaf(`${index} ${Buffer.from(bytes).toString('hex')}`))
        const { root, path: pathOf } = merkleTree(leaves)
        const count = leaves.length
        const index = at % count
        const leaf = leaves[index] ?? ''
        const path = pathOf(index)
        const reached = (place: Parameters<typeof merkleRoot>[1], from = leaf) => merkleRoot(from, place)
        expect(reached({ index, count, path }, merkleLeaf('another'))).not.toBe(root)
        expect(reached({ index, count, path: [...path, leaf] })).toBeUndefined()
        expect(reached({ index: count, count, path })).toBeUndefined()
        const other = (index + 1 + (change % Math.max(count - 1, 1))) % count
        if (other !== index) expect(reached({ index: other, count, path })).not.toBe(root)
        if (path.length === 0) return
        expect(reached({ index, count, path: path.slice(1) })).toBeUndefined()
        const changed = path.map((hash, place) => (place === change % path.length ? sm3(hash) : hash))
        expect(reached({ index, count, path: changed })).not.toBe(root)
      }),
    )
  })

  it('an inner node cannot pass for a leaf: the two halves of a node, given as data, have another hash', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 9 }), (data) => {
        const leaves = data.map(merkleLeaf)
        const { root } = merkleTree(leaves)
        const halves = Buffer.from(leaves.slice(0, 2).join(''), 'hex')
        const { root: shorter } = merkleTree([merkleLeaf(halves), ...leaves.slice(2)])
        expect(shorter).not.toBe(root)
      }),
    )
  })

  it('the last leaf doubled makes another tree (an odd leaf moves up, it is not hashed with itself)', () => {
    const three = ['a', 'b', 'c'].map(merkleLeaf)
    expect(merkleTree(three).root).not.toBe(merkleTree([...three, three[2] ?? '']).root)
  })
})
