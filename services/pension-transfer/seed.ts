import { nationCode } from '../../law/door.ts'
import type { DemoWorld } from '../contract.ts'
import { openFund } from './fund-books.ts'

/** Every region's part of the demo world: contributions that its pension fund has received. */
export async function seed({ node, run }: DemoWorld): Promise<void> {
  if (node.region !== nationCode) await run((work) => openFund(work, 2_000_000_000))
}
